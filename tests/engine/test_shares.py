"""The most expensive function is worked on first, and suggestions say what became of its share."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.gather import Draft, gather
from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.original import Original
from pie_lsp.engine.shares import CUT_OFF, Shares
from pie_lsp.engine.subject import read_subject
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.report import OptimizeReport, Suggestion
from pie_lsp.values.settings import Settings
from pie_lsp.values.span import Span
from pie_lsp.values.toolchain import BuildMode

from .conftest import Project
from .recording import recorded
from .test_optimize import Clock

PROGRAM = b"""\
#include <cstdio>
static int cheap(int n) { return n % 10; }
static int middle(int n) {
    int sum = 0;
    for (int i = 0; i < n / 100; i++) sum += i * i % 7;
    return sum;
}
static int dear(int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) sum += i * i % 7;
    return sum;
}
int main() {
    int n = 0;
    if (std::scanf("%d", &n) == 1) std::printf("%d\\n", cheap(n) + middle(n) + dear(n));
}
"""
BY_COST = ["dear", "middle", "cheap"]


@dataclass(frozen=True)
class Spoiling:
    """A proposer whose candidates do not compile, so that only their order is seen."""

    id: str = "spoil"
    version: str = "1"

    def prepare(self, context: ProposeContext) -> bool:
        return context.function.ref.name != "main"

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        ref = context.function.ref
        at = ref.body.start + 1
        edit = Edit(Span(at, at), b" undeclared();")
        yield Candidate(ref, "Spoil", "For a test.", (edit,), Provenance(self.id, self.version))


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Three functions, the most expensive one last, and a candidate for each."""
    path = tmp_path / "three.cpp"
    path.write_bytes(PROGRAM)
    project = Project(path)
    project.add_test("1", b"20000\n")
    monkeypatch.setattr(registry, "proposers", lambda: (Spoiling(),))
    return project


async def order(project: Project, name: str | None = None, settings: Settings | None = None) -> list[str]:
    report = await optimize(project.request(name, settings), lambda event: None)
    return [rejected.function for rejected in report.rejected]


async def test_without_a_selector_the_largest_share_comes_first(three: Project) -> None:
    assert await order(three) == BY_COST


async def test_the_time_spent_on_order_is_spent_only_where_there_is_one(three: Project) -> None:
    with recorded() as recording:
        assert await order(three, "cheap") == ["cheap"]
    assert BuildMode.ATTRIBUTED not in {build.mode for build in recording.builds}


async def test_what_cannot_be_profiled_is_worked_on_in_the_order_of_the_file(three: Project) -> None:
    three.path.write_bytes(b'#line 1 "other.cpp"\n' + PROGRAM)
    assert await order(three) == ["cheap", "middle", "dear"]


async def test_a_build_for_attribution_that_fails_does_not_fail_the_job(
    three: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*_: object) -> None:
        raise MeasurementError("It cannot be built for attribution.")

    monkeypatch.setattr("pie_lsp.engine.shares.build_apart", failing)
    assert await order(three) == ["cheap", "middle", "dear"]


async def drafts_and_shares(project: Project, settings: Settings) -> tuple[bool, tuple[Draft, ...]]:
    subject = read_subject(project.request(None, settings))
    drafts = (await gather(subject)).drafts
    async with open_workbench(settings, project.path, expected_builds=2) as bench:
        original = Original(subject, bench)
        shares = Shares(subject, bench, original)
        try:
            worth = shares.worth_ordering(drafts)
            return worth, await shares.ordered(drafts, 0.0)
        finally:
            await shares.close()
            await original.close()


async def test_a_clock_gives_no_order(three: Project) -> None:
    worth, drafts = await drafts_and_shares(three, Settings(backend="native"))
    assert not worth and [draft.candidate.function.name for draft in drafts] == ["cheap", "middle", "dear"]


async def test_an_order_that_comes_too_late_is_that_of_the_file(three: Project) -> None:
    worth, drafts = await drafts_and_shares(three, Settings())
    assert worth and [draft.candidate.function.name for draft in drafts] == ["cheap", "middle", "dear"]


async def test_a_suggestion_says_the_share_before_and_after(project: Project) -> None:
    report = await optimize(project.request("repeat"), lambda event: None)
    best = report.suggestions[0]
    assert best.function.name == "repeat"
    assert best.share_before is not None and best.share_after is not None
    assert best.share_before > 0.7
    assert best.share_after < best.share_before / 2
    # What the share lost is what the program gained: the rest of it costs what it did.
    rest_before, rest_after = 1 - best.share_before, 1 - best.share_after
    assert rest_after / rest_before == pytest.approx(best.comparison.speedup, rel=0.1)


async def test_a_function_that_cannot_be_profiled_has_no_share_and_is_offered(project: Project) -> None:
    source = project.path.read_bytes()
    project.path.write_bytes(source.replace(b"// Joins", b'#line 4 "other.cpp"\n// Joins'))
    best = (await optimize(project.request("repeat"), lambda event: None)).suggestions[0]
    assert (best.share_before, best.share_after) == (None, None)


def without_clock(report: OptimizeReport) -> list[Suggestion]:
    """The clock of this machine says something else in every run."""
    return [replace(one, native=None) for one in report.suggestions]


async def test_shares_that_the_budget_cuts_off_are_told_and_looked_for_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock = Clock()
    monkeypatch.setattr("pie_lsp.engine.optimize.time", clock)

    def listen(event: Event) -> None:
        if isinstance(event, Progress) and event.stage.startswith("measuring the shares"):
            clock.passed = 1000.0

    async def run(listener: object) -> OptimizeReport:
        return await optimize(project.request("repeat"), listener, cache)  # type: ignore[arg-type]

    with open_cache(tmp_path / "cache") as cache:
        cut = await run(listen)
        assert cut.suggestions and cut.suggestions[0].share_before is None
        assert CUT_OFF in cut.advice
        clock.passed = 0.0
        whole = await run(lambda event: None)
        assert not whole.cached and whole.suggestions[0].share_before is not None
        assert CUT_OFF not in whole.advice
        again = await run(lambda event: None)
        assert again.cached and without_clock(again) == without_clock(whole)
    unknown = [replace(one, share_before=None, share_after=None) for one in without_clock(whole)]
    assert unknown == without_clock(cut)
