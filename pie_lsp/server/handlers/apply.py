"""The command `pie.apply`: has the editor apply a suggestion, and answers what became of that."""

from lsprotocol import types

from pie_lsp.server import to_lsp, wording
from pie_lsp.server.commands import SuggestionArgument
from pie_lsp.server.documents import Document
from pie_lsp.server.handlers.execute_command import show_diff, suggestion_of
from pie_lsp.server.messages import Applied
from pie_lsp.server.results import Result, Standing
from pie_lsp.server.server import PieServer
from pie_lsp.values.report import Suggestion


async def handle_apply(ls: PieServer, argument: SuggestionArgument) -> Applied:
    """Apply a suggestion where its text stands now. What goes wrong is shown as well as answered."""
    result, suggestion, document = suggestion_of(ls, argument)
    if not ls.client.can.apply_edit:
        folder = result.request.path.parent
        path = show_diff(ls, result, suggestion, lambda diff: wording.no_edits_taken(diff, folder))
        return Applied(applied=False, problem=wording.no_edits_taken(path or "DIFF", folder))
    problem = await _apply(ls, result, suggestion, document)
    if problem is not None:
        ls.client.show(problem, types.MessageType.Warning)
    return Applied(applied=problem is None, problem=problem)


async def _apply(ls: PieServer, result: Result, suggestion: Suggestion, document: Document) -> str | None:
    """Why it was not applied, in a sentence; None where the editor says that it was."""
    fresh = await ls.standing(result, document) is Standing.FRESH
    # Headers and tests were read meanwhile: the text may be another one, and the result gone.
    now = ls.current(result) if ls.results.find(result.id) is result else None
    edit = ls.results.edit(result, suggestion, now) if fresh and now is not None else None
    if now is None or edit is None or ls.results.standing(result, now) is not Standing.FRESH:
        return wording.verify_again(result.function.name)
    title = wording.apply(suggestion)
    problem = await ls.client.apply(to_lsp.workspace_edit(now, edit, ls.client.can), title)
    return None if problem is None else wording.not_applied(problem)
