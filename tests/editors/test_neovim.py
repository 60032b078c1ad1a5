"""A person's steps in a real Neovim, headless, with nothing but its built-in client."""

import shutil
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox

from .conftest import Example, passes_its_tests

STEPS = Path(__file__).with_name("steps.lua")


@pytest.mark.editor
@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not installed (apt install neovim)")
async def test_a_person_makes_a_function_faster_in_neovim(
    example: Example, compiler: Compiler, sandbox: Sandbox
) -> None:
    session = example.drive("nvim", "--clean", "--headless", "-n", "-S", str(STEPS))
    assert session.texts("done") == ["all steps"]
    source = example.path.read_text()
    assert example.fast in source
    assert example.slow not in source
    assert await passes_its_tests(example, compiler, sandbox) == 6
    (hint,) = session.texts("hint")
    assert "verified faster version" in hint
    assert "over 4 layouts], estimated Skylake cycles within 7 %, 6 tests" in hint
    assert any(
        "over 4 layouts], estimated Skylake cycles within 7 %, 6 tests" in title
        for title in session.texts("action")
    )
    (diff,) = session.texts("diff")
    assert example.shows_the_change(diff)
    progress = session.texts("progress")
    assert progress[0].startswith("begin")
    assert progress[-1].startswith("end")
