"""Everything that is ever sent to the editor by the server's own will, gated by its capabilities."""

import contextlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from pie_lsp.server.capabilities import Capabilities
from pie_lsp.server.messages import RESULTS_CHANGED, Token
from pie_lsp.server.uris import uri_of

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

logger = logging.getLogger(__name__)

CONFIGURATION_SECTION = "pie"


class Client:
    """The editor. Methods for abilities that it lacks do nothing and say so by what they return."""

    def __init__(self, server: "LanguageServer") -> None:
        self._server = server
        self.can = Capabilities()

    def show(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Tell the person."""
        self._server.window_show_message(types.ShowMessageParams(type=kind, message=message))

    def log(self, message: str) -> None:
        """Tell the person who looks into the log."""
        self._server.window_log_message(types.LogMessageParams(type=types.MessageType.Info, message=message))

    def publish(self, uri: str, version: int | None, diagnostics: Sequence[types.Diagnostic]) -> None:
        """Replace the diagnostics of a file."""
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=list(diagnostics))
        )

    def refresh(self) -> None:
        """Ask for code lenses and inlay hints again."""
        if self.can.code_lens_refresh:
            self._server.workspace_code_lens_refresh(None)
        if self.can.inlay_hint_refresh:
            self._server.workspace_inlay_hint_refresh(None)

    def results_changed(self) -> None:
        """Say that `pie/results` has something new, to clients that want to know."""
        if self.can.results:
            self._server.protocol.notify(RESULTS_CHANGED, {})

    async def refresh_content(self, uri: str) -> None:
        """Ask for a text of ours again."""
        if self.can.text_content:
            params = types.TextDocumentContentRefreshParams(uri=uri)
            with contextlib.suppress(JsonRpcException):
                await self._server.workspace_text_document_content_refresh_async(params)

    async def register_content(self, scheme: str) -> None:
        """Say that texts of that scheme come from us."""
        if self.can.register_text_content:
            method = types.WORKSPACE_TEXT_DOCUMENT_CONTENT
            registration = types.Registration(
                id=method, method=method, register_options={"schemes": [scheme]}
            )
            with contextlib.suppress(JsonRpcException):
                params = types.RegistrationParams(registrations=[registration])
                await self._server.client_register_capability_async(params)

    async def create_progress(self, token: str, title: str) -> bool:
        """Create and begin a progress display that can be cancelled. False where there is none."""
        if not self.can.progress:
            return False
        try:
            params = types.WorkDoneProgressCreateParams(token=token)
            await self._server.window_work_done_progress_create_async(params)
        except JsonRpcException as error:
            logger.info("The client refused progress: %s", error)
            return False
        self.begin_progress(token, title)
        return True

    def begin_progress(self, token: Token, title: str) -> None:
        """Begin a display that is there already."""
        begin = types.WorkDoneProgressBegin(title=title, cancellable=True, percentage=0)
        self._server.progress(types.ProgressParams(token=token, value=begin))

    def report_progress(self, token: Token, message: str, percentage: int) -> None:
        """Update a display that was begun."""
        report = types.WorkDoneProgressReport(message=message, percentage=percentage, cancellable=True)
        self._server.progress(types.ProgressParams(token=token, value=report))

    def end_progress(self, token: Token, message: str) -> None:
        """Close a display that was begun."""
        end = types.WorkDoneProgressEnd(message=message)
        self._server.progress(types.ProgressParams(token=token, value=end))

    async def show_document(self, path: Path) -> bool:
        """Open a file in the editor. False where the editor cannot or will not."""
        if not self.can.show_document:
            return False
        params = types.ShowDocumentParams(uri=uri_of(path), take_focus=True)
        with contextlib.suppress(JsonRpcException):
            return (await self._server.window_show_document_async(params)).success
        return False

    async def apply(self, edit: types.WorkspaceEdit, label: str) -> str | None:
        """Ask the editor to apply `edit`. None where it says that it did, else why it did not.

        What it says is not proof: Neovim up to 0.11 reports success for an edit that it skipped.
        """
        try:
            params = types.ApplyWorkspaceEditParams(edit=edit, label=label)
            answer = await self._server.workspace_apply_edit_async(params)
        except JsonRpcException as error:
            return error.message
        return None if answer.applied else answer.failure_reason or "the editor refused the edit"

    async def configuration(self) -> Any:
        """The user's settings for pie-lsp, or None."""
        if not self.can.configuration:
            return None
        item = types.ConfigurationItem(section=CONFIGURATION_SECTION)
        with contextlib.suppress(JsonRpcException):
            (value, *_) = [
                *await self._server.workspace_configuration_async(types.ConfigurationParams(items=[item])),
                None,
            ]
            return value
        return None

    async def watch_configuration(self) -> None:
        """Ask to be told when the user's settings change."""
        if self.can.register_configuration:
            method = types.WORKSPACE_DID_CHANGE_CONFIGURATION
            options = {"section": CONFIGURATION_SECTION}
            registration = types.Registration(id=method, method=method, register_options=options)
            with contextlib.suppress(JsonRpcException):
                params = types.RegistrationParams(registrations=[registration])
                await self._server.client_register_capability_async(params)
