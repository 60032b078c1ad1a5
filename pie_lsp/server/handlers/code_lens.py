"""`textDocument/codeLens`: the measured figure above a function; a click shows the best diff."""

from lsprotocol import types

from pie_lsp.server import commands, to_lsp, wording
from pie_lsp.server.results import Standing, subject
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import same_file_key


async def handle_code_lens(ls: PieServer, params: types.CodeLensParams) -> list[types.CodeLens]:
    """One lens for each function with results that hold."""
    document = ls.session.document(params.text_document.uri)
    if document is None:
        return []
    lenses = []
    for result in ls.results.of(same_file_key(document.uri)):
        function = subject(result, document)
        if (
            function is None
            or not result.suggestions
            or await ls.standing(result, document) is not Standing.FRESH
        ):
            continue
        argument = commands.SuggestionArgument(result=result.id, rank=result.suggestions[0].rank)
        command = to_lsp.command(wording.found(result.suggestions), commands.PREVIEW, argument)
        lenses.append(types.CodeLens(range=to_lsp.span_range(document, function.name_span), command=command))
    return lenses
