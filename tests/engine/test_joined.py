"""Combinations of real programs are judged like any other candidate: kept if better, stopped if wrong."""

import dataclasses
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pie_lsp.engine.cache import ResultCache, open_cache
from pie_lsp.engine.optimize import optimize
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.values.candidate import Candidate, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import OptimizeReport, Stage
from pie_lsp.values.settings import Settings
from pie_lsp.values.span import Span

from .conftest import Project

PROGRAM = b"""\
#include <cstdio>
#include <thread>

static unsigned work(unsigned n) {
    unsigned s = n;
    for (unsigned i = 0; i < n; ++i) s = s * 31 + (s >> 7);
    return s == 12345 ? 2 : 1;
}

int main() {
    unsigned n = 0;
    if (scanf("%u", &n) != 1) return 1;
    bool first = true, second = true;
    WORK
    return 0;
}
"""
BOTH = b"unsigned a = first ? work(n) : 1, b = second ? work(n + 1) : 1; "
ADDED = BOTH + b'printf("%u %u\\n", a, b);'
MISSED = BOTH + b'printf("%u %u %d\\n", a, b, first || second ? 1 : 2);'
EITHER = b'unsigned a = first && second ? work(n) : 1; printf("%u\\n", a);'


@dataclass(frozen=True)
class SwitchOff:
    """A proposer that leaves out one half of the work."""

    half: bytes
    version: str = "1"

    @property
    def id(self) -> str:
        return self.half.decode()

    def prepare(self, context: ProposeContext) -> bool:
        return context.function.ref.name == "main"

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        start = context.file.data.index(self.half + b" = true") + len(self.half) + 3
        yield Candidate(
            function=context.function.ref,
            title=f"Without the {self.id}",
            explanation="For a test.",
            edits=(Edit(Span(start, start + 4), b"false"),),
            provenance=Provenance(self.id, self.version),
        )


async def report_on(
    work: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings | None = None,
    cache: ResultCache | None = None,
    given: bytes = b"300000\n",
) -> OptimizeReport:
    project = Project(tmp_path / "work.cpp")
    project.path.write_bytes(PROGRAM.replace(b"WORK", work))
    project.add_test("1", given)
    monkeypatch.setattr(registry, "proposers", lambda: (SwitchOff(b"first"), SwitchOff(b"second")))
    return await optimize(project.request("main", settings), lambda event: None, cache)


async def test_a_better_combination_is_offered_with_its_own_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await report_on(ADDED, tmp_path, monkeypatch)
    assert len(report.suggestions) == 3
    joined, *parts = report.suggestions
    assert all(s.layouts is not None and s.layouts.low > 1.4 for s in report.suggestions)
    assert joined.provenance.kind is ProposerKind.COMBINATION
    assert joined.new_source.count(b"= false") == 2
    best = max(part.comparison.speedup for part in parts)
    assert 1.5 < best < 3 < joined.comparison.speedup


async def test_a_combination_that_does_something_else_is_rejected_and_its_parts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await report_on(MISSED, tmp_path, monkeypatch)
    assert {s.provenance.kind for s in report.suggestions} == {ProposerKind.RULE}
    assert len(report.suggestions) == 2
    (rejected,) = report.rejected
    assert rejected.provenance.kind is ProposerKind.COMBINATION
    assert rejected.rejection.stage is Stage.TESTS


async def test_a_combination_that_is_no_faster_is_only_a_larger_diff(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await report_on(EITHER, tmp_path, monkeypatch)
    assert {s.provenance.kind for s in report.suggestions} == {ProposerKind.RULE}
    (rejected,) = report.rejected
    assert rejected.provenance.kind is ProposerKind.COMBINATION
    assert rejected.rejection.stage is Stage.SLOWER


async def test_only_the_best_are_handed_out_also_when_they_come_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_cache(tmp_path / "cache") as cache:
        everything = await report_on(ADDED, tmp_path, monkeypatch, cache=cache)
        best = await report_on(ADDED, tmp_path, monkeypatch, Settings(top=1), cache)
        first = dataclasses.replace(everything.suggestions[0], native=None)
        assert best.cached and [dataclasses.replace(s, native=None) for s in best.suggestions] == [first]
        assert len(everything.suggestions) == 3


async def test_below_the_ratio_that_was_asked_for_nothing_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await report_on(ADDED, tmp_path, monkeypatch, Settings(min_speedup=3.0))
    assert report.suggestions == ()
    assert {r.rejection.stage for r in report.rejected} == {Stage.SLOWER}
    assert all("3.00x is asked for" in r.rejection.reason for r in report.rejected)


async def test_on_tiny_inputs_the_net_figure_is_shown_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await report_on(ADDED, tmp_path, monkeypatch, given=b"3000\n")
    assert (
        report.baseline is not None
        and report.baseline.floor < report.baseline.total < 2 * report.baseline.floor
    )
    best = report.suggestions[0]
    assert best.headline.startswith(f"{best.comparison.speedup_net:.2f}x faster [")
    assert "layouts], on tiny inputs, " in best.headline
    assert best.comparison.speedup < 2 < best.comparison.speedup_net
    assert any("add a larger input" in note for note in best.notes)


async def test_a_program_with_threads_is_timed_on_this_machine_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await report_on(b"std::thread([] {}).join(); " + ADDED, tmp_path, monkeypatch)
    assert report.baseline is not None and report.baseline.backend == "native"
    assert any("starts threads" in said and "this machine" in said for said in report.advice)
