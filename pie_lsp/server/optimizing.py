"""Does one job: runs the engine on a function, keeps what it found, and tells the person."""

from dataclasses import replace
from typing import TYPE_CHECKING

from lsprotocol import types

from pie_lsp.server import wording
from pie_lsp.server.attempt import attempt
from pie_lsp.server.jobs import Job, Outcome
from pie_lsp.server.profiling import profile_file
from pie_lsp.server.results import Result, Standing
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import OptimizeReport

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer


async def run_job(ls: "PieServer", job: Job) -> Outcome:
    """Run `job` to its end. Cancelling the task is the one way to stop it; the engine kills its children."""
    if job.function is None:
        outcome = await profile_file(ls, job)
    else:
        outcome = await _optimize(ls, job, job.function)
    if outcome.result is not None:
        # The job is over: what follows must neither be cancelled with it nor keep the next one waiting.
        ls.spawn(_announce(ls, outcome.result, tell=not job.requests))
    elif outcome.message is not None and not job.requests:
        kind = types.MessageType.Error if outcome.failed else types.MessageType.Info
        ls.client.show(outcome.message, kind)
    return outcome


async def _optimize(ls: "PieServer", job: Job, function: FunctionRef) -> Outcome:
    report = await attempt(
        ls,
        job,
        title=wording.optimizing(function.name),
        subject=f"'{function.name}'",
        defect="optimized",
        work=lambda listener: ls.optimize(job.request, listener),
        ending=_ending,
    )
    if isinstance(report, Outcome):
        return report
    request = job.request
    if request.edited is not None:
        if not report.suggestions:
            return Outcome(message=wording.edit_fell(function.name, report))
        request = replace(request, edited=None)
        report = ls.results.with_older(job.key.document, function, request, report)
    gone = tuple(ls.results.older(job.key.document, function))
    result = ls.results.add(job.key.document, function, request, report)
    ls.results_changed(gone=gone)
    return Outcome(result=result.id)


def _ending(report: OptimizeReport) -> str:
    return wording.found(report.suggestions) if report.suggestions else "nothing faster found"


async def _announce(ls: "PieServer", result_id: str, *, tell: bool) -> None:
    result = ls.results.find(result_id)
    if result is not None:
        await ls.publisher.publish(result.document)
        if tell:
            ls.client.show(await ending(ls, result))


async def ending(ls: "PieServer", result: Result) -> str:
    """What is said when a result is there."""
    document = ls.session.documents.get(result.document)
    stale = document is not None and await ls.standing(result, document) is Standing.STALE
    return wording.finished(result.function.name, result.report, stale=stale)
