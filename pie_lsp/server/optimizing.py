"""Does one job: runs the engine on a function, and publishes what it found."""

from typing import TYPE_CHECKING

from pie_lsp.server import wording
from pie_lsp.server.attempt import attempt
from pie_lsp.server.jobs import Job
from pie_lsp.server.profiling import profile_file
from pie_lsp.server.results import Result, Standing
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import OptimizeReport

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer


async def run_job(ls: "PieServer", job: Job) -> None:
    """Run `job` to its end. Cancelling the task is the one way to stop it; the engine kills its children."""
    if job.function is None:
        await profile_file(ls, job)
    else:
        await _optimize(ls, job, job.function)


async def _optimize(ls: "PieServer", job: Job, function: FunctionRef) -> None:
    report = await attempt(
        ls,
        job,
        title=wording.optimizing(function.name),
        subject=f"'{function.name}'",
        defect="optimized",
        work=lambda listener: ls.optimize(job.request, listener),
        ending=_ending,
    )
    if report is not None:
        result = ls.results.add(job.key.document, function, job.request, report)
        # The job is over: what follows must neither be cancelled with it nor keep the next one waiting.
        ls.spawn(_announce(ls, result))


def _ending(report: OptimizeReport) -> str:
    return wording.found(report.suggestions) if report.suggestions else "nothing faster found"


async def _announce(ls: "PieServer", result: Result) -> None:
    await ls.publisher.publish(result.document)
    document = ls.session.documents.get(result.document)
    stale = document is not None and await ls.standing(result, document) is Standing.STALE
    ls.client.show(wording.finished(result.function.name, result.report, stale=stale))
