"""Does one job: finds the share of each function of a file, and has the lenses show it."""

from typing import TYPE_CHECKING

from pie_lsp.server import wording
from pie_lsp.server.attempt import attempt
from pie_lsp.server.jobs import Job, Outcome
from pie_lsp.server.profiles import KnownProfile

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer


async def profile_file(ls: "PieServer", job: Job) -> Outcome:
    """Run `job` to its end, and keep what it found for as long as the program stays what it was."""
    file = job.request.path.name
    evidence = await ls.evidence(job.request)
    report = await attempt(
        ls,
        job,
        title=wording.profiling(file),
        subject=file,
        defect="profiled",
        work=lambda listener: ls.profile(job.request, listener),
        ending=wording.profiled,
    )
    if isinstance(report, Outcome):
        return report
    known = KnownProfile(document=job.key.document, request=job.request, report=report, evidence=evidence)
    ls.profiles.add(known)
    return Outcome(message=wording.profiled(report))
