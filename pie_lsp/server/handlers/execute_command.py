"""`workspace/executeCommand`: every command returns at once, since some editors wait without a limit."""

from collections.abc import Callable
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from pie_lsp.server import previews, wording
from pie_lsp.server.commands import FunctionArgument, JobArgument, ResultArgument, SuggestionArgument
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result, subject
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
        ls.client.show(wording.not_in_file(argument.function), types.MessageType.Warning)
        return {"job": None}
    return _start(ls, document, function.ref)


async def handle_verify_again(ls: PieServer, argument: ResultArgument) -> Started:
    """Start the job of a stale result again, on the text as it is now."""
    await ls.wait_until_configured()
    result, document = result_of(ls, argument.result)
    function = subject(result, document)
    if function is None:
        ls.client.show(wording.not_in_file(result.function.name), types.MessageType.Warning)
        return {"job": None}
    return _start(ls, document, function)


def handle_cancel(ls: PieServer, argument: JobArgument) -> bool:
    """Stop a job. False where it had ended."""
    return ls.jobs.cancel(argument.job)


async def handle_discard(ls: PieServer, argument: ResultArgument) -> bool:
    """Forget the results, and do not offer this version of the function by itself again.

    What is shown is taken back before the reply: Emacs 28 leaves what it reads together with a reply lying.
    """
    result = ls.results.discard(argument.result)
    if result is None:
        return False
    ls.dismissals.add(result.document, result.function)
    ls.results_changed(gone=(result,))
    await ls.publisher.publish(result.document)
    return True


def handle_preview(ls: PieServer, argument: SuggestionArgument) -> str | None:
    """Write the diff, show it, and return its path."""
    result, suggestion, _ = suggestion_of(ls, argument)
    return show_diff(ls, result, suggestion, "The change is in {}".format)


def _start(ls: PieServer, document: Document, function: FunctionRef) -> Started:
    try:
        return {"job": ls.start_job(document, function).id}
    except InputError as error:
        ls.client.show(str(error), types.MessageType.Error)
        return {"job": None}


def show_diff(
    ls: PieServer, result: Result, suggestion: Suggestion, message: Callable[[Path], str]
) -> str | None:
    """Write the diff and show it, or say the `message` for its path. None where it cannot be written."""
    try:
        path = previews.write_preview(result, suggestion)
    except (PieError, OSError) as error:
        ls.client.show(f"The diff cannot be written: {error}", types.MessageType.Error)
        return None

    async def show() -> None:
        if not await ls.client.show_document(path):
            ls.client.show(message(path))

    if ls.client.can.show_document:
        ls.spawn(show())
    else:
        # Said before the reply: Emacs 28 leaves what it reads together with a reply lying until more comes.
        ls.client.show(message(path))
    return str(path)


def result_of(ls: PieServer, result_id: str) -> tuple[Result, Document]:
    """A result and its file as it is now. Raises InvalidParams where either is not there."""
    result = ls.results.find(result_id)
    document = ls.current(result) if result is not None else None
    if result is None or document is None:
        raise JsonRpcInvalidParams(
            f"There is no result {result_id!r} for a file that is there; it was discarded or replaced."
        )
    return result, document


def suggestion_of(ls: PieServer, argument: SuggestionArgument) -> tuple[Result, Suggestion, Document]:
    """A suggestion, its result and the file as it is now. Raises InvalidParams where one is not there."""
    result, document = result_of(ls, argument.result)
    suggestion = result.suggestion(argument.rank)
    if suggestion is None:
        raise JsonRpcInvalidParams(f"The result {result.id!r} has no suggestion {argument.rank}.")
    return result, suggestion, document
