"""`window/workDoneProgress/cancel`: the token of a progress display is the id of its job."""

from lsprotocol import types

from pie_lsp.server.server import PieServer


def handle_progress_cancel(ls: PieServer, params: types.WorkDoneProgressCancelParams) -> None:
    """Stop the job; tokens that are unknown or ended are ignored."""
    ls.jobs.cancel(params.token)
