"""The one converter from our types to LSP's; sends nothing."""

from collections.abc import Collection
from dataclasses import asdict
from typing import TYPE_CHECKING

from lsprotocol import types

from pie_lsp.engine.remarks import figure, remarks
from pie_lsp.server import commands, contents, messages, wording
from pie_lsp.server.capabilities import Capabilities
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result, Standing, subject
from pie_lsp.server.uris import uri_of
from pie_lsp.text.positions import Position
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Rejected, Suggestion
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


def run(
    result: Result, standing: Standing, document: Document | None, edits: Collection[int]
) -> messages.Run:
    """A result as `pie/results` tells it; `edits` are the ranks of what may be applied."""
    report, then = result.report, result.function
    now = subject(result, document) if document is not None else None
    name = now or then
    said = standing.value if standing is not Standing.FRESH or result.suggestions else "nothing"
    baseline = report.baseline
    return messages.Run(
        id=result.id,
        uri=document.uri if document is not None else uri_of(result.request.path),
        function=messages.FunctionName(name=name.name, qualified_name=name.qualified_name, line=name.line),
        range=_own_range(document, now.name_span) if document is not None and now is not None else None,
        standing=said,
        message=wording.stood(name.name, report, said),
        machine="" if baseline is None else f"{baseline.backend}, {baseline.model}",
        unit="" if baseline is None else baseline.unit,
        tests=messages.Tests(source=report.tests.source, count=len(report.tests.cases)),
        old_cost=None if baseline is None else baseline.total,
        candidates=tuple(_candidate(result, one, one.rank in edits) for one in result.suggestions),
        rejected=tuple(map(_refused, report.rejected)),
        advice=report.advice,
        cached=report.cached,
    )


def _candidate(result: Result, suggestion: Suggestion, applicable: bool) -> messages.Candidate:
    comparison = suggestion.comparison
    spread = suggestion.layouts or comparison.interval
    names = [case.name for case in result.report.tests.cases]
    figures = zip(names, comparison.old, comparison.new, strict=False)
    return messages.Candidate(
        rank=suggestion.rank,
        title=suggestion.title,
        headline=figure(suggestion),
        short=wording.short(suggestion),
        speedup=comparison.speedup,
        low=spread.low if spread is not None else None,
        high=spread.high if spread is not None else None,
        assurance=suggestion.assurance,
        explanation=suggestion.explanation,
        notes=remarks(suggestion),
        llm_generated=suggestion.provenance.by_model,
        per_test=tuple(_test_figure(name, old.amount, new.amount) for name, old, new in figures),
        original=contents.uri_of_original(result),
        proposed=contents.uri_of_suggestion(result, suggestion.rank),
        applicable=applicable,
    )


def _test_figure(name: str, old: int, new: int) -> messages.TestFigure:
    """No ratio where a clock is too coarse to see the new program at all."""
    return messages.TestFigure(name=name, old_cost=old, new_cost=new, speedup=old / new if new else None)


def _refused(rejected: Rejected) -> messages.Refused:
    return messages.Refused(
        function=rejected.function,
        title=rejected.title,
        proposer=rejected.provenance.proposer,
        stage=rejected.rejection.stage.value,
        reason=rejected.rejection.reason,
    )


def _own_range(document: Document, span: Span) -> messages.Range:
    start, end = document.positions.range_of(span)
    return messages.Range(start=start, end=end)


def _fields(argument: "DataclassInstance") -> dict[str, str | int]:
    return {name: value for name, value in asdict(argument).items() if value is not None}
