"""`pie/verifyCopy`: what a person made of a copy of the file takes the same path as every suggestion."""

from pie_lsp.server import wording
from pie_lsp.server.documents import Document
from pie_lsp.server.messages import RunAnswer, VerifyCopyParams
from pie_lsp.server.results import Result, Standing
from pie_lsp.server.running import RequestFailed, finish
from pie_lsp.server.server import PieServer
from pie_lsp.text.source import MAX_BYTES, encode_buffer
from pie_lsp.values.errors import InputError, PieError


async def handle_verify_copy(ls: PieServer, params: VerifyCopyParams) -> RunAnswer:
    """Start the job for the edited text, and wait for it."""
    await ls.wait_until_configured()
    try:
        document = ls.document_of(params.text_document.uri)
        result = await _result(ls, params.result, document)
        edited = encode_buffer(params.text, document.disk)
        if len(edited) > MAX_BYTES:
            raise InputError(f"The copy is larger than {MAX_BYTES >> 10} KiB, which no file can be.")
        job = ls.start_copy(document, result, edited)
    except PieError as error:
        raise RequestFailed(str(error)) from error
    return await finish(ls, [job], params.work_done_token, result.request.path.name)


async def _result(ls: PieServer, result_id: str, document: Document) -> Result:
    """The result of which the copy was made, if it still holds."""
    result = ls.results.find(result_id)
    if result is None or result.request.path != document.path:
        raise RequestFailed(wording.no_result(result_id))
    if await ls.standing(result, document) is not Standing.FRESH:
        raise RequestFailed(wording.NOT_VERIFIED_ANY_MORE)
    return result
