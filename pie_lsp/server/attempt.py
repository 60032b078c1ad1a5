"""Runs the engine for one job: shows its progress, and says how it ended where it did not end well."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from pie_lsp.engine.contract import Listener
from pie_lsp.server.jobs import Job
from pie_lsp.server.progress import JobProgress
from pie_lsp.values.errors import PieError
from pie_lsp.values.events import Event, Progress

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
) -> T | None:
    """What `work` gives, or None where it failed, which the person was told then.

    title    of the progress display, and `ending` what it says at last
    subject  what messages begin with
    defect   what a defect in the engine prevented, as the end of a sentence
    """
    progress = JobProgress(ls.client, job.id, title)

    def listen(event: Event) -> None:
        if isinstance(event, Progress):
            job.progress = event
            progress.report(event)

    try:
        found = await work(listen)
    except asyncio.CancelledError:
        progress.end("cancelled")
        raise
    except PieError as error:
        progress.end("stopped")
        ls.client.show(f"{subject}: {error}", types.MessageType.Error)
    # A defect in the engine ends this job and not the server, and its cause goes to the log.
    except Exception:
        logger.exception("The job for %s failed", subject)
        progress.end("failed")
        ls.client.show(
            f"{subject} could not be {defect} because of a defect in pie-lsp; the server's log says more.",
            types.MessageType.Error,
        )
    else:
        progress.end(ending(found))
        return found
    return None
