"""A person's steps in a real Emacs with eglot, in batch mode."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox

from .conftest import Example, passes_its_tests, profile_of, sent_and_recorded

STEPS = Path(__file__).with_name("steps.el")

SAY_EGLOT = """(progn
  (dolist (pattern '("/usr/share/emacs/site-lisp/elpa/*" "/usr/share/emacs/site-lisp/elpa-src/*"))
    (setq load-path (append (file-expand-wildcards pattern t) load-path)))
  (require 'find-func)
  (require 'lisp-mnt)
  (with-temp-buffer
    (insert-file-contents (find-library-name "eglot"))
    (princ (lm-header "version"))))"""


def version_of_eglot() -> str:
    """The version of eglot in the installed Emacs; nothing where there is none."""
    if shutil.which("emacs") is None:
        return ""
    found = subprocess.run(
        ["emacs", "-Q", "--batch", "--eval", SAY_EGLOT], check=False, capture_output=True, text=True
    )
    return found.stdout.strip() if found.returncode == 0 else ""


@pytest.mark.editor
async def test_a_person_makes_a_function_faster_in_emacs(
    example: Example, compiler: Compiler, sandbox: Sandbox
) -> None:
    if not version_of_eglot():
        pytest.skip("Emacs with eglot is not installed (apt install emacs-nox elpa-eglot)")
    session = example.drive("emacs", "emacs", "-Q", "--batch", "-l", str(STEPS))
    assert session.texts("done") == ["all steps"]
    source = example.path.read_text()
    assert example.fast in source
    assert example.slow not in source
    assert await passes_its_tests(example, compiler, sandbox) == 6
    (hint,) = session.texts("hint")
    assert "over 4 layouts], estimated Skylake cycles within 7 %, 6 tests" in hint
    assert any(
        "over 4 layouts], estimated Skylake cycles within 7 %, 6 tests" in title
        for title in session.texts("action")
    )
    (hover,) = session.texts("hover")
    assert f"+            {example.fast}" in hover
    (diff,) = session.texts("diff")
    assert example.shows_the_change(diff)


@pytest.mark.editor
def test_the_recorded_profile_is_what_it_sends(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    version = version_of_eglot()
    if not version:
        pytest.skip("Emacs with eglot is not installed (apt install emacs-nox elpa-eglot)")
    monkeypatch.setenv("PIE_TEST_ONLY_START", "1")
    profile = profile_of(f"eglot-{version}")
    example.drive("emacs", "emacs", "-Q", "--batch", "-l", str(STEPS))
    sent, recorded = sent_and_recorded(example, profile)
    assert sent == recorded


@pytest.mark.editor
def test_settings_of_the_readme_arrive(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    if not version_of_eglot():
        pytest.skip("Emacs with eglot is not installed (apt install emacs-nox elpa-eglot)")
    monkeypatch.setenv("PIE_TEST_ONLY_SETTINGS", "1")
    settings = "(setq-default eglot-workspace-configuration '((:pie . (:min_speedup 1.2))))"
    assert settings in (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    bad = settings.replace(":min_speedup 1.2", ':jobs "many"')
    start = "(with-eval-after-load"
    session = example.drive(
        *("emacs", "emacs", "-Q", "--batch", "-l", str(STEPS)), with_settings=(start, f"{bad}\n{start}")
    )
    assert any('"jobs"' in message for message in session.texts("message"))
