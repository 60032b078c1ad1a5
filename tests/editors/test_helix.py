"""A person's steps in a real Helix, in a terminal, with nothing but what README says.

Debian has it from version 13 on, so that it is not there where this project is developed by default; the
tests say that they are skipped.
"""

import asyncio
import os
import re
import shutil
import subprocess

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Sandbox

from .conftest import Example, passes_its_tests, printed, profile_of, recording_server, sent_and_recorded
from .terminal import Terminal

ESCAPE, ENTER, DOWN = "\x1b", "\r", "\x1b[B"
WHERE_IT_IS = pytest.mark.skipif(
    shutil.which("hx") is None, reason="Helix is not installed (apt install hx, from Debian 13 on)"
)
HINT = "1 verified faster version: "


def version() -> str:
    said = subprocess.run(["hx", "--version"], check=True, capture_output=True, text=True).stdout
    return said.split()[1]


def open_helix(example: Example) -> Terminal:
    """Helix on the program, set up by what ``pie-lsp editor`` prints."""
    folder = example.path.parent
    settings = folder / ".config" / "helix"
    settings.mkdir(parents=True)
    (settings / "languages.toml").write_text(printed("editor", "helix"))
    path = f"{recording_server(folder, example.recorded)}:{os.environ['PATH']}"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return Terminal(["hx", example.path.name], folder, {**plain, "HOME": str(folder), "PATH": path})


async def leave(helix: Terminal) -> None:
    """Close a menu, or end inserting. An escape together with the next key would be another key."""
    helix.type(ESCAPE)
    await asyncio.sleep(0.3)


async def open_until(helix: Terminal, title: str) -> None:
    """Open the menu of code actions until it has `title`."""

    async def open_menu() -> None:
        await leave(helix)
        helix.type(" a")
        await asyncio.sleep(0.7)

    await open_menu()
    await helix.until(lambda text: title in text, open_menu)


async def choose(helix: Terminal, title: str, down: int = 0) -> None:
    """Take an action, once `title` is in the menu; `down` is how far below the first it stands."""
    await open_until(helix, title)
    helix.type(DOWN * down + ENTER)


async def apply(helix: Terminal, example: Example) -> None:
    """The best suggestion stands first, before its preview."""
    await go_to(helix, example.function)
    await choose(helix, "Preview: ")
    await helix.until(lambda text: example.fast in text)


async def go_to(helix: Terminal, function: str) -> None:
    helix.type(f"gg/{function}{ENTER}")
    await helix.until(lambda text: function.lstrip("^") in text)


@pytest.mark.editor
@WHERE_IT_IS
async def test_a_person_makes_a_function_faster_in_helix(
    example: Example, compiler: Compiler, sandbox: Sandbox
) -> None:
    async with open_helix(example) as helix:
        await helix.until(lambda _: example.recorded.exists())
        await go_to(helix, example.other_function)
        await choose(helix, "Optimize 'main'")
        await choose(helix, "Cancel optimizing 'main'")
        await go_to(helix, example.function)
        await choose(helix, "Optimize 'unpack'")
        shown = await helix.until(lambda text: HINT in text)
        assert re.search(HINT + r"\d+\.\d\dx faster \[.*layouts\], estimated Skylake cycles", shown)

        await choose(helix, "Preview: ", down=1)
        # This version does not open what a server wants to show, so that it is told where the diff is.
        told = re.search(r"The change is in (\S+\.diff)", await helix.until(lambda text: ".diff" in text))
        assert told is not None and example.shows_the_change(told[1])

        await go_to(helix, example.function)
        helix.type("Oint unrelated;")
        await leave(helix)
        await helix.until(lambda text: HINT not in text)
        await go_to(helix, example.function)
        await open_until(helix, "Verify again")
        await leave(helix)
        helix.type("u")
        await helix.until(lambda text: "int unrelated;" not in text and HINT in text)

        await apply(helix, example)
        helix.type("u")
        await helix.until(lambda text: example.slow in text and HINT in text)
        await apply(helix, example)
        helix.type(f":w{ENTER}")
        await helix.until(lambda text: "' written" in text)
    assert example.fast in example.path.read_text()
    assert example.slow not in example.path.read_text()
    assert await passes_its_tests(example, compiler, sandbox) == 6


@pytest.mark.editor
@WHERE_IT_IS
async def test_helix_sends_what_was_recorded(example: Example) -> None:
    profile = profile_of(f"helix-{version()}")
    async with open_helix(example) as helix:
        await helix.until(lambda _: example.recorded.exists())
    sent, recorded = sent_and_recorded(example, profile)
    assert sent == recorded
