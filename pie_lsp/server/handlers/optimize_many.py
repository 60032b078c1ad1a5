"""The commands `pie.optimizeFile` and `pie.optimizeChanged`: both start jobs and return at once."""

from lsprotocol import types

from pie_lsp.server import wording
from pie_lsp.server.commands import ChangedArgument, FileArgument
from pie_lsp.server.messages import Started
from pie_lsp.server.server import PieServer
from pie_lsp.server.targets import Meant, changed, start_all, whole_file
from pie_lsp.values.errors import PieError


async def handle_optimize_file(ls: PieServer, argument: FileArgument) -> Started:
    """A job for every function of the file that may gain."""
    await ls.wait_until_configured()
    try:
        return _started(ls, whole_file(ls, argument.uri))
    except PieError as error:
        return _refused(ls, error)


async def handle_optimize_changed(ls: PieServer, argument: ChangedArgument) -> Started:
    """A job for every function that differs from a revision and may gain."""
    await ls.wait_until_configured()
    try:
        return _started(ls, await changed(ls, argument.uri, argument.base or "HEAD"))
    except PieError as error:
        return _refused(ls, error)


def _started(ls: PieServer, meant: Meant) -> Started:
    jobs = start_all(ls, meant)
    if not jobs:
        ls.client.show(wording.nothing_applies(meant.place, len(meant.functions)))
    return Started(jobs=tuple(job.id for job in jobs))


def _refused(ls: PieServer, error: PieError) -> Started:
    ls.client.show(str(error), types.MessageType.Error)
    return Started(jobs=())
