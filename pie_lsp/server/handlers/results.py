"""`pie/results`: everything that was found, and how it relates to the text as it is now. Runs nothing."""

from pie_lsp.server import to_lsp
from pie_lsp.server.documents import Document
from pie_lsp.server.messages import ResultsParams, Run, Runs
from pie_lsp.server.results import Result, Standing
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import same_file_key


async def handle_results(ls: PieServer, params: ResultsParams) -> Runs:
    """The results of one file or of all, the newest first."""
    wanted = params.text_document
    found = list(ls.results if wanted is None else ls.results.of(same_file_key(wanted.uri)))
    documents = {result.document: ls.current(result) for result in found}
    runs = [await _run(ls, result, documents[result.document]) for result in reversed(found)]
    return Runs(runs=tuple(runs))


async def _run(ls: PieServer, result: Result, document: Document | None) -> Run:
    if document is None:
        return to_lsp.run(result, Standing.STALE, None, ())
    standing = await ls.standing(result, document)
    fresh = result.suggestions if standing is Standing.FRESH else ()
    edits = [one.rank for one in fresh if ls.results.edit(result, one, document) is not None]
    return to_lsp.run(result, standing, document, edits)
