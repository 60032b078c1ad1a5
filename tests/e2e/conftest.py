"""A real program with its tests, and real clients as pytest-lsp impersonates them."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from cattrs import Converter
from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features

EXAMPLES = Path(__file__).parents[2] / "pie_lsp" / "examples"
PROFILES = Path(__file__).with_name("profiles")
SLOW_LINE = "            text = text + packed[i];\n"
QUICK_LINE = "            text += packed[i];\n"
CAPTURED = {"eglot-29": "emacs"}
"""Profiles that pytest-lsp captured from the editors.

The others are in `profiles/`. Those of Neovim, Helix and eglot 1.9 are recordings by
`tests/editors/record.py`, which the tests of these editors compare with what they send; "vscode-11" is one of
our extension, and "minimal" says nothing.
"""

POLL_SECONDS = 0.02
DEADLINE_SECONDS = 500.0


@dataclass
class Project:
    """The program `runlength` in a folder of its own."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "runlength.cpp"

    @property
    def uri(self) -> str:
        return self.file.as_uri()

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One folder for all clients, so that the engine's cache makes the second client quick.

    The slow line gets a character of three different lengths, since that is where columns go wrong.
    """
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(EXAMPLES / "runlength.tests", folder / "runlength.tests")
    text = (EXAMPLES / "runlength.cpp").read_text(encoding="utf-8")
    assert SLOW_LINE in text
    (folder / "runlength.cpp").write_text(text.replace(SLOW_LINE, f"/*😀*/{SLOW_LINE}"), encoding="utf-8")
    return Project(folder)


def converter() -> Converter:
    """lsprotocol 2025.0.0 reads every code action that has a command as a `Command`; this one looks."""
    made: Converter = default_converter()  # type: ignore[no-untyped-call]

    def structure(value: dict[str, Any], _type: object) -> types.Command | types.CodeAction:
        bare = isinstance(value.get("command"), str)
        return made.structure(value, types.Command) if bare else made.structure(value, types.CodeAction)

    made.register_structure_hook(types.Command | types.CodeAction, structure)
    made.register_structure_hook(types.CodeAction | types.Command, structure)
    return made


@dataclass
class Editor:
    """One file in one editor, with its own copy of the text."""

    client: LanguageClient
    uri: str
    text: str
    encoding: str
    version: int = 1
    applied: list[types.ApplyWorkspaceEditParams] = field(default_factory=list)

    def line_of(self, part: str) -> int:
        """Line on which something stands."""
        return next(n for n, line in enumerate(self.text.split("\n")) if part in line)

    async def actions(self, part: str) -> list[types.Command | types.CodeAction]:
        """Code actions on the line where `part` stands."""
        at = types.Position(line=self.line_of(part), character=0)
        params = types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri=self.uri),
            range=types.Range(start=at, end=at),
            context=types.CodeActionContext(diagnostics=[]),
        )
        return list(await self.client.text_document_code_action_async(params) or [])

    async def run(self, action: types.Command | types.CodeAction) -> Any:
        """Execute a command."""
        command = action.command if isinstance(action, types.CodeAction) else action
        assert command is not None
        params = types.ExecuteCommandParams(command=command.command, arguments=command.arguments)
        return await self.client.workspace_execute_command_async(params)

    async def edit_of(self, action: types.CodeAction) -> types.TextEdit:
        """The one text edit of an action, resolved where the client resolves."""
        if action.edit is None:
            action = await self.client.code_action_resolve_async(action)
        assert action.edit is not None
        if action.edit.document_changes is not None:
            (change,) = action.edit.document_changes
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == self.version
            (edit,) = change.edits
        else:
            assert action.edit.changes is not None
            ((uri, (edit,)),) = action.edit.changes.items()
            assert uri == self.uri
        assert isinstance(edit, types.TextEdit)
        return edit

    def apply(self, edit: types.TextEdit) -> None:
        """Change the text and tell the server, as an editor does."""
        start, end = self.offset(edit.range.start), self.offset(edit.range.end)
        self.text = self.text[:start] + edit.new_text + self.text[end:]
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version),
                content_changes=[
                    types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text)
                ],
            )
        )

    def offset(self, position: types.Position) -> int:
        """Character offset, counted in the client's units."""
        lines = self.text.split("\n")
        before = sum(len(line) + 1 for line in lines[: position.line])
        codec = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[self.encoding]
        unit = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.encoding]
        line = lines[position.line].encode(codec)
        return before + len(line[: position.character * unit].decode(codec))

    async def until(self, condition: Any) -> Any:
        """The first true value of a condition, polled."""
        async with asyncio.timeout(DEADLINE_SECONDS):
            # The client of pytest-lsp keeps what it receives in lists and tells nobody.
            while not (value := condition()):  # noqa: ASYNC110
                await asyncio.sleep(POLL_SECONDS)
        return value

    async def message(self, part: str) -> str:
        """The first message to the person that contains `part`."""
        found = await self.until(lambda: [m.message for m in self.client.messages if part in m.message])
        return str(found[0])


def make_client() -> LanguageClient:
    """pytest-lsp's client, with the answers that it does not have by itself."""
    client = LanguageClient(converter_factory=converter)
    register_lsp_features(client)
    for method in (types.WORKSPACE_CODE_LENS_REFRESH, types.WORKSPACE_INLAY_HINT_REFRESH):
        client.feature(method)(lambda *_: None)
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _params: None)
    return client


def initialize_params(profile: str, project: Project) -> types.InitializeParams:
    """What a client of that name sends with `initialize`, for this project."""
    uri = project.folder.as_uri()
    sent: dict[str, Any] = {
        "rootUri": uri,
        "workspaceFolders": [{"uri": uri, "name": "project"}],
        "capabilities": {},
    }
    if profile not in CAPTURED:
        recorded = (PROFILES / f"{profile}.json").read_text(encoding="utf-8")
        here = recorded.replace('"file:///project', f'"{uri}').replace('"/project', f'"{project.folder}')
        sent |= json.loads(here)
    params: types.InitializeParams = get_converter().structure(
        {**sent, "processId": os.getpid()}, types.InitializeParams
    )
    if profile in CAPTURED:
        params.capabilities = client_capabilities(CAPTURED[profile])
    return params


SERVER = ClientServerConfig([sys.executable, "-m", "pie_lsp", "serve"], client_factory=make_client)


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A client that is connected with a server and has not said anything."""
    yield
    await lsp_client.shutdown_session()


async def open_editor(client: LanguageClient, project: Project, profile: str) -> Editor:
    """Start a session of that profile and open the program."""
    result = await client.initialize_session(initialize_params(profile, project))
    encoding = result.capabilities.position_encoding or "utf-16"
    item = types.TextDocumentItem(uri=project.uri, language_id="cpp", version=1, text=project.text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return Editor(client, project.uri, project.text, str(getattr(encoding, "value", encoding)))
