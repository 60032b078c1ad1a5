"""`textDocument/codeAction`: offers a job, or what a job found. Cheap: no compiler, no program runs.

Whether a result still holds is decided here, when the list is made, since editors show errors of
`codeAction/resolve` badly or not at all.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from pie_lsp.server import commands, from_lsp, to_lsp, wording
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result, Standing
from pie_lsp.server.server import PieServer
from pie_lsp.server.targets import a_model_may_help, a_rule_applies
from pie_lsp.server.uris import same_file_key
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.span import Span

if TYPE_CHECKING:
    from pie_lsp.cpp.functions import Function

Action = types.CodeAction | types.Command


async def handle_code_action(ls: PieServer, params: types.CodeActionParams) -> list[Action]:
    """The actions at a cursor, best first."""
    document = ls.session.document(params.text_document.uri)
    if document is None or not _wanted(params.context.only):
        return []
    selection = from_lsp.span(document, params.range)
    automatic = (
        params.context.trigger_kind == types.CodeActionTriggerKind.Automatic and not params.context.only
    )
    function = document.function_at(selection)
    if function is None:
        return [] if automatic else list(_refused(ls, document, selection))
    actions = await _actions(ls, document, function, selection, automatic)
    if ls.client.can.code_action_literals:
        return list(actions)
    return [action.command for action in actions if action.command is not None]


def _wanted(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether a filter lets our kind through; kinds are hierarchical, separated by dots."""
    kinds = [str(getattr(kind, "value", kind)) for kind in only or ()]
    return not kinds or any(
        k in ("", to_lsp.ACTION_KIND) or to_lsp.ACTION_KIND.startswith(f"{k}.") for k in kinds
    )


async def _actions(
    ls: PieServer, document: Document, function: "Function", selection: Span, automatic: bool
) -> list[types.CodeAction]:
    key, ref = same_file_key(document.uri), function.ref
    if (job := ls.jobs.find(key, ref)) is not None:
        running = commands.JobArgument(job=job.id)
        return [to_lsp.command_action(wording.cancel(ref.name, job.stage), commands.CANCEL, running)]
    result = ls.results.at(document, key, ref)
    if result is not None and result.suggestions:
        standing = await ls.standing(result, document)
        if standing is Standing.FRESH and (offered := list(_offers(ls, document, result))):
            return offered
        if standing is not Standing.APPLIED:
            again = commands.ResultArgument(result=result.id)
            return [to_lsp.command_action(wording.verify_again(ref.name), commands.VERIFY_AGAIN, again)]
    if automatic and not _worth_a_lightbulb(ls, document, function, selection):
        return []
    argument = commands.FunctionArgument(
        uri=document.uri, function=ref.qualified_name, line=ref.line, fingerprint=ref.fingerprint
    )
    return [to_lsp.command_action(wording.optimize(ref.name), commands.OPTIMIZE, argument)]


def _offers(ls: PieServer, document: Document, result: Result) -> Iterator[types.CodeAction]:
    """Apply in rank order, then previews, then discard; nothing where one edit has lost its place."""
    edits = [(suggestion, ls.results.edit(result, suggestion, document)) for suggestion in result.suggestions]
    if any(edit is None for _, edit in edits):
        return
    for suggestion, edit in edits:
        if not ls.client.can.code_action_literals:
            argument = commands.SuggestionArgument(result=result.id, rank=suggestion.rank)
            yield to_lsp.command_action(wording.apply(suggestion), commands.APPLY, argument)
        elif edit is not None:
            yield to_lsp.apply_action(document, result, suggestion, edit, ls.client.can)
    for suggestion, _ in edits:
        argument = commands.SuggestionArgument(result=result.id, rank=suggestion.rank)
        yield to_lsp.command_action(wording.preview(suggestion), commands.PREVIEW, argument)
    forget = commands.ResultArgument(result=result.id)
    yield to_lsp.command_action(wording.discard(result.function.name), commands.DISCARD, forget)


def _worth_a_lightbulb(ls: PieServer, document: Document, function: "Function", selection: Span) -> bool:
    """On a function's header, or where a rule or a model could do something; not where the person said no."""
    key, ref = same_file_key(document.uri), function.ref
    if document.parsed is None or ls.dismissals.has(key, ref) or _nothing_found(ls, document, key, ref):
        return False
    return (
        ref.header.holds(selection.start)
        or a_rule_applies(document, function)
        or a_model_may_help(ls, document, function)
    )


def _nothing_found(ls: PieServer, document: Document, key: str, function: FunctionRef) -> bool:
    """Whether a job on exactly this text ended without a suggestion."""
    result = ls.results.at(document, key, function)
    return (
        result is not None
        and not result.suggestions
        and ls.results.standing(result, document) is Standing.FRESH
    )


def _refused(ls: PieServer, document: Document, selection: Span) -> Iterator[types.CodeAction]:
    """Why there is nothing, where the client shows reasons; others would list it as a choice."""
    reason = document.refused_at(selection)
    if reason is not None and ls.client.can.disabled_actions:
        action = types.CodeAction(title="Optimize this function", kind=to_lsp.ACTION_KIND)
        action.disabled = types.CodeActionDisabled(reason=reason)
        yield action
