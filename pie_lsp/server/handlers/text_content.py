"""`workspace/textDocumentContent`: the texts that an editor compares, the verified one and a suggestion's."""

from lsprotocol import types

from pie_lsp.server.server import PieServer


def handle_text_content(
    ls: PieServer, params: types.TextDocumentContentParams
) -> types.TextDocumentContentResult:
    """The text; a sentence in its place where the result is gone."""
    return types.TextDocumentContentResult(text=ls.contents.text(params.uri, ls.results))
