"""A second backend confirms what the first screened: the estimate of another machine, and gem5 itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pie_lsp.engine import workbench
from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.confirm import NOT_CONFIRMED, NOT_STARTED, OUT_OF_TIME
from pie_lsp.engine.heat import BEATEN, BEHIND, NO_ALLOWANCE
from pie_lsp.measure.contract import Backend, KilledRunError
from pie_lsp.measure.registry import choose_backend
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.report import OptimizeReport, Stage
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary

from .replacing import Replacing, report_on
from .test_clock import RARELY, SAVES_SYSTEM_TIME, SOME_WORK

PROGRAM = b"""\
#include <cstdio>

static unsigned work(unsigned n, unsigned zero) {
    bool one = false, two = false, seven = false;
    unsigned s = 0, rounds = one ? 1 : two ? 2 : seven ? 7 : 8;
    for (unsigned r = 0; r < rounds; ++r) {
        s = s * zero + (n & 16);
        for (unsigned i = 0; i < n; ++i) s = (s >> 1) ^ (i * s + 3);
    }
    return s;
}

int main() {
    unsigned n = 0, zero = 0;
    if (scanf("%u %u", &n, &zero) != 2) return 1;
    printf("%u\\n", work(n, zero));
    return 0;
}
"""
ONE, TWO, SEVEN = (
    Replacing(name.decode(), name + b" = false", name + b" = true", "work")
    for name in (b"one", b"two", b"seven")
)
TESTS = (b"3000 0\n", b"40 0\n", b"20000 0\n")

Confirming = Callable[[Settings, Sandbox, Path], Callable[[], Awaitable[Backend]] | None]


def machine_called(
    name: str, settings: Settings, sandbox: Sandbox, scratch: Path
) -> Callable[[], Awaitable[Backend]]:
    """The estimate of another machine, which stands in for a simulator."""

    async def start() -> Backend:
        return await choose_backend("estimate", name, settings.link, sandbox, scratch, settings.limits)

    return start


def other_machine(settings: Settings, sandbox: Sandbox, scratch: Path) -> Callable[[], Awaitable[Backend]]:
    """That of PIE, where the default is what PIE meant."""
    return machine_called("skylake-pie", settings, sandbox, scratch)


@pytest.fixture
def confirmed_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Confirming], None]:
    return lambda confirming: monkeypatch.setattr(workbench, "confirming_backend", confirming)


async def test_the_best_is_confirmed_and_says_by_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    alone = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch)
    confirmed_by(other_machine)
    report = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch)
    (screened,), (best,) = alone.suggestions, report.suggestions
    assert screened.origin is None and best.origin is not None and best.screened is not None
    assert (best.origin.backend, best.origin.model.split("/")[0]) == ("estimate", "skylake-pie")
    assert report.baseline is not None and report.baseline.model.startswith("skylake-verbatim/")
    assert best.screened == screened.comparison
    assert best.comparison.old != screened.comparison.old
    assert best.origin.layouts and best.layouts is not None
    assert best.layouts.figures[0].speedup == best.comparison.speedup
    assert f"{best.comparison.speedup:.2f}x faster [" in best.headline
    assert best.origin.phrase in best.headline
    assert f"It was screened as {screened.comparison.speedup:.2f}x faster in estimated" in best.notes[-1]
    assert len(report.advice) == len(alone.advice)


async def test_others_stop_where_they_cannot_be_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    confirmed_by(other_machine)
    report = await report_on(PROGRAM, [TWO, ONE], TESTS, tmp_path, monkeypatch)
    first, second = report.suggestions
    assert (first.title, second.title) == ("Make it one", "Make it two")
    assert first.origin is not None and second.origin is None
    assert BEHIND in second.notes
    assert "skylake" not in second.headline.lower() or first.origin.phrase not in second.headline


async def test_by_a_model_without_doubt_the_race_itself_stops_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    monkeypatch.setattr("pie_lsp.engine.heat.DOUBTS", 1000)
    confirmed_by(other_machine)
    report = await report_on(PROGRAM, [TWO, ONE], TESTS, tmp_path, monkeypatch)
    assert [BEATEN in one.notes for one in report.suggestions] == [False, True]


async def test_what_the_simulator_refutes_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    gains = {
        machine: (
            await report_on(
                PROGRAM, [SEVEN], TESTS, tmp_path, monkeypatch, Settings(model=machine, min_speedup=1)
            )
        ).suggestions[0]
        for machine in ("skylake-verbatim", "skylake-pie")
    }
    less, more = sorted(gains, key=lambda machine: gains[machine].comparison.speedup)
    low, high = gains[less].comparison.speedup, gains[more].comparison.speedup
    assert low < high
    settings = Settings(model=more, min_speedup=(low + high) / 2)
    assert (await report_on(PROGRAM, [SEVEN], TESTS, tmp_path, monkeypatch, settings)).suggestions
    confirmed_by(lambda settings, sandbox, scratch: machine_called(less, settings, sandbox, scratch))
    report = await report_on(PROGRAM, [SEVEN], TESTS, tmp_path, monkeypatch, settings)
    assert report.suggestions == ()
    (rejected,) = report.rejected
    assert rejected.rejection.stage is Stage.SLOWER
    assert rejected.rejection.reason.startswith(f"It is {high:.2f}x faster in estimated Skylake cycles")
    assert ", but in estimated Skylake cycles" in rejected.rejection.reason
    assert report.advice[-1] == "No faster equivalent found: 1 not faster by enough."


async def test_tests_that_would_take_too_long_are_left_to_the_estimate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    confirmed_by(_never)
    monkeypatch.setattr("pie_lsp.engine.allowance.CYCLES_PER_SECOND", 1000)
    report = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch)
    (suggestion,) = report.suggestions
    assert suggestion.origin is None
    (sentence,) = (line for line in report.advice if line.startswith("The simulator was not asked"))
    assert "minutes" in sentence and "times as large" in sentence


async def test_layouts_that_would_take_too_long_stay_those_of_the_estimate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    confirmed_by(other_machine)
    alone = (await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch)).suggestions[0]
    assert alone.screened is not None
    cycles = sum(cost.amount for cost in (*alone.screened.old, *alone.screened.new))
    settings = Settings(budget_seconds=200.0)
    monkeypatch.setattr("pie_lsp.engine.allowance.CYCLES_PER_SECOND", cycles / 50)
    report = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch, settings)
    (suggestion,) = report.suggestions
    assert suggestion.origin is not None and not suggestion.origin.layouts
    assert f"{suggestion.origin.phrase} (estimated [" in suggestion.headline
    assert suggestion.layouts is not None
    assert suggestion.layouts.figures[0].speedup == suggestion.screened.speedup  # type: ignore[union-attr]


def _never(settings: Settings, sandbox: Sandbox, scratch: Path) -> Callable[[], Awaitable[Backend]]:
    async def start() -> Backend:
        raise AssertionError("it is not to be started")

    return start


def _broken(settings: Settings, sandbox: Sandbox, scratch: Path) -> Callable[[], Awaitable[Backend]]:
    async def start() -> Backend:
        raise MeasurementError("gem5 fell over.")

    return start


async def test_a_simulator_that_fails_leaves_the_estimate_and_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    cache = open_cache()
    confirmed_by(_broken)
    for _ in range(2):
        report = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch, cache=cache)
        assert f"{NOT_STARTED}: gem5 fell over." in report.advice
        assert [one.origin for one in report.suggestions] == [None]
        assert not report.cached
    confirmed_by(other_machine)
    report = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch, cache=cache)
    again = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch, cache=cache)
    assert again.cached and again.suggestions[0].comparison == report.suggestions[0].comparison
    assert again.suggestions[0].origin == report.suggestions[0].origin


async def test_where_the_budget_ends_first_the_estimate_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    async def late() -> Backend:
        raise TimeoutError

    confirmed_by(lambda settings, sandbox, scratch: late)
    report = await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch)
    assert OUT_OF_TIME in report.advice
    assert [one.origin for one in report.suggestions] == [None]


@dataclass
class Spoiled:
    """A backend that keeps to another, but for the programs that are asked for after the `good` ones."""

    inner: Backend
    spoil: Callable[[Cost], Cost]
    good: int
    seen: list[str] = field(default_factory=list)

    is_clock, link, expected_error = False, None, None

    def __post_init__(self) -> None:
        self.name, self.model = "spoiled", "spoiled/1"
        self.unit, self.phrase = self.inner.unit, "spoiled cycles"

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        cost = await self.inner.measure(binary, test)
        if binary.digest not in self.seen:
            self.seen.append(binary.digest)
        return cost if self.seen.index(binary.digest) < self.good else self.spoil(cost)

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        return await self.inner.baseline(old, floor, tests)

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        return await self.inner.compare(baseline, old, new, tests)


def spoiled(spoil: Callable[[Cost], Cost], good: int) -> Confirming:
    """`good` programs are measured as they are, the original first, and what comes then is spoiled."""

    def confirming(settings: Settings, sandbox: Sandbox, scratch: Path) -> Callable[[], Awaitable[Backend]]:
        async def start() -> Backend:
            return Spoiled(await other_machine(settings, sandbox, scratch)(), spoil, good)

        return start

    return confirming


def unmeasured(cost: Cost) -> Cost:
    raise MeasurementError("it starts threads.")


def killed(cost: Cost) -> Cost:
    raise KilledRunError("it was killed.")


def late(cost: Cost) -> Cost:
    raise TimeoutError


def useless(cost: Cost) -> Cost:
    return replace(cost, amount=cost.amount * 100)


async def test_what_it_cannot_measure_is_not_offered_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    monkeypatch.setattr("pie_lsp.engine.heat.DOUBTS", 1000)
    confirmed_by(spoiled(unmeasured, good=2))
    report = await report_on(PROGRAM, [TWO, ONE], TESTS, tmp_path, monkeypatch)
    (best,), spoilt = report.suggestions, report.rejected[-1]
    assert best.title == "Make it one" and best.origin is not None
    assert (spoilt.title, spoilt.rejection.stage) == ("Make it two", Stage.MEASURE)
    assert spoilt.rejection.reason == "it starts threads."


@pytest.mark.parametrize(
    ("spoil", "sentence"), [(killed, f"{NOT_CONFIRMED}: it was killed."), (late, OUT_OF_TIME)]
)
async def test_what_it_said_stands_where_it_then_fails(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    confirmed_by: Callable[[Confirming], None],
    spoil: Callable[[Cost], Cost],
    sentence: str,
) -> None:
    monkeypatch.setattr("pie_lsp.engine.heat.DOUBTS", 1000)
    confirmed_by(spoiled(spoil, good=2))
    report = await report_on(PROGRAM, [TWO, ONE], TESTS, tmp_path, monkeypatch)
    assert sentence in report.advice
    confirmed, other = report.suggestions
    assert (confirmed.title, confirmed.origin is not None) == ("Make it one", True)
    assert (other.title, other.origin) == ("Make it two", None)


async def test_what_it_refuted_is_refuted_where_it_then_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    monkeypatch.setattr("pie_lsp.engine.heat.DOUBTS", 1000)

    def first_useless_then_killed(cost: Cost) -> Cost:
        spoilt.append(cost)
        return killed(cost) if len(spoilt) > len(TESTS) else useless(cost)

    spoilt: list[Cost] = []
    confirmed_by(spoiled(first_useless_then_killed, good=1))
    report = await report_on(PROGRAM, [TWO, ONE], TESTS, tmp_path, monkeypatch)
    assert [one.title for one in report.suggestions] == ["Make it two"]
    refuted = report.rejected[-1]
    assert (refuted.title, refuted.rejection.stage) == ("Make it one", Stage.SLOWER)
    assert refuted.rejection.reason.endswith("It costs no less than the original.")


async def test_no_more_is_simulated_than_the_budget_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    confirmed_by(other_machine)
    alone = (await report_on(PROGRAM, [ONE], TESTS, tmp_path, monkeypatch)).suggestions[0].screened
    assert alone is not None
    monkeypatch.setattr("pie_lsp.engine.heat.DOUBTS", 1000)
    cycles = sum(cost.amount for cost in (*alone.old, *alone.new))
    monkeypatch.setattr("pie_lsp.engine.allowance.CYCLES_PER_SECOND", cycles // 90)
    settings = Settings(budget_seconds=200.0)
    report = await report_on(PROGRAM, [TWO, ONE], TESTS, tmp_path, monkeypatch, settings)
    first, second = report.suggestions
    assert (first.origin is not None, second.origin) == (True, None)
    assert NO_ALLOWANCE in second.notes


async def test_where_system_calls_fall_the_clock_has_the_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, confirmed_by: Callable[[Confirming], None]
) -> None:
    source = SAVES_SYSTEM_TIME.replace(b"works(n)", b"works(often ? 2 * n : n)")
    confirmed_by(spoiled(useless, good=1))
    report = await report_on(source, [RARELY], [SOME_WORK], tmp_path, monkeypatch)
    # On a busy machine the clock may say that it is not certain; what counts is that it was asked.
    for suggestion in report.suggestions:
        assert suggestion.system_time and suggestion.native is not None
        assert "less processor time on this machine (system time" in suggestion.headline
    stages = [rejected.rejection.stage for rejected in report.rejected]
    assert (len(report.suggestions), stages) in [(1, []), (0, [Stage.NATIVE])]


async def test_with_the_real_gem5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, real_gem5: Path) -> None:
    settings = Settings(gem5=str(real_gem5))
    reports: list[OptimizeReport] = []
    for _ in range(2):
        reports.append(await report_on(PROGRAM, [ONE, TWO], TESTS[:2], tmp_path, monkeypatch, settings))
    best, other = reports[0].suggestions
    assert best.origin is not None and best.origin.backend == "gem5" and best.origin.layouts
    assert "gem5 Skylake cycles" in best.headline
    assert other.origin is None and "estimated Skylake cycles" in other.headline
    assert best.screened is not None
    assert best.comparison.speedup == pytest.approx(best.screened.speedup, rel=0.2)
    assert reports[0].suggestions[0].comparison == reports[1].suggestions[0].comparison
