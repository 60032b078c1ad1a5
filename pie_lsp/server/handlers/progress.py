"""`window/workDoneProgress/cancel`: the token is that of a request, or else the id of a job."""

from lsprotocol import types

from pie_lsp.server.server import PieServer


def handle_progress_cancel(ls: PieServer, params: types.WorkDoneProgressCancelParams) -> None:
    """Stop the job or the request; tokens that are unknown or ended are ignored."""
    if (waiting := ls.waiting.get(params.token)) is not None:
        waiting.cancel()
        return
    ls.jobs.cancel(params.token)
