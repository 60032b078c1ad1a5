"""What the server knows between two messages: documents, folders, settings, and whether it is trusted.

Everything here can be rebuilt from the editor. Sends nothing and starts nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
from pie_lsp.server.documents import Document
from pie_lsp.server.uris import path_of, same_file_key
from pie_lsp.text.positions import PositionEncoding
from pie_lsp.values.errors import InputError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.settings import Settings

_MIXING_CLIENTS = frozenset({"", "eglot", "emacs", "coc.nvim"})
"""Editors whose settings a project can write without a question: Emacs takes what ``.dir-locals.el`` says of
`eglot-workspace-configuration` for safe, and coc.nvim reads
``.vim/coc-settings.json``. Old Eglot has no name."""


class Session:
    """State of one connection with one editor."""

    def __init__(self) -> None:
        self.encoding = PositionEncoding.UTF16
        self.documents: dict[str, Document] = {}
        self.initialization_options: Mapping[str, Any] = {}
        self.configuration: Mapping[str, Any] = {}
        self.trusted = True
        self._mixing = False
        self._folders: dict[str, Path] = {}
        self._told: set[str] = set()

    def begin(self, options: Mapping[str, Any], client: str = "") -> None:
        """Take the options of `initialize`: settings, and whether the workspace is trusted.

        The name of the client tells whether the settings that come later can be those of a project.
        """
        self._mixing = client.lower() in _MIXING_CLIENTS
        self.trusted = options.get("trusted") is not False
        self.initialization_options = {name: value for name, value in options.items() if name != "trusted"}

    def document(self, uri: str) -> Document | None:
        """The open document, in whatever spelling its URI comes."""
        return self.documents.get(same_file_key(uri))

    def add_folders(self, uris: Iterable[str]) -> None:
        """Workspace folders that were opened."""
        for uri in uris:
            if (path := path_of(uri)) is not None:
                self._folders[same_file_key(uri)] = path

    def remove_folders(self, uris: Iterable[str]) -> None:
        """Workspace folders that were closed."""
        for uri in uris:
            self._folders.pop(same_file_key(uri), None)

    def workspace_of(self, path: Path) -> Path | None:
        """The innermost workspace folder around a file, or the one that the file's own folders suggest."""
        from pie_lsp.engine.settings import find_workspace

        around = [folder for folder in self._folders.values() if path.is_relative_to(folder)]
        return max(around, key=lambda folder: len(folder.parts), default=None) or find_workspace(path)

    def settings_for(self, path: Path) -> tuple[Settings, tuple[str, ...]]:
        """Settings for one file, and the sentences about bad values that were not told yet."""
        from pie_lsp.engine.settings import load_settings

        user, mixed = self.initialization_options, self.configuration
        if not self._mixing:
            user, mixed = {**user, **mixed}, {}
        settings, problems = load_settings(self.workspace_of(path), user, mixed=mixed)
        new = tuple(problem for problem in problems if problem not in self._told)
        self._told.update(new)
        return settings, new

    def forget_problems(self) -> None:
        """Tell about bad values again: the settings were changed."""
        self._told.clear()


def request_for(document: Document, function: FunctionRef | None, settings: Settings) -> OptimizeRequest:
    """The engine's request for one function, or for the whole file.

    Raises InputError where the buffer cannot be worked on.
    """
    if document.refusal is not None:
        raise InputError(document.refusal)
    if document.path is None:
        raise InputError("This is no file on this machine, so it has no tests; save it first.")
    selector = None if function is None else FunctionSelector(name=function.name, line=function.line)
    return OptimizeRequest(path=document.path, source=document.data, selector=selector, settings=settings)
