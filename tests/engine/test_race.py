"""Rewrites are measured on the cheapest test first, and no further than they can still win."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pie_lsp.engine.race import Course, Race, Stopped
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.measure.contract import Backend
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, Link, TranslationUnit

PROGRAM = b"""\
#include <cstdio>
int main() {
    unsigned n = 0, s = 0;
    if (scanf("%u", &n) != 1) return 1;
    for (unsigned r = 0; r < ROUNDS; ++r) {
        s = r & 16;
        for (unsigned i = 0; i < n; ++i) s = (s >> 1) ^ (i * s + 3);
    }
    printf("%u\\n", s);
}
"""
FLOOR = b"#include <cstdio>\nint main() {}\n"
TESTS = tuple(TestCase(f"{n}", b"%d\n" % n) for n in (9000, 100, 8000, 7000))
BY_COST = ["100", "7000", "8000", "9000"]


@dataclass
class Watched:
    """A backend that remembers what it was asked for."""

    inner: Backend
    runs: list[tuple[str, str]] = field(default_factory=list)

    name, model, unit, phrase = "watched", "watched/1", "cycles", "watched cycles"
    expected_error, is_clock, link = None, False, Link.STATIC

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        self.runs.append((binary.digest, test.name))
        return await self.inner.measure(binary, test)

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        return await self.inner.baseline(old, floor, tests)

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        return await self.inner.compare(baseline, old, new, tests)

    def tests_of(self, binary: Binary) -> list[str]:
        """Names of the tests that `binary` was measured on, in order."""
        return [test for digest, test in self.runs if digest == binary.digest]


@dataclass(frozen=True)
class Track:
    """Programs of one, two, four and sixteen rounds, and a race of them against that of eight."""

    race: Race
    backend: Watched
    rounds: dict[int, Binary]


def built(folder: Path, hands: int) -> Track:
    async def make() -> Track:
        async with open_workbench(Settings(), folder / "program.cpp", expected_builds=5) as bench:

            async def build(source: bytes) -> Binary:
                unit = TranslationUnit("program.cpp", folder, source)
                made = await bench.compiler.build(unit, BuildMode.OPTIMIZED)
                assert isinstance(made, Binary)
                kept = folder / f"{made.digest[:16]}"
                kept.write_bytes(made.path.read_bytes())
                kept.chmod(0o755)
                await bench.backend.measure(made, TESTS[0])
                return made

            rounds = {n: await build(PROGRAM.replace(b"ROUNDS", b"%d" % n)) for n in (1, 2, 4, 8, 16)}
            floor = await build(FLOOR)
            watched = Watched(bench.backend)
            screened = [await bench.backend.measure(rounds[8], test) for test in TESTS]
            # Everything that a race may ask for is known from here on, so it outlives the workbench.
            for binary in rounds.values():
                await asyncio.gather(*(bench.backend.measure(binary, test) for test in TESTS))
            await bench.backend.baseline(rounds[8], floor, TESTS)
            course = Course(rounds[8], floor, TESTS, tuple(screened))
            return Track(Race(watched, course, hands), watched, rounds)

    return asyncio.run(make())


@pytest.fixture(scope="module", params=[1, 2, 3])
def hands(request: pytest.FixtureRequest) -> int:
    value: int = request.param
    return value


@pytest.fixture
def track(tmp_path: Path, hands: int) -> Track:
    return built(tmp_path, hands)


async def test_who_can_still_win_is_measured_on_every_test_the_cheapest_first(track: Track) -> None:
    found = await track.race.run(track.rounds[4], None)
    assert isinstance(found, Comparison)
    assert 1.2 < found.speedup < found.speedup_net < 2.1
    assert track.backend.tests_of(track.rounds[4]) == BY_COST
    assert track.backend.tests_of(track.rounds[8]) == BY_COST


async def test_who_cannot_be_the_best_any_more_is_stopped(track: Track, hands: int) -> None:
    best = await track.race.run(track.rounds[1], None)
    assert isinstance(best, Comparison)
    total = sum(cost.amount for cost in best.new)
    assert await track.race.run(track.rounds[4], total) is Stopped.BEATEN
    done = track.backend.tests_of(track.rounds[4])
    assert done == BY_COST[: len(done)]
    # Runs beside each other end together.
    assert len(done) == {1: 3, 2: 4, 3: 3}[hands]
    # Whoever costs as much as the best is no better.
    assert await track.race.run(track.rounds[1], total) is Stopped.BEATEN
    assert isinstance(await track.race.run(track.rounds[1], total + 1), Comparison)


async def test_who_costs_as_much_as_the_original_gains_nothing(track: Track) -> None:
    assert await track.race.run(track.rounds[16], None) is Stopped.NO_GAIN
    assert track.backend.tests_of(track.rounds[16]) == BY_COST
    track.backend.runs.clear()
    # What the original costs is known by now, so the same is seen earlier.
    assert await track.race.run(track.rounds[16], None) is Stopped.NO_GAIN
    assert await track.race.run(track.rounds[8], None) is Stopped.NO_GAIN
    best = await track.race.run(track.rounds[2], None)
    assert isinstance(best, Comparison) and best.speedup > 2
