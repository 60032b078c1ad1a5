"""What this client can do, resolved once into booleans; nobody else reads `ClientCapabilities`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """Abilities of the editor. All are absent in a client that says nothing."""

    code_action_literals: bool = False
    """Understands `CodeAction`; else it gets bare commands."""
    resolve_edit: bool = False
    """Fetches `edit` by `codeAction/resolve` and keeps `data`; else edits are sent with the list."""
    disabled_actions: bool = False
    """Shows disabled actions with their reason."""
    llm_tag: bool = False
    """Marks actions that a model wrote."""
    document_changes: bool = False
    """Understands versioned edits."""
    apply_edit: bool = False
    """Answers `workspace/applyEdit`."""
    show_document: bool = False
    """Answers `window/showDocument`."""
    progress: bool = False
    """Shows progress that the server starts."""
    code_lens_refresh: bool = False
    inlay_hint_refresh: bool = False
    configuration: bool = False
    """Answers `workspace/configuration`."""
    register_configuration: bool = False
    """Lets the server ask for `workspace/didChangeConfiguration`."""
    hover_markdown: bool = False
    diagnostic_data: bool = False
    text_content: bool = False
    """Shows texts that only the server has (`workspace/textDocumentContent`)."""
    register_text_content: bool = False
    results: bool = False
    """Wants to hear when results change, as our own extension does."""

    @classmethod
    def of(cls, client: types.ClientCapabilities) -> "Capabilities":
        """Read what the client sent with `initialize`."""

        def has(path: str) -> bool:
            return bool(get_capability(client, path, False))

        def values(path: str) -> list[Any]:
            return list(get_capability(client, path, None) or ())

        action, content = "text_document.code_action", "workspace.text_document_content"
        resolved = values(f"{action}.resolve_support.properties")
        return cls(
            code_action_literals=get_capability(client, f"{action}.code_action_literal_support") is not None,
            resolve_edit="edit" in resolved and has(f"{action}.data_support"),
            disabled_actions=has(f"{action}.disabled_support"),
            llm_tag=types.CodeActionTag.LlmGenerated in values(f"{action}.tag_support.value_set"),
            document_changes=has("workspace.workspace_edit.document_changes"),
            apply_edit=has("workspace.apply_edit"),
            show_document=has("window.show_document.support"),
            progress=has("window.work_done_progress"),
            code_lens_refresh=has("workspace.code_lens.refresh_support"),
            inlay_hint_refresh=has("workspace.inlay_hint.refresh_support"),
            configuration=has("workspace.configuration"),
            register_configuration=has("workspace.did_change_configuration.dynamic_registration"),
            hover_markdown=types.MarkupKind.Markdown in values("text_document.hover.content_format"),
            diagnostic_data=has("text_document.publish_diagnostics.data_support"),
            text_content=get_capability(client, content) is not None,
            register_text_content=has(f"{content}.dynamic_registration"),
            results=_experimental(client.experimental),
        )


def _experimental(sent: Any) -> bool:
    """``{"pie": {"results": true}}``, which no standard names."""
    ours = sent.get("pie") if isinstance(sent, Mapping) else None
    return isinstance(ours, Mapping) and ours.get("results") is True
