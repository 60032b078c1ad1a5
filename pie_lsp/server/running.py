"""Waits for jobs on behalf of a request: shows their progress, and stops them when it is cancelled.

Cancelling the request ends when every child of its jobs is dead. A job that another request waits for too
goes on.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from pie_lsp.server import wording
from pie_lsp.server.jobs import Display, Job, Outcome
from pie_lsp.server.messages import RunAnswer, Token
from pie_lsp.server.optimizing import ending
from pie_lsp.server.progress import RequestProgress

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer


class RequestFailed(JsonRpcException):
    """The request is valid and could not be fulfilled, for the reason in its sentence."""

    CODE = types.LSPErrorCodes.RequestFailed.value


@dataclass(frozen=True, slots=True)
class _Ended:
    """How one job ended. `result` is the id of what it found; `failed` that it did not come to its end."""

    sentence: str
    result: str | None = None
    failed: bool = False


async def finish(ls: "PieServer", jobs: Sequence[Job], token: Token | None, place: str) -> RunAnswer:
    """The answer to a request, when all `jobs` have ended. Raises RequestFailed where every one failed."""
    display = None
    shown: dict[str, Display] = {}
    if token is not None:
        display = RequestProgress(ls.client, token, wording.run_title([_name(j) for j in jobs], place))
        shown = {job.id: display.add(_name(job)) for job in jobs}
    for job in jobs:
        job.requests += 1
        job.displays += [shown[job.id]] if job.id in shown else []
    try:
        ended = await _ended(ls, jobs, token)
    except asyncio.CancelledError:
        for job in jobs:
            job.requests -= 1
            job.displays = [one for one in job.displays if one is not shown.get(job.id)]
        await _stop(ls, [job for job in jobs if not job.requests])
        if display is not None:
            display.end("cancelled")
        raise
    message = wording.joined([(_name(job), one.sentence) for job, one in zip(jobs, ended, strict=True)])
    if display is not None:
        display.end(message)
    if all(one.failed for one in ended):
        raise RequestFailed(message)
    return RunAnswer(results=tuple(one.result for one in ended if one.result is not None), message=message)


async def _ended(ls: "PieServer", jobs: Sequence[Job], token: Token | None) -> list[_Ended]:
    task = asyncio.current_task()
    if token is not None and task is not None:
        ls.waiting[token] = task
    try:
        # Waiting leaves the tasks alone when it is cancelled, and gathering would cancel them.
        await asyncio.wait([job.task for job in jobs if job.task is not None])
        return [await _end_of(ls, job) for job in jobs]
    finally:
        if token is not None:
            ls.waiting.pop(token, None)


async def _end_of(ls: "PieServer", job: Job) -> _Ended:
    assert job.task is not None
    if job.task.cancelled():
        return _Ended(wording.stopped(_name(job)), failed=True)
    outcome: Outcome = job.task.result()
    result = ls.results.find(outcome.result) if outcome.result is not None else None
    if result is not None:
        return _Ended(await ending(ls, result), result.id)
    return _Ended(outcome.message or wording.stopped(_name(job)), failed=outcome.failed)


async def _stop(ls: "PieServer", jobs: Sequence[Job]) -> None:
    """Stop the jobs, and return when they have ended."""
    tasks = [job.task for job in jobs if job.task is not None]
    for job in jobs:
        ls.jobs.cancel(job.id)
    if tasks:
        await asyncio.wait(tasks)


def _name(job: Job) -> str:
    return job.function.name if job.function is not None else job.request.path.name
