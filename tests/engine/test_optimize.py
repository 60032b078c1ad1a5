"""The whole use case on a real program, with the real compiler, sandbox and simulator."""

import asyncio
import dataclasses
import os
import time
from pathlib import Path

import pytest

from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
from pie_lsp.engine.optimize import CHANGED_MEANWHILE, NO_FUNCTIONS, optimize
from pie_lsp.values.errors import InputError
from pie_lsp.values.events import CandidateJudged, Event, Progress
from pie_lsp.values.report import OptimizeReport, Stage
from pie_lsp.values.settings import RunLimits, Settings

from .conftest import Project


def ignore(event: Event) -> None:
    """Nobody listens."""


async def run(request: OptimizeRequest) -> OptimizeReport:
    return await optimize(request, ignore)


async def test_offers_a_verified_measured_rewrite(project: Project) -> None:
    events: list[Event] = []
    report = await optimize(project.request("repeat"), events.append)
    best = report.suggestions[0]
    assert b"out += word;" in best.new_source
    assert b"out = out + word;" not in best.new_text
    assert best.new_text.startswith(b"static std::string repeat")
    assert (best.tests_passed, best.tests_total) == (3, 3)
    assert best.comparison.speedup >= 1.5
    assert report.baseline is not None and report.baseline.unit == "cycles"
    assert [cost.amount for cost in best.comparison.old] == [cost.amount for cost in report.baseline.costs]
    assert f"{best.comparison.speedup:.2f}x faster" in best.headline and "3 tests" in best.headline
    assert best.layouts is not None and len(best.layouts.figures) == 4 and best.layouts.low >= 1.5
    assert best.native is not None
    assert best.edit.span.start >= best.function.span.start
    judged = [event for event in events if isinstance(event, CandidateJudged)]
    assert any(event.speedup is not None for event in judged)
    steps = [event.done for event in events if isinstance(event, Progress)]
    assert steps == sorted(steps) and events


def deterministic(report: OptimizeReport) -> OptimizeReport:
    """A report without what clocks say."""
    suggestions = tuple(dataclasses.replace(it, native=None) for it in report.suggestions)
    return dataclasses.replace(report, suggestions=suggestions, seconds=0)


async def test_two_runs_agree_bit_for_bit(project: Project) -> None:
    first = await run(project.request("repeat"))
    second = await run(project.request("repeat"))
    assert deterministic(first) == deterministic(second)
    assert first.suggestions


async def test_without_a_test_nothing_is_offered_and_the_way_out_is_told(empty_project: Project) -> None:
    report = await run(empty_project.request("repeat"))
    assert report.suggestions == ()
    (advice,) = report.advice
    assert advice.startswith("Nothing is offered without a test. ") and "repeat.tests/1.in" in advice


async def test_a_file_without_functions_is_told_so(project: Project) -> None:
    project.path.write_bytes(b"int number;\n")
    report = await run(project.request())
    assert report.advice == (NO_FUNCTIONS,)


async def test_a_test_that_the_original_fails_is_left_out_by_name(project: Project) -> None:
    project.add_test("3", b"ab 3\n", b"wrong\n")
    report = await run(project.request("repeat"))
    assert [left.name for left in report.tests.left_out if "3" in left.name]
    assert report.suggestions[0].tests_total == 3


async def test_only_failing_tests_means_no_suggestion(empty_project: Project) -> None:
    empty_project.add_test("1", b"ab 3\n", b"wrong\n")
    report = await run(empty_project.request("repeat"))
    assert report.suggestions == () and report.tests.left_out
    assert "expected output" in report.advice[0]


async def test_a_program_that_does_not_compile_is_an_input_error(project: Project) -> None:
    project.path.write_bytes(project.path.read_bytes().replace(b"int n = 0;", b"int n = nothing;"))
    with pytest.raises(
        InputError, match=r"^repeat\.cpp cannot be built with -std=c\+\+17 -O3\. It does not compile: "
    ):
        await run(project.request("repeat"))


@pytest.mark.parametrize(
    "source", [b"int main() { return 0\n", b"int f() { return 1; }\nint main() { f() }\n"]
)
async def test_a_syntax_error_is_told_also_where_no_rule_applies(project: Project, source: bytes) -> None:
    project.path.write_bytes(source)
    with pytest.raises(InputError, match=r"It does not compile: .*expected"):
        await run(project.request())


async def test_an_unknown_function_is_an_input_error_that_lists_the_known_ones(project: Project) -> None:
    with pytest.raises(InputError, match="repeat@5"):
        await run(project.request("no_such"))


async def test_an_undefined_original_is_reported_and_not_optimized(project: Project) -> None:
    source = project.path.read_bytes().replace(
        b"unsigned sum = 0;", b"int sum = 2147483647; sum += (int)all.size() * 0 + 1;"
    )
    project.path.write_bytes(source)
    for name in ("1", "2"):
        (project.tests / f"{name}.out").unlink()
    report = await run(project.request("repeat"))
    assert report.suggestions == ()
    assert any("undefined" in advice for advice in report.advice)


async def test_a_run_that_stops_at_its_budget_says_so(project: Project) -> None:
    report = await run(project.request("repeat", Settings(budget_seconds=0.0)))
    assert report.suggestions == ()
    assert {r.rejection.stage for r in report.rejected} == {Stage.UNVERIFIED}
    assert "time budget" in report.rejected[0].rejection.reason


async def test_a_second_run_reads_the_cache_until_the_evidence_changes(
    project: Project, tmp_path: Path
) -> None:
    with open_cache(tmp_path / "cache") as cache:
        first = await optimize(project.request("repeat"), ignore, cache)
        again = await optimize(project.request("repeat"), ignore, cache)
        assert not first.cached and again.cached
        assert deterministic(again).suggestions == deterministic(first).suggestions
        project.add_test("4", b"q 7\n")
        renewed = await optimize(project.request("repeat"), ignore, cache)
        assert not renewed.cached and renewed.suggestions[0].tests_total == 4


async def test_cancelling_leaves_no_process_behind(project: Project) -> None:
    before = children()
    started = asyncio.Event()
    task = asyncio.create_task(optimize(project.request(None), lambda event: started.set()))
    await asyncio.wait_for(started.wait(), 60)
    # Processes raise no event that could be awaited.
    while children() == before and not task.done():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    assert children() != before
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 10)
    assert children() == before


def children() -> set[int]:
    """Living descendants of this process."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found: set[int] = set()
    grown = True
    while grown:
        grown = False
        for process, parent in parents.items():
            if process not in found and (parent == os.getpid() or parent in found):
                found.add(process)
                grown = True
    return found


async def test_the_clock_backend_says_on_this_machine(project: Project) -> None:
    (project.tests / "big.in").write_bytes(b"abcdefghabcdefgh 12000\n")
    settings = Settings(backend="native", limits=RunLimits(cpu_seconds=20))
    report = await run(project.request("repeat", settings))
    assert report.baseline is not None and report.baseline.unit == "nanoseconds"
    for suggestion in report.suggestions:
        assert "on this machine" in suggestion.headline
        interval, control = suggestion.comparison.interval, suggestion.comparison.control
        assert interval is not None and control is not None
        assert interval.low > max(1.10, control.high)
        assert suggestion.layouts is None and suggestion.native is None


async def test_a_line_selects_one_of_two_functions_of_a_name(project: Project) -> None:
    source = project.path.read_bytes() + b"static int repeat(int a) { return a; }\n"
    project.path.write_bytes(source)
    line = source[: source.index(b"repeat(int a)")].count(b"\n") + 1
    request = dataclasses.replace(project.request(), selector=FunctionSelector("repeat", line))
    report = await run(request)
    assert [function.line for function in report.functions] == [line]


async def test_a_header_that_changes_meanwhile_takes_the_offer_back(project: Project, tmp_path: Path) -> None:
    header = project.path.parent / "own.h"
    header.write_bytes(b"inline int one() { return 1; }\n")
    project.path.write_bytes(b'#include "own.h"\n' + project.path.read_bytes())

    def edit(event: Event) -> None:
        header.write_bytes(b"inline int one() { return 2; }\n")

    with open_cache(tmp_path / "cache") as cache:
        report = await optimize(project.request("repeat"), edit, cache)
        assert report.suggestions == () and report.advice == (CHANGED_MEANWHILE,)
        assert cache.entries() == 0


async def test_a_test_that_ends_by_a_signal_is_compared_and_the_others_are_measured(project: Project) -> None:
    source = project.path.read_bytes().replace(
        b"    std::string all", b"    if (n < 0) __builtin_abort();\n    std::string all"
    )
    project.path.write_bytes(source)
    project.add_test("negative", b"ab -1\n")
    report = await run(project.request("repeat"))
    best = report.suggestions[0]
    assert (best.tests_passed, best.tests_total) == (4, 4)
    assert len(best.comparison.new) == len(report.tests.cases) == 3
    assert [left.name for left in report.tests.left_out] == ["negative"]


class Clock:
    """Time as the engine sees it, which a test can let pass."""

    def __init__(self) -> None:
        self.passed = 0.0

    def monotonic(self) -> float:
        return time.monotonic() + self.passed


async def test_a_budget_that_ends_while_candidates_are_judged_is_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("pie_lsp.engine.optimize.time", clock)

    def listen(event: Event) -> None:
        if isinstance(event, Progress) and event.stage == "testing candidates":
            clock.passed = 1000.0

    report = await optimize(project.request("repeat"), listen)
    assert report.suggestions == () and len(report.tests.cases) == 3
    assert {r.rejection.stage for r in report.rejected} == {Stage.UNVERIFIED}


async def test_an_original_that_cannot_be_an_oracle_is_not_optimized_though_a_rewrite_is_clean(
    project: Project,
) -> None:
    """Sanitizers do not see a variable without a value, and the optimizer makes both programs agree."""
    source = project.path.read_bytes().replace(
        b"    return 0;",
        b'    int unset;\n    if (n > 2) unset = n;\n    std::cout << unset << "\\n";\n    return 0;',
    )
    project.path.write_bytes(source)
    for name in ("1", "2"):
        (project.tests / f"{name}.out").unlink()
    report = await run(project.request("repeat"))
    assert report.suggestions == ()
    assert any("never given a value" in advice for advice in report.advice)
    assert any(
        r.rejection.stage is Stage.UNVERIFIED and "never given a value" in r.rejection.reason
        for r in report.rejected
    )
