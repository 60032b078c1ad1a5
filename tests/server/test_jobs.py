import asyncio
from dataclasses import replace
from pathlib import Path

from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.server.jobs import Job, JobKey, JobTable, Outcome
from pie_lsp.values.events import Progress
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.settings import Settings
from pie_lsp.values.span import Span

NOWHERE = Span(0, 0)


def function(name: str = "f", fingerprint: str = "1", line: int = 1) -> FunctionRef:
    return FunctionRef(name, name, line, NOWHERE, NOWHERE, NOWHERE, NOWHERE, fingerprint)


def start(table: JobTable, ref: FunctionRef, tokens: str = "t", settings: Settings | None = None) -> Job:
    settings = settings or Settings()
    key = JobKey(
        document="d",
        function=ref.qualified_name,
        fingerprint=ref.fingerprint,
        tokens=tokens,
        settings=settings,
    )
    request = OptimizeRequest(Path("a.cpp"), b"", None, settings)
    return table.start(uri="file:///a.cpp", key=key, request=request, function=ref)


class Work:
    """Jobs that run until they are let go, and say what happened to them."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.running: list[str] = []
        self.ended: list[str] = []
        self.cleanup = asyncio.Event()

    async def __call__(self, job: Job) -> Outcome:
        self.running.append(job.id)
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            await self.cleanup.wait()
            raise
        finally:
            self.ended.append(job.id)
        return Outcome()


async def tick() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_equal_keys_are_one_job() -> None:
    work = Work()
    table = JobTable(work)
    first = start(table, function())
    assert start(table, function()) is first
    assert start(table, function("g")) is not first
    await tick()
    assert work.running == [first.id], "one at a time"
    work.cleanup.set()
    await table.close()


async def test_another_text_or_other_settings_replace_the_job() -> None:
    work = Work()
    work.cleanup.set()
    table = JobTable(work)
    jobs = [start(table, function())]
    await tick()
    jobs.append(start(table, function(), tokens="u"))
    await tick()
    jobs.append(start(table, function(), tokens="u", settings=Settings(jobs=1)))
    await tick()
    assert work.running == [job.id for job in jobs]
    assert table.find("d", function()) is jobs[-1]
    await table.close()
    assert table.find("d", function()) is None


async def test_overloads_are_different_functions() -> None:
    work = Work()
    work.cleanup.set()
    table = JobTable(work)
    one = start(table, function(fingerprint="1", line=1))
    two = start(table, function(fingerprint="2", line=9))
    assert one is not two
    assert table.find("d", function(fingerprint="1", line=1)) is one
    assert table.find("d", function(fingerprint="2", line=9)) is two
    await tick()
    await table.close()
    assert sorted(work.ended) == [one.id]


async def test_cancelling_twice_does_not_interrupt_the_cleaning_up() -> None:
    work = Work()
    table = JobTable(work)
    job = start(table, function())
    await tick()
    assert table.cancel(job.id) and table.cancel(job.id)
    await tick()
    assert work.ended == []
    work.cleanup.set()
    await table.close()
    assert work.ended == [job.id]
    assert not table.cancel(job.id) and not table.cancel("never") and not table.cancel(7)


async def test_a_job_that_never_began_is_forgotten_too() -> None:
    table = JobTable(Work())
    job = start(table, function())
    assert table.cancel(job.id)
    await tick()
    assert table.find("d", function()) is None


async def test_a_failed_job_lets_the_next_one_run() -> None:
    ran = []

    async def work(job: Job) -> Outcome:
        ran.append(job.id)
        raise RuntimeError("broken")

    table = JobTable(work)
    jobs = [start(table, function(name)) for name in "fg"]
    await table.close()
    await tick()
    assert ran in ([], [jobs[0].id])
    again = JobTable(work)
    jobs = [start(again, function(name)) for name in "fg"]
    await asyncio.gather(*(job.task for job in jobs if job.task), return_exceptions=True)
    assert ran[-2:] == [job.id for job in jobs]


async def test_the_stage_is_for_people() -> None:
    table = JobTable(Work())
    job = start(table, function())
    assert job.stage == "waiting"
    job.progress = Progress("measuring", 3, 8)
    assert job.stage == "measuring 3/8"
    await table.close()


async def test_what_a_person_edited_is_a_job_beside_the_function_s_own() -> None:
    table = JobTable(Work())
    plain = start(table, function())
    key, request = replace(plain.key, edited="hash"), plain.request
    copy = table.start(uri=plain.uri, key=key, request=request, function=function())
    assert copy is not plain
    assert plain.task is not None and not plain.task.cancelling()
    later = table.start(uri=plain.uri, key=replace(key, edited="b"), request=request, function=function())
    assert later is not copy and copy.task is not None and copy.task.cancelling()
    await table.close()


async def test_the_stage_tells_the_best_so_far() -> None:
    table = JobTable(Work())
    job = start(table, function())
    job.progress, job.best = Progress("testing", 3, 8), 3.4
    assert job.stage == "testing 3/8, best 3.40x"
    await table.close()
