"""``pie-lsp examples``: lists the bundled programs, and copies one out to try things on."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli.arguments import Subparsers
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("examples", help="list the bundled example programs, or copy one out")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="name every example with what it shows")
    copy = actions.add_parser("copy", help="copy an example and its tests to a folder")
    copy.add_argument("name", metavar="NAME")
    copy.add_argument("folder", metavar="FOLDER", nargs="?", default=".", help="default: this folder")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """List, or copy."""
    if arguments.action == "list":
        for name, title, shows in _index():
            sys.stdout.write(f"{name:<10} {title}\n{'':<10} {shows}\n")
    else:
        sys.stdout.write(f"{copy_out(arguments.name, Path(arguments.folder))}\n")
    return 0


def copy_out(name: str, folder: Path) -> Path:
    """Copy the example `name` with its tests into `folder`. Returns the path of the program.

    Files that are there with the same content are left alone; raises InputError, and copies nothing,
    where one has other content or there is no such example.
    """
    names = [known for known, _, _ in _index()]
    if name not in names:
        raise InputError(f"there is no example {name!r}; choose one of {', '.join(names)}.")
    bundled = _folder()
    program, tests = bundled / f"{name}.cpp", bundled / f"{name}.tests"
    wanted = {folder / program.name: program.read_bytes()}
    wanted |= {folder / tests.name / test.name: test.read_bytes() for test in tests.iterdir()}
    for path, content in wanted.items():
        if path.exists() and path.read_bytes() != content:
            raise InputError(f"{path} is there with other content; name another folder to copy to.")
    (folder / tests.name).mkdir(parents=True, exist_ok=True)
    for path, content in wanted.items():
        if not path.exists():
            path.write_bytes(content)
    return folder / program.name


def _folder() -> "Traversable":
    from importlib.resources import files

    return files("pie_lsp.examples")


def _index() -> list[tuple[str, str, str]]:
    import tomllib

    index = tomllib.loads((_folder() / "examples.toml").read_text(encoding="utf-8"))
    return [(it["name"], it["title"], it["shows"]) for it in index["example"]]
