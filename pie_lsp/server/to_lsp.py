"""The one converter from our types to LSP's; sends nothing."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from lsprotocol import types

from pie_lsp.server import commands, wording
from pie_lsp.server.capabilities import Capabilities
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result
from pie_lsp.text.positions import Position
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Suggestion
from pie_lsp.values.span import Span

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ACTION_KIND = "refactor.rewrite.pie"
"""VS Code offers a preview of `refactor.rewrite` actions, and no fix-on-save applies them."""


def position(value: Position) -> types.Position:
    """A position in the client's units."""
    return types.Position(line=value.line, character=value.character)


def span_range(document: Document, span: Span) -> types.Range:
    """The range of a span of bytes."""
    start, end = document.positions.range_of(span)
    return types.Range(start=position(start), end=position(end))


def workspace_edit(document: Document, edit: Edit, can: Capabilities) -> types.WorkspaceEdit:
    """One text edit for one file, so that no client applies half of a verified change."""
    text = edit.replacement.decode(document.codec)
    text_edit = types.TextEdit(range=span_range(document, edit.span), new_text=text)
    if not can.document_changes:
        return types.WorkspaceEdit(changes={document.uri: [text_edit]})
    version = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    return types.WorkspaceEdit(
        document_changes=[types.TextDocumentEdit(text_document=version, edits=[text_edit])]
    )


def command(title: str, name: str, argument: "DataclassInstance") -> types.Command:
    """A command with its one argument, a dataclass of `pie_lsp.server.commands`."""
    return types.Command(title=title, command=name, arguments=[_fields(argument)])


def command_action(title: str, name: str, argument: "DataclassInstance") -> types.CodeAction:
    """A code action that only starts a command; resolving it changes nothing."""
    return types.CodeAction(title=title, kind=ACTION_KIND, command=command(title, name, argument))


def apply_action(
    document: Document, result: Result, suggestion: Suggestion, edit: Edit, can: Capabilities
) -> types.CodeAction:
    """A code action that is the edit; the edit itself comes by resolve where the client can do that."""
    action = types.CodeAction(title=wording.apply(suggestion), kind=ACTION_KIND)
    if can.resolve_edit:
        action.data = _fields(commands.SuggestionArgument(result=result.id, rank=suggestion.rank))
    else:
        action.edit = workspace_edit(document, edit, can)
    if can.llm_tag and suggestion.provenance.by_model:
        action.tags = [types.CodeActionTag.LlmGenerated]
    return action


def diagnostic(document: Document, name_span: Span, result: Result, can: Capabilities) -> types.Diagnostic:
    """The measured figure at the function's name, which is how editors without code lenses notice it."""
    return types.Diagnostic(
        range=span_range(document, name_span),
        message=wording.found(result.suggestions),
        severity=types.DiagnosticSeverity.Hint,
        source="pie",
        data={"result": result.id} if can.diagnostic_data else None,
    )


def _fields(argument: "DataclassInstance") -> dict[str, str | int]:
    return {name: value for name, value in asdict(argument).items() if value is not None}
