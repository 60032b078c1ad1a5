"""Registers every handler; the one list of what the server answers."""

from collections.abc import Callable
from typing import Any

from lsprotocol import types

from pie_lsp.server import commands, messages, to_lsp
from pie_lsp.server.handlers import (
    apply,
    code_action,
    code_action_resolve,
    code_lens,
    configuration,
    documents,
    execute_command,
    hover,
    inlay_hint,
    lifecycle,
    optimize_many,
    profiles,
    progress,
    results,
    run,
    text_content,
    verify_copy,
)
from pie_lsp.server.server import Optimize, PieServer, Profile

_Handler = Callable[..., Any]

_FEATURES: dict[str, _Handler] = {
    types.INITIALIZE: lifecycle.handle_initialize,
    types.INITIALIZED: lifecycle.handle_initialized,
    types.SHUTDOWN: lifecycle.handle_shutdown,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: lifecycle.handle_folders,
    types.WORKSPACE_DID_CHANGE_CONFIGURATION: configuration.handle_configuration,
    types.TEXT_DOCUMENT_DID_OPEN: documents.handle_did_open,
    types.TEXT_DOCUMENT_DID_CHANGE: documents.handle_did_change,
    types.TEXT_DOCUMENT_DID_SAVE: documents.handle_did_save,
    types.TEXT_DOCUMENT_DID_CLOSE: documents.handle_did_close,
    types.CODE_ACTION_RESOLVE: code_action_resolve.handle_code_action_resolve,
    types.TEXT_DOCUMENT_HOVER: hover.handle_hover,
    types.TEXT_DOCUMENT_CODE_LENS: code_lens.handle_code_lens,
    types.TEXT_DOCUMENT_INLAY_HINT: inlay_hint.handle_inlay_hint,
    types.WINDOW_WORK_DONE_PROGRESS_CANCEL: progress.handle_progress_cancel,
    types.WORKSPACE_TEXT_DOCUMENT_CONTENT: text_content.handle_text_content,
    messages.RUN: run.handle_run,
    messages.VERIFY_COPY: verify_copy.handle_verify_copy,
    messages.RESULTS: results.handle_results,
}

_COMMANDS: dict[str, _Handler] = {
    commands.OPTIMIZE: execute_command.handle_optimize,
    commands.CANCEL: execute_command.handle_cancel,
    commands.PREVIEW: execute_command.handle_preview,
    commands.DISCARD: execute_command.handle_discard,
    commands.VERIFY_AGAIN: execute_command.handle_verify_again,
    commands.APPLY: apply.handle_apply,
    commands.OPTIMIZE_FILE: optimize_many.handle_optimize_file,
    commands.OPTIMIZE_CHANGED: optimize_many.handle_optimize_changed,
    commands.PROFILE: profiles.handle_profile,
    commands.SHARE: profiles.handle_share,
}


def create_server(optimize: Optimize | None = None, profile: Profile | None = None) -> PieServer:
    """A server that is ready to be connected. Tests of handlers replace the engine."""
    server = PieServer(optimize, profile)
    for method, handler in _FEATURES.items():
        server.feature(method)(handler)
    options = types.CodeActionOptions(code_action_kinds=[to_lsp.ACTION_KIND], resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(code_action.handle_code_action)
    for name, command in _COMMANDS.items():
        server.command(name)(command)
    return server
