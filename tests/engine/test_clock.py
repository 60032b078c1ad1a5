"""The clock of this machine beside the model, on real programs that work where no model looks."""

import dataclasses
from pathlib import Path

import pytest

from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.clock import FROM_CACHE, NOT_TIMED, TOO_LONG, TOO_SHORT, advice_of, worth_timing
from pie_lsp.engine.judge import Judge
from pie_lsp.engine.original import Original
from pie_lsp.engine.remarks import figure, remarks
from pie_lsp.engine.subject import read_subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.sandbox.contract import Ending, Outcome
from pie_lsp.values.measurement import Comparison, Interval, NativeAdvice
from pie_lsp.values.report import OptimizeReport, Stage
from pie_lsp.values.settings import RunLimits, Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.verify.oracle import Answer

from .conftest import Project
from .replacing import Replacing, report_on
from .test_judge import APPEND, draft

# `asks` has the system clear a mebibyte and take it back: two calls, hardly an instruction, and much time.
PROGRAM = b"""\
#include <cstdio>
#include <sys/mman.h>
#include <unistd.h>

static unsigned works(unsigned n) {
    unsigned s = n;
    for (unsigned i = 0; i < n; ++i) s = s * 31 + (s >> 7);
    return s == 12345 ? 2 : 1;
}

static unsigned asks(int times) {
    const int how = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;
    unsigned refused = 0;
    for (int i = 0; i < times; ++i) {
        void *memory = mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE, how, -1, 0);
        refused += memory == MAP_FAILED;
        munmap(memory, 1 << 20);
    }
    return refused;
}

static unsigned calls(int times) {
    for (int i = 0; i < times; ++i) getppid();
    return 0;
}

int main() {
    unsigned n = 0;
    if (scanf("%u", &n) != 1) return 1;
    bool often = true;
    printf("%u\\n", WORK);
    return 0;
}
"""
RARELY = Replacing("rarely", b"often = true", b"often = false")
SAVES_SYSTEM_TIME = PROGRAM.replace(b"WORK", b"works(n) + asks(often ? 500 : 1)")
SAVES_CALLS_THAT_COST_NOTHING = PROGRAM.replace(b"WORK", b"works(n) + calls(often ? 400 : 1)")
COSTS_SYSTEM_TIME = PROGRAM.replace(b"WORK", b"works(often ? 2 * n : n) + asks(often ? 1 : 1800)")
SOME_WORK, LONG_WORK = b"300000\n", b"12000000\n"


async def optimized(
    source: bytes,
    given: bytes,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings | None = None,
) -> OptimizeReport:
    return await report_on(source, [RARELY], [given], folder, monkeypatch, settings)


async def test_a_gain_in_system_time_is_offered_as_one_that_the_clock_stands_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_cache(tmp_path / "cache") as cache:
        report = await report_on(SAVES_SYSTEM_TIME, [RARELY], [SOME_WORK], tmp_path, monkeypatch, cache=cache)
        assert cache.entries() == 0, "what a clock decided is never kept"
    (suggestion,) = report.suggestions
    calls, native = suggestion.system_calls, suggestion.native
    assert suggestion.system_time and suggestion.layouts is None
    assert calls is not None and calls.old - calls.new == 2 * 499
    assert native is not None and native.speedup is not None and native.interval is not None
    assert suggestion.comparison.speedup < 1.10 < native.interval.low
    assert suggestion.headline == (
        f"{native.speedup:.2f}x less processor time on this machine "
        f"(system time; {calls.old:,} -> {calls.new:,} system calls), 1 test"
    )
    assert figure(suggestion) == suggestion.headline
    assert any("the model charges nothing" in remark for remark in remarks(suggestion))


async def test_what_the_clock_stands_for_has_no_part_in_what_the_model_ranks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = SAVES_SYSTEM_TIME.replace(b"works(n)", b"works(twice ? 2 * n : n)").replace(
        b"    bool often", b"    bool twice = true;\n    bool often"
    )
    once = Replacing("once", b"twice = true", b"twice = false")
    report = await report_on(source, [RARELY, once], [SOME_WORK], tmp_path, monkeypatch)
    assert [(s.provenance.proposer, s.system_time) for s in report.suggestions] == [
        ("once", False),
        ("rarely", True),
    ]
    assert report.rejected == (), "and no combination of the two was tried"


async def test_fewer_system_calls_that_the_clock_does_not_notice_are_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await optimized(SAVES_CALLS_THAT_COST_NOTHING, LONG_WORK, tmp_path, monkeypatch)
    assert report.suggestions == ()
    (rejected,) = report.rejected
    assert rejected.rejection.stage is Stage.NATIVE
    assert "at least 1.10x is asked for. It saves system calls, but: It is " in rejected.rejection.reason
    assert "on this machine, between " in rejected.rejection.reason


async def test_fewer_system_calls_of_what_is_too_short_to_time_are_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await optimized(SAVES_CALLS_THAT_COST_NOTHING, b"90000\n", tmp_path, monkeypatch)
    (rejected,) = report.rejected
    assert rejected.rejection.stage is Stage.NATIVE and "too short to be timed" in rejected.rejection.reason


async def test_what_is_slower_on_this_machine_says_so_and_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_cache(tmp_path / "cache") as cache:
        report = await report_on(COSTS_SYSTEM_TIME, [RARELY], [LONG_WORK], tmp_path, monkeypatch, cache=cache)
        assert cache.entries() == 0, "a clock moved it to the end"
    (suggestion,) = report.suggestions
    native = suggestion.native
    assert suggestion.comparison.speedup > 1.5 and not suggestion.system_time
    assert native is not None and native.slower and native.interval is not None and native.interval.high < 1
    assert "slower on this machine: 0." in figure(suggestion)
    assert "slower" not in suggestion.headline


async def test_a_figure_stands_beside_the_models_and_the_cache_keeps_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PROGRAM.replace(b"WORK", b"works(often ? 2 * n : n)")
    with open_cache(tmp_path / "cache") as cache:
        report, again = [
            await report_on(source, [RARELY], [LONG_WORK], tmp_path, monkeypatch, cache=cache)
            for _ in range(2)
        ]
    assert again.cached
    (timed,), (kept,) = report.suggestions, again.suggestions
    assert timed.native is not None and timed.native.speedup is not None
    assert figure(timed) == f"{timed.headline}; {timed.native.words}"
    assert timed.native.words.startswith("this machine ")
    assert kept.native is not None and (kept.native.words, kept.native.speedup) == (FROM_CACHE, None)
    assert dataclasses.replace(kept, native=timed.native) == timed
    assert any("comes from the cache" in remark for remark in remarks(kept))


async def test_a_clock_without_time_costs_a_winner_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    subject = read_subject(project.request("repeat"))
    async with open_workbench(subject.request.settings, subject.request.path, expected_builds=2) as bench:
        original = Original(subject, bench)
        try:
            judge = Judge(subject, bench, original)
            winner = await judge.judge(draft(subject, APPEND, b"out += word;"))
            assert isinstance(winner, Winner) and winner.native is None
            (cut_off,) = await judge.finish([winner], 0.0)
            monkeypatch.setattr("pie_lsp.engine.clock.LONGEST_ADVICE_SECONDS", 0.0)
            (too_long,) = await judge.finish([winner], 60.0)
        finally:
            await original.close()
    assert cut_off == dataclasses.replace(winner, native=NativeAdvice(NOT_TIMED))
    assert too_long == dataclasses.replace(winner, native=NativeAdvice(TOO_LONG))


async def test_what_is_too_short_to_time_is_said_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = PROGRAM.replace(b"WORK", b"works(often ? 2 * n : n)")
    report = await optimized(source, SOME_WORK, tmp_path, monkeypatch)
    (suggestion,) = report.suggestions
    assert suggestion.native == NativeAdvice(TOO_SHORT)
    assert figure(suggestion) == suggestion.headline
    assert remarks(suggestion) == ("Too short to time on this machine.",)


def written(name: str, seconds: float, ending: Ending = Ending.EXITED) -> Answer:
    return Answer(TestCase(name, name.encode()), Outcome(ending, 0, None, b"", b"", seconds), RunLimits())


def test_only_the_tests_that_take_the_time_are_timed() -> None:
    answers = [written("a", 0.001), written("b", 0.5), written("c", 0.002), written("d", 0.6)]
    assert [answer.test.name for answer in worth_timing(answers)] == ["d", "b"]
    assert [a.test.name for a in worth_timing([written("a", 0.0), written("b", 0.0)])] == ["a"]
    assert worth_timing([written("a", 9.0, Ending.SIGNALED)]) == ()
    assert worth_timing([]) == ()


def test_a_figure_in_words() -> None:
    def words(speedup: float, low: float, high: float) -> str:
        return advice_of(Comparison((), (), speedup, speedup, Interval(low, high))).words

    assert words(2.1, 1.9, 2.3) == "this machine 2.10x [1.90, 2.30]"
    assert words(0.9, 0.8, 1.0) == "this machine 0.90x [0.80, 1.00]"
    assert words(0.8, 0.75, 0.86) == "slower on this machine: 0.80x [0.75, 0.86]"
    with pytest.raises(ValueError, match="interval"):
        advice_of(Comparison((), (), 1.0, 1.0))
