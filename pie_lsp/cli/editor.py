"""``pie-lsp editor``: what an editor needs to start the server, ready to be put into its settings.

The snippet goes to standard output, so that it can be appended to a file; what to do with it, to standard
error.
"""

import argparse
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli.arguments import Subparsers

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

PLUGIN = "pie.lua"


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor that can be told how to start the server.

    file   the snippet, in `pie_lsp.editors`
    where  where it goes, and what else there is to know
    """

    file: str
    where: str


_ACTIONS = "Ask for code actions at a function"
_PLUGIN = (
    "It goes into init.lua. Its last line may be left out: it shows figures as virtual text, and adds "
    ":PieOptimize, :PieCancel, :PieNext and others."
)
EDITORS = {
    "neovim": Editor(
        "neovim.lua",
        f"Neovim 0.11 or later. {_PLUGIN} {_ACTIONS} with gra, or :lua vim.lsp.buf.code_action().",
    ),
    "neovim-0.7": Editor(
        "neovim-0.7.lua", f"Neovim 0.7 to 0.10. {_PLUGIN} {_ACTIONS} with :lua vim.lsp.buf.code_action()."
    ),
    "emacs": Editor(
        "emacs.el", f"Emacs with eglot. It goes into init.el. {_ACTIONS} with M-x eglot-code-actions."
    ),
    "helix": Editor("helix.toml", f"Helix. It goes into languages.toml. {_ACTIONS} with space a."),
    "kate": Editor(
        "kate.json",
        "Kate. It goes into Settings, Configure Kate, LSP Client, User Server Settings; Kate starts one "
        f"server for a language, so that this one takes clangd's place. {_ACTIONS} in the menu LSP Client.",
    ),
    "sublime": Editor(
        "sublime.json",
        "Sublime Text with the package LSP. It goes into LSP.sublime-settings (Preferences: LSP Settings). "
        f"{_ACTIONS} with LSP: Code Actions.",
    ),
    "vscode": Editor(
        "vscode.json",
        "Visual Studio Code needs our extension, which lies in vscode-extension of the repository, with a "
        "README. What is set goes into settings.json, as in this example.",
    ),
}


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("editor", help="print what an editor needs to start the server")
    parser.add_argument("name", metavar="NAME", choices=tuple(EDITORS), help=f"one of {', '.join(EDITORS)}")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the snippet, and where it goes."""
    editor = EDITORS[arguments.name]
    sys.stderr.write(f"{editor.where}\n")
    sys.stderr.flush()
    sys.stdout.write(snippet(editor))
    if editor.file.endswith(".lua"):
        sys.stdout.write(f"dofile({lua_string(str(plugin()))})\n")
    return 0


def snippet(editor: Editor) -> str:
    """The text for the editor's settings, as the README shows it."""
    return _folder().joinpath(editor.file).read_text(encoding="utf-8")


def plugin() -> Path:
    """Where the plug-in for Neovim lies. The package is installed as files, never as an archive."""
    return Path(str(_folder().joinpath(PLUGIN)))


def lua_string(text: str) -> str:
    """`text` as a literal of Lua."""
    inner = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{inner}'"


def _folder() -> "Traversable":
    return resources.files("pie_lsp.editors")
