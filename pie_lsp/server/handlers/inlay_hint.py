"""`textDocument/inlayHint`: the measured figure behind a function's header."""

from lsprotocol import types

from pie_lsp.engine.remarks import short_figure
from pie_lsp.server import from_lsp, to_lsp, wording
from pie_lsp.server.results import Standing, subject
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import same_file_key


async def handle_inlay_hint(ls: PieServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    """One hint for each function in the range with results that hold."""
    document = ls.session.document(params.text_document.uri)
    if document is None:
        return []
    asked = from_lsp.span(document, params.range)
    hints = []
    for result in ls.results.of(same_file_key(document.uri)):
        function = subject(result, document)
        if function is None or not result.suggestions or not asked.holds(function.name_span.end):
            continue
        if await ls.standing(result, document) is not Standing.FRESH:
            continue
        position = document.positions.position_of_byte(function.name_span.end)
        hints.append(
            types.InlayHint(
                position=to_lsp.position(position),
                label=short_figure(result.suggestions[0]),
                tooltip=wording.found(result.suggestions),
                padding_left=True,
                padding_right=True,
            )
        )
    return hints
