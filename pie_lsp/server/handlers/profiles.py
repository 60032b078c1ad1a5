"""The commands `pie.profile` and `pie.share`; both return at once."""

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from pie_lsp.server import wording
from pie_lsp.server.commands import FileArgument, FunctionArgument
from pie_lsp.server.documents import Document
from pie_lsp.server.handlers.execute_command import Started
from pie_lsp.server.profiles import share_of
from pie_lsp.server.server import PieServer
from pie_lsp.server.uris import same_file_key
from pie_lsp.values.errors import InputError


async def handle_profile(ls: PieServer, argument: FileArgument) -> Started:
    """Start the job, or join the one that runs; ``{"job": null}`` where there is nothing to start."""
    await ls.wait_until_configured()
    document = _open(ls, argument.uri)
    try:
        return {"job": ls.start_profile(document).id}
    except InputError as error:
        ls.client.show(str(error), types.MessageType.Error)
        return {"job": None}


async def handle_share(ls: PieServer, argument: FunctionArgument) -> str | None:
    """Say where the cost of a function goes; None where no profile holds any more."""
    document = _open(ls, argument.uri)
    known = ls.profiles.of(same_file_key(document.uri))
    function = document.function(argument.function, argument.fingerprint, argument.line)
    if known is None or function is None or not await ls.profile_holds(known, document):
        ls.client.show(wording.profile(again=True), types.MessageType.Warning)
        return None
    share = share_of(known, document, function.ref)
    if share is None:
        return None
    sentence = wording.explained(share, known.report)
    ls.client.show(sentence)
    return sentence


def _open(ls: PieServer, uri: str) -> Document:
    document = ls.session.document(uri)
    if document is None:
        raise JsonRpcInvalidParams(f"{uri} is not open.")
    return document
