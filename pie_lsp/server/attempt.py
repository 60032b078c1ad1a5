"""Runs the engine for one job: shows its progress, and words how it ended where it did not end well."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from pie_lsp.engine.contract import Listener
from pie_lsp.server import wording
from pie_lsp.server.jobs import Job, Outcome
from pie_lsp.server.progress import JobProgress
from pie_lsp.values.errors import PieError
from pie_lsp.values.events import CandidateJudged, Event

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer

logger = logging.getLogger(__name__)

T = TypeVar("T")


async def attempt(
    ls: "PieServer",
    job: Job,
    *,
    title: str,
    subject: str,
    defect: str,
    work: Callable[[Listener], Awaitable[T]],
    ending: Callable[[T], str],
) -> T | Outcome:
    """What `work` gives, or how it failed.

    title    of the progress display, and `ending` what it says at last
    subject  what messages begin with
    defect   what a defect in the engine prevented, as the end of a sentence
    """
    if not job.displays:
        job.displays.append(JobProgress(ls.client, job.id, title))

    def listen(event: Event) -> None:
        if isinstance(event, CandidateJudged):
            _note(job, event)
            return
        job.progress = event
        for display in job.displays:
            display.report(event, job.best)

    try:
        found = await work(listen)
    except asyncio.CancelledError:
        _end(job, "cancelled")
        raise
    except PieError as error:
        message = f"{subject}: {error}"
        _end(job, wording.in_a_line(message))
        return Outcome(message=message, failed=True)
    # A defect in the engine ends this job and not the server, and its cause goes to the log.
    except Exception:
        logger.exception("The job for %s failed", subject)
        _end(job, "failed")
        because = "because of a defect in pie-lsp; the server's log says more."
        return Outcome(message=f"{subject} could not be {defect} {because}", failed=True)
    _end(job, ending(found))
    return found


def _note(job: Job, event: CandidateJudged) -> None:
    """The best so far. What a clock alone stands for is not compared with what a model says."""
    if event.speedup is not None and not event.by_clock:
        job.best = max(event.speedup, job.best or 0.0)


def _end(job: Job, message: str) -> None:
    for display in job.displays:
        display.end(message)
