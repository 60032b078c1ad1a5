"""`workspace/executeCommand`: every command returns at once, since some editors wait without a limit."""

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from pie_lsp.server import previews, to_lsp, wording
from pie_lsp.server.commands import FunctionArgument, JobArgument, ResultArgument, SuggestionArgument
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result, Standing, subject
from pie_lsp.server.server import PieServer
from pie_lsp.values.errors import InputError, PieError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import Suggestion

Started = dict[str, str | None]


async def handle_optimize(ls: PieServer, argument: FunctionArgument) -> Started:
    """Start the job, or join the one that runs; ``{"job": null}`` where there is nothing to start."""
    await ls.wait_until_configured()
    document = ls.session.document(argument.uri)
    if document is None:
        raise JsonRpcInvalidParams(f"{argument.uri} is not open.")
    function = document.function(argument.function, argument.fingerprint, argument.line)
    if function is None:
        ls.client.show(f"'{argument.function}' is not in the file any more.", types.MessageType.Warning)
        return {"job": None}
    return _start(ls, document, function.ref)


async def handle_verify_again(ls: PieServer, argument: ResultArgument) -> Started:
    """Start the job of a stale result again, on the text as it is now."""
    await ls.wait_until_configured()
    result, document = _result(ls, argument.result)
    function = subject(result, document)
    if function is None:
        ls.client.show(f"'{result.function.name}' is not in the file any more.", types.MessageType.Warning)
        return {"job": None}
    return _start(ls, document, function)


def handle_cancel(ls: PieServer, argument: JobArgument) -> bool:
    """Stop a job. False where it had ended."""
    return ls.jobs.cancel(argument.job)


def handle_discard(ls: PieServer, argument: ResultArgument) -> bool:
    """Forget the results, and do not offer this version of the function by itself again."""
    result = ls.results.discard(argument.result)
    if result is None:
        return False
    ls.session.dismiss(result.document, result.function)
    ls.spawn(ls.publisher.publish(result.document))
    return True


def handle_preview(ls: PieServer, argument: SuggestionArgument) -> str | None:
    """Write the diff, show it, and return its path."""
    result, suggestion = _suggestion(ls, argument)
    return _show_diff(ls, result, suggestion, "The change is in {path}")


def handle_apply(ls: PieServer, argument: SuggestionArgument) -> bool:
    """Apply a suggestion in editors whose code actions are bare commands. False where that cannot be."""
    result, suggestion = _suggestion(ls, argument)
    document = ls.session.documents[result.document]
    if not ls.client.can.apply_edit:
        folder = result.request.path.parent
        _show_diff(
            ls, result, suggestion, f"This editor takes no edits: run `patch -p1 < {{path}}` in {folder}"
        )
        return False
    ls.spawn(_apply(ls, result, suggestion, document))
    return True


async def _apply(ls: PieServer, result: Result, suggestion: Suggestion, document: Document) -> None:
    edit = ls.results.edit(result, suggestion, document)
    if edit is None or await ls.standing(result, document) is not Standing.FRESH:
        ls.client.show(wording.verify_again(result.function.name), types.MessageType.Warning)
        return
    title = wording.apply(suggestion)
    problem = await ls.client.apply(to_lsp.workspace_edit(document, edit, ls.client.can), title)
    if problem is not None:
        ls.client.show(f"Not applied: {problem}", types.MessageType.Warning)


def _start(ls: PieServer, document: Document, function: FunctionRef) -> Started:
    try:
        return {"job": ls.start_job(document, function).id}
    except InputError as error:
        ls.client.show(str(error), types.MessageType.Error)
        return {"job": None}


def _show_diff(ls: PieServer, result: Result, suggestion: Suggestion, message: str) -> str | None:
    try:
        path = previews.write_preview(result, suggestion)
    except (PieError, OSError) as error:
        ls.client.show(f"The diff cannot be written: {error}", types.MessageType.Error)
        return None

    async def show() -> None:
        if not await ls.client.show_document(path):
            ls.client.show(message.format(path=path))

    if ls.client.can.show_document:
        ls.spawn(show())
    else:
        # Said before the reply: Emacs 28 leaves what it reads together with a reply lying until more comes.
        ls.client.show(message.format(path=path))
    return str(path)


def _result(ls: PieServer, result_id: str) -> tuple[Result, Document]:
    result = ls.results.find(result_id)
    document = ls.session.documents.get(result.document) if result is not None else None
    if result is None or document is None:
        raise JsonRpcInvalidParams(
            f"There is no result {result_id!r} for an open file; it was discarded or replaced."
        )
    return result, document


def _suggestion(ls: PieServer, argument: SuggestionArgument) -> tuple[Result, Suggestion]:
    result, _ = _result(ls, argument.result)
    suggestion = result.suggestion(argument.rank)
    if suggestion is None:
        raise JsonRpcInvalidParams(f"The result {result.id!r} has no suggestion {argument.rank}.")
    return result, suggestion
