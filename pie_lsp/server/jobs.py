"""The table of jobs: one at a time, each key once, every one cancellable by one call.

A job is a task that is detached from the request that started it. This module knows neither LSP nor
how a job is done.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.values.events import Progress
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKey:
    """What makes two jobs the same.

    document     key of the file (`pie_lsp.server.uris.same_file_key`)
    function     qualified name; empty for a job on the whole file
    fingerprint  of the function's bytes; empty for the whole file
    tokens       of the whole text outside comments, since a result rests on all of them
    """

    document: str
    function: str
    fingerprint: str
    tokens: str
    settings: Settings


@dataclass(slots=True, kw_only=True)
class Job:
    """One job while it waits or runs.

    id        also the progress token
    function  which one is optimized; None where the whole file is profiled
    uri       of the file, as the client spells it
    progress  the latest step, None while it waits for its turn
    """

    id: str
    uri: str
    key: JobKey
    request: OptimizeRequest
    function: FunctionRef | None
    progress: Progress | None = None
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    @property
    def stage(self) -> str:
        """What it is doing now, for people: "measuring 3/8", "waiting"."""
        if self.progress is None:
            return "waiting"
        return f"{self.progress.stage} {self.progress.done}/{self.progress.total}"


class JobTable:
    """Starts jobs and stops them. `work` does one job; it must end within a second of its cancellation."""

    def __init__(self, work: Callable[[Job], Awaitable[None]]) -> None:
        self._work = work
        self._jobs: dict[str, Job] = {}
        self._numbers = itertools.count(1)
        self._turn = asyncio.Semaphore(1)

    def start(self, *, uri: str, key: JobKey, request: OptimizeRequest, function: FunctionRef | None) -> Job:
        """The job for `key`: the one that waits or runs already, or a new one.

        A job for an older text of the same function or file is stopped, since its result would be stale.
        """
        for job in list(self._jobs.values()):
            if job.key == key:
                return job
            if (job.key.document, job.key.function) == (key.document, key.function) and not _overload(
                job, function
            ):
                self.cancel(job.id)
        job = Job(id=f"pie-job-{next(self._numbers)}", uri=uri, key=key, request=request, function=function)
        self._jobs[job.id] = job
        job.task = asyncio.get_running_loop().create_task(self._run(job))
        job.task.add_done_callback(lambda _task: self._jobs.pop(job.id, None))
        return job

    def find(self, document: str, function: FunctionRef) -> Job | None:
        """The newest job for a function, whichever version of its text it works on."""
        jobs = [
            j
            for j in self._jobs.values()
            if (j.key.document, j.key.function) == (document, function.qualified_name)
        ]
        return next((job for job in reversed(jobs) if not _overload(job, function)), None)

    def find_profile(self, document: str) -> Job | None:
        """The job that profiles a file."""
        jobs = [job for job in self._jobs.values() if job.key.document == document and job.function is None]
        return jobs[-1] if jobs else None

    def cancel(self, job_id: str | int) -> bool:
        """Ask a job to stop. False where it ended already or never was."""
        job = self._jobs.get(str(job_id))
        return job is not None and job.task is not None and _stop(job.task)

    async def close(self) -> None:
        """Stop every job and wait until all have ended."""
        tasks = [job.task for job in self._jobs.values() if job.task is not None]
        for task in tasks:
            _stop(task)
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, job: Job) -> None:
        async with self._turn:
            await self._work(job)


def _stop(task: "asyncio.Task[None]") -> bool:
    """Cancel once: a second cancellation would interrupt the killing of the children."""
    return bool(task.cancelling()) or task.cancel()


def _overload(job: Job, function: FunctionRef | None) -> bool:
    """Whether the two are different functions of one name, as far as bytes and lines can tell."""
    if job.function is None or function is None:
        return False
    return job.function.fingerprint != function.fingerprint and job.function.line != function.line
