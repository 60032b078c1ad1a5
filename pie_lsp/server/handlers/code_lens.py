"""`textDocument/codeLens`: above a function its measured figure and its share of the cost; a click says more.

Asking for lenses runs nothing: a profile is started by the lens for it alone.
"""

from collections.abc import AsyncIterator, Iterator

from lsprotocol import types

from pie_lsp.server import commands, to_lsp, wording
from pie_lsp.server.documents import Document
from pie_lsp.server.profiles import KnownProfile, place_of
from pie_lsp.server.results import Result, Standing, subject
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import same_file_key
from pie_lsp.values.function import FunctionRef


async def handle_code_lens(ls: PieServer, params: types.CodeLensParams) -> list[types.CodeLens]:
    """One lens for each function with results that hold, and one for each whose share is known."""
    document = ls.session.document(params.text_document.uri)
    if document is None:
        return []
    results = [found async for found in _results(ls, document)]
    known = ls.profiles.of(same_file_key(document.uri))
    holds = known is not None and await ls.profile_holds(known, document)
    lenses = [_of_result(document, result, function) for result, function in results]
    if known is not None and holds:
        lenses += _shares(document, known)
    else:
        lenses += _shares_of_results(document, results)
        lenses += _offer(ls, document, again=known is not None)
    return lenses


async def _results(ls: PieServer, document: Document) -> AsyncIterator[tuple[Result, FunctionRef]]:
    """The results that hold and have something to offer, and the functions that they are about."""
    for result in ls.results.of(same_file_key(document.uri)):
        function = subject(result, document)
        if (
            function is not None
            and result.suggestions
            and await ls.standing(result, document) is Standing.FRESH
        ):
            yield result, function


def _of_result(document: Document, result: Result, function: FunctionRef) -> types.CodeLens:
    return _lens(document, function, _preview(wording.found(result.suggestions), result))


def _preview(title: str, result: Result) -> types.Command:
    argument = commands.SuggestionArgument(result=result.id, rank=result.suggestions[0].rank)
    return to_lsp.command(title, commands.PREVIEW, argument)


def _shares(document: Document, known: KnownProfile) -> Iterator[types.CodeLens]:
    """The shares of a profile that holds, of functions that could be told apart."""
    report = known.report
    for share in report.profile.functions:
        function = place_of(share, document)
        if function is not None and share.out_of_line:
            argument = commands.FunctionArgument(
                uri=document.uri,
                function=function.qualified_name,
                line=function.line,
                fingerprint=function.fingerprint,
            )
            title = wording.share(share.share, len(report.tests), report.backend)
            yield _lens(document, function, to_lsp.command(title, commands.SHARE, argument))


def _shares_of_results(
    document: Document, results: list[tuple[Result, FunctionRef]]
) -> Iterator[types.CodeLens]:
    """What optimizing found out on its way, where the file was not profiled."""
    for result, function in results:
        best, baseline = result.suggestions[0], result.report.baseline
        if best.share_before is not None and baseline is not None and best.function.name == function.name:
            title = wording.share(best.share_before, len(baseline.costs), baseline.backend)
            yield _lens(document, function, _preview(title, result))


def _offer(ls: PieServer, document: Document, *, again: bool) -> Iterator[types.CodeLens]:
    """At `main`, the lens that profiles the file, or stops the job that does."""
    main = document.function("main", None)
    if main is None or document.refusal is not None or document.path is None:
        return
    job = ls.jobs.find_profile(same_file_key(document.uri))
    if job is not None:
        running = commands.JobArgument(job=job.id)
        command = to_lsp.command(wording.cancel_profiling(), commands.CANCEL, running)
    else:
        file = commands.FileArgument(uri=document.uri)
        command = to_lsp.command(wording.profile(again=again), commands.PROFILE, file)
    yield _lens(document, main.ref, command)


def _lens(document: Document, function: FunctionRef, command: types.Command) -> types.CodeLens:
    return types.CodeLens(range=to_lsp.span_range(document, function.name_span), command=command)
