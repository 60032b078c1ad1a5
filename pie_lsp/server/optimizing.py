"""Does one job: runs the engine, shows its progress, and publishes what it found."""

import asyncio
import logging
from typing import TYPE_CHECKING

from lsprotocol import types

from pie_lsp.server import wording
from pie_lsp.server.jobs import Job
from pie_lsp.server.progress import JobProgress
from pie_lsp.server.results import Result, Standing
from pie_lsp.values.errors import PieError
from pie_lsp.values.events import Event, Progress

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer

logger = logging.getLogger(__name__)


async def run_job(ls: "PieServer", job: Job) -> None:
    """Run `job` to its end. Cancelling the task is the one way to stop it; the engine kills its children."""
    name = job.function.name
    progress = JobProgress(ls.client, job.id, wording.optimizing(name))

    def listen(event: Event) -> None:
        if isinstance(event, Progress):
            job.progress = event
            progress.report(event)

    try:
        report = await ls.optimize(job.request, listen)
    except asyncio.CancelledError:
        progress.end("cancelled")
        raise
    except PieError as error:
        progress.end("stopped")
        ls.client.show(f"'{name}': {error}", types.MessageType.Error)
    # A defect in the engine ends this job and not the server, and its cause goes to the log.
    except Exception:
        logger.exception("The job for %s failed", name)
        progress.end("failed")
        ls.client.show(
            f"'{name}' could not be optimized because of a defect in pie-lsp; the server's log says more.",
            types.MessageType.Error,
        )
    else:
        progress.end(wording.found(report.suggestions) if report.suggestions else "nothing faster found")
        result = ls.results.add(job.key.document, job.function, job.request, report)
        # The job is over: what follows must neither be cancelled with it nor keep the next one waiting.
        ls.spawn(_announce(ls, result))


async def _announce(ls: "PieServer", result: Result) -> None:
    await ls.publisher.publish(result.document)
    document = ls.session.documents.get(result.document)
    stale = document is not None and await ls.standing(result, document) is Standing.STALE
    ls.client.show(wording.finished(result.function.name, result.report, stale=stale))
