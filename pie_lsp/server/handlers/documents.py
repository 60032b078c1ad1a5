"""`textDocument/didOpen`, `didChange`, `didSave` and `didClose`."""

import logging

from lsprotocol import types

from pie_lsp.server import from_lsp
from pie_lsp.server.documents import change_document, open_document, saved_document
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import path_of, same_file_key

logger = logging.getLogger(__name__)


def handle_did_open(ls: PieServer, params: types.DidOpenTextDocumentParams) -> None:
    """Results of an earlier visit are shown again where they still hold."""
    item = params.text_document
    key = same_file_key(item.uri)
    ls.session.documents[key] = open_document(
        item.uri, path_of(item.uri), item.version, item.text, ls.session.encoding
    )
    ls.publisher.publish_soon(key)


def handle_did_change(ls: PieServer, params: types.DidChangeTextDocumentParams) -> None:
    """Apply the changes in their order. This is also how the server learns that an edit was applied."""
    key = same_file_key(params.text_document.uri)
    document = ls.session.documents.get(key)
    if document is None:
        logger.warning("Ignored a change of %s, which is not open.", params.text_document.uri)
        return
    ls.session.documents[key] = change_document(
        document, params.text_document.version, from_lsp.changes(params.content_changes), ls.session.encoding
    )
    ls.publisher.publish_soon(key)


def handle_did_save(ls: PieServer, params: types.DidSaveTextDocumentParams) -> None:
    """The file on the disk may have another encoding now, or exist for the first time."""
    key = same_file_key(params.text_document.uri)
    if (document := ls.session.documents.get(key)) is not None:
        ls.session.documents[key] = saved_document(document, ls.session.encoding)
        ls.publisher.publish_soon(key)


def handle_did_close(ls: PieServer, params: types.DidCloseTextDocumentParams) -> None:
    """Jobs go on and results are kept; what was published is taken back."""
    key = same_file_key(params.text_document.uri)
    if (document := ls.session.documents.pop(key, None)) is not None:
        ls.publisher.clear(key, document.uri)
