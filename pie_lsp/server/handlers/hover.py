"""`textDocument/hover`: the measured alternatives and the diff of the best, on a function's header."""

from lsprotocol import types

from pie_lsp.server import from_lsp, to_lsp, wording
from pie_lsp.server.results import Standing
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import same_file_key
from pie_lsp.values.span import Span


async def handle_hover(ls: PieServer, params: types.HoverParams) -> types.Hover | None:
    """Nothing outside headers, so that another server's hover is not crowded out."""
    document = ls.session.document(params.text_document.uri)
    if document is None:
        return None
    offset = document.positions.byte_at(from_lsp.position(params.position))
    function = document.function_at(Span(offset, offset))
    if function is None or not function.ref.header.holds(offset):
        return None
    result = ls.results.at(document, same_file_key(document.uri), function.ref)
    if result is None or not result.suggestions or await ls.standing(result, document) is not Standing.FRESH:
        return None
    markdown = ls.client.can.hover_markdown
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    content = types.MarkupContent(kind=kind, value=wording.hover(result, markdown=markdown))
    return types.Hover(contents=content, range=to_lsp.span_range(document, function.ref.name_span))
