"""A person's steps in a real Emacs with eglot, in batch mode."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox

from .conftest import Example, passes_its_tests

STEPS = Path(__file__).with_name("steps.el")

FIND_EGLOT = """(progn
  (dolist (pattern '("/usr/share/emacs/site-lisp/elpa/*" "/usr/share/emacs/site-lisp/elpa-src/*"))
    (setq load-path (append (file-expand-wildcards pattern t) load-path)))
  (kill-emacs (if (locate-library "eglot") 0 1)))"""


def has_eglot() -> bool:
    if shutil.which("emacs") is None:
        return False
    found = subprocess.run(["emacs", "-Q", "--batch", "--eval", FIND_EGLOT], check=False, capture_output=True)
    return found.returncode == 0


@pytest.mark.editor
async def test_a_person_makes_a_function_faster_in_emacs(
    example: Example, compiler: Compiler, sandbox: Sandbox
) -> None:
    if not has_eglot():
        pytest.skip("Emacs with eglot is not installed (apt install emacs-nox elpa-eglot)")
    session = example.drive("emacs", "-Q", "--batch", "-l", str(STEPS))
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
    (diff,) = session.texts("diff")
    assert example.shows_the_change(diff)
