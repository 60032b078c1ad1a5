"""`pie/run`: optimizes functions, and answers when that is done. Cancelling the request stops the work."""

from pie_lsp.server import wording
from pie_lsp.server.jobs import Job
from pie_lsp.server.messages import RunAnswer, RunParams, Scope
from pie_lsp.server.running import RequestFailed, finish
from pie_lsp.server.server import PieServer
from pie_lsp.server.targets import Meant, changed, one_function, start_all, whole_file
from pie_lsp.values.errors import PieError


async def handle_run(ls: PieServer, params: RunParams) -> RunAnswer:
    """Start the jobs, or join those that run, and wait for them."""
    await ls.wait_until_configured()
    try:
        jobs, meant = await _start(ls, params)
    except PieError as error:
        raise RequestFailed(str(error)) from error
    if not jobs:
        return RunAnswer(results=(), message=wording.nothing_applies(meant.place, len(meant.functions)))
    return await finish(ls, jobs, params.work_done_token, meant.place)


async def _start(ls: PieServer, params: RunParams) -> tuple[list[Job], Meant]:
    uri = params.text_document.uri if params.text_document is not None else params.folder or ""
    if params.scope is Scope.FUNCTION:
        document, function = one_function(ls, uri, params.function, params.position)
        # It was asked for by name, so it is tried whether or not a rule seems to apply.
        return [ls.start_job(document, function.ref)], Meant(function.ref.name, ((document, function),))
    meant = whole_file(ls, uri) if params.scope is Scope.FILE else await changed(ls, uri, params.base)
    return start_all(ls, meant), meant
