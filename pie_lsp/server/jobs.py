"""The table of jobs: one at a time, each key once, every one cancellable by one call.

A job is a task that is detached from the request that started it. This module knows neither LSP nor
how a job is done.
"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

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
    edited       of what a person made of the text, where that is to be verified; else empty
    """

    document: str
    function: str
    fingerprint: str
    tokens: str
    settings: Settings
    edited: str = ""


class Display(Protocol):
    """Where the progress of a job is shown."""

    def report(self, progress: Progress, best: float | None) -> None:
        """A step was done; `best` is the largest speedup so far."""

    def end(self, message: str) -> None:
        """The job is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a job ended that was not cancelled.

    result   id of what is kept of it; None where nothing is
    message  the sentence for the person; None where the result says it
    failed   the job did not come to its end
    """

    result: str | None = None
    message: str | None = None
    failed: bool = False


@dataclass(slots=True, kw_only=True)
class Job:
    """One job while it waits or runs.

    id        also the progress token
    function  which one is optimized; None where the whole file is profiled
    uri       of the file, as the client spells it
    progress  the latest step, None while it waits for its turn
    best      the largest speedup of a candidate that survived so far
    displays  where its progress is shown; a display of its own where there is none when it begins
    requests  how many requests wait for it, which tell the person how it ended
    """

    id: str
    uri: str
    key: JobKey
    request: OptimizeRequest
    function: FunctionRef | None
    progress: Progress | None = None
    best: float | None = None
    displays: list[Display] = field(default_factory=list, repr=False)
    requests: int = 0
    task: "asyncio.Task[Outcome] | None" = field(default=None, repr=False)

    @property
    def stage(self) -> str:
        """What it is doing now, for people: "measuring 3/8, best 3.40x", "waiting"."""
        return "waiting" if self.progress is None else words(self.progress, self.best)


class JobTable:
    """Starts jobs and stops them. `work` does one job; it must end within a second of its cancellation."""

    def __init__(self, work: Callable[[Job], Awaitable[Outcome]]) -> None:
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
            if _replaces(key, job.key) and not _overload(job, function):
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

    async def _run(self, job: Job) -> Outcome:
        async with self._turn:
            return await self._work(job)


def words(progress: Progress, best: float | None) -> str:
    """A step for people: "testing 3/8, best 3.40x"."""
    so_far = f", best {best:.2f}x" if best is not None else ""
    return f"{progress.stage} {progress.done}/{progress.total}{so_far}"


def _replaces(key: JobKey, other: JobKey) -> bool:
    """Whether both are about one function, and both or neither about what a person made of it."""
    same = (key.document, key.function) == (other.document, other.function)
    return same and bool(key.edited) == bool(other.edited)


def _stop(task: "asyncio.Task[Outcome]") -> bool:
    """Cancel once: a second cancellation would interrupt the killing of the children."""
    return bool(task.cancelling()) or task.cancel()


def _overload(job: Job, function: FunctionRef | None) -> bool:
    """Whether the two are different functions of one name, as far as bytes and lines can tell."""
    if job.function is None or function is None:
        return False
    return job.function.fingerprint != function.fingerprint and job.function.line != function.line
