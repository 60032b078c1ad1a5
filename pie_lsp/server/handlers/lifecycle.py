"""`initialize`, `initialized`, `shutdown`, and what follows from the client's process."""

import asyncio
from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from pie_lsp.server import from_lsp
from pie_lsp.server.capabilities import Capabilities
from pie_lsp.server.contents import SCHEME
from pie_lsp.server.handlers.configuration import pull_configuration
from pie_lsp.server.server import PieServer, load_what_answers_need
from pie_lsp.server.stdio import watch_parent


def handle_initialize(ls: PieServer, params: types.InitializeParams) -> None:
    """Resolve what the client can do. Nothing heavy is imported before this is answered."""
    ls.client.can = Capabilities.of(params.capabilities)
    ls.session.encoding = from_lsp.encoding(ls.workspace.position_encoding)
    options = params.initialization_options
    client = params.client_info.name if params.client_info is not None else ""
    ls.session.begin(options if isinstance(options, Mapping) else {}, client)
    folders = [folder.uri for folder in params.workspace_folders or ()]
    ls.session.add_folders(folders or [uri for uri in (params.root_uri,) if uri])
    if not ls.client.can.code_action_literals:
        # Options are only for clients that know literals (LSP 3.18, `ServerCapabilities`).
        ls.protocol.fm.feature_options.pop(types.TEXT_DOCUMENT_CODE_ACTION, None)
    if params.process_id is not None:
        ls.spawn(watch_parent(params.process_id, ls.protocol.stop))


def handle_initialized(ls: PieServer, _params: types.InitializedParams) -> None:
    """Ask for the settings, now that the client may be asked."""
    ls.spawn(_prepare(ls))


async def _prepare(ls: PieServer) -> None:
    try:
        await pull_configuration(ls)
    finally:
        ls.note_configured()
    await ls.client.watch_configuration()
    await ls.client.register_content(SCHEME)
    await asyncio.to_thread(load_what_answers_need)


async def handle_shutdown(ls: PieServer, _params: Any) -> None:
    """Kill every child before the answer, since some editors end the server two seconds later."""
    await ls.stop_jobs()


def handle_folders(ls: PieServer, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Folders were opened or closed."""
    ls.session.remove_folders(folder.uri for folder in params.event.removed)
    ls.session.add_folders(folder.uri for folder in params.event.added)
