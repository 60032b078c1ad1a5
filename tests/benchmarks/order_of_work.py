"""Prints how much is simulated for the verdicts on 8 rewrites with 100 tests, in PIE's order and in ours.

    python tests/benchmarks/order_of_work.py [--gem5 PATH]

PIE's harness runs every rewrite natively on every test, and then simulates every test of the original and of
each rewrite that gives at least 95 % of the expected lines. Ours drops what fails a test or is the same
machine code, screens the rest with the estimate, and simulates the best, the cheapest test first, until a
rewrite can no longer win. The rewrites are in the proportions that the paper counts for its best model (table
5): of eight, one does not compile, one is wrong (on three tests of the hundred), four are as fast or slower,
and two are faster.

Work is micro-operations that the simulator executes, and no seconds. Without --gem5 the estimate of another
machine stands in for the simulator: it executes the same programs, so the work is the same, but the figures
are not gem5's. Where both orders do not come to the same verdicts, that is all that is printed.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pie_lsp.engine import workbench
from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.measure.contract import Backend
from pie_lsp.measure.registry import choose_backend
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.report import OptimizeReport
from pie_lsp.values.settings import MIN_SPEEDUP, Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, Link, TranslationUnit
from pie_lsp.verify.runner import run_test

GOAL = 5.0
ACCURACY = 0.95
"""Share of expected lines from which on PIE's harness simulates a rewrite."""

PROGRAM = b"""\
#include <algorithm>
#include <cstdio>
#include <vector>

static int distinct(const std::vector<int> &values) {
    int count = 0;
    const int n = static_cast<int>(values.size());
    for (int i = 0; i < n; ++i) {
        bool seen = false;
        for (int j = 0; j < i; ++j) {
            if (values[j] == values[i]) seen = true;
        }
        if (!seen) ++count;
    }
    return count;
}

int main() {
    int n = 0;
    if (std::scanf("%d", &n) != 1) return 1;
    std::vector<int> values(n);
    for (int &value : values) {
        if (std::scanf("%d", &value) != 1) return 1;
    }
    std::printf("%d\\n", distinct(values));
}
"""
BODY = PROGRAM[PROGRAM.index(b"    int count") : PROGRAM.index(b"    return count;\n}\n")]
INNER = b"for (int j = 0; j < i; ++j) {"
SORTED = b"""\
    const int n = static_cast<int>(values.size());
    std::vector<int> ordered(values);
    std::sort(ordered.begin(), ordered.end());
    const int count = static_cast<int>(std::unique(ordered.begin(), ordered.end()) - ordered.begin());
"""
SEEN = b"if (values[j] == values[i]) seen = true;"
REWRITES = {
    "sort": SORTED,
    "stop at the first": BODY.replace(SEEN, b"if (values[j] == values[i]) { seen = true; break; }"),
    "rename": BODY.replace(b"seen", b"known"),
    "hoist": BODY.replace(b"bool", b"const int value = values[i];\n        bool").replace(
        SEEN, SEEN.replace(b"values[i]", b"value")
    ),
    "all of them": BODY.replace(b"j < i", b"j < n").replace(SEEN, SEEN.replace(b"(v", b"(j < i && v")),
    "a name for it": BODY.replace(
        SEEN, b"const bool same = values[j] == values[i];\n            if (same) seen = true;"
    ),
    "forget one": SORTED.replace(b" - ordered.begin());", b" - ordered.begin()) - (n > 777);"),
    "does not compile": BODY.replace(b"bool seen", b"boolean seen"),
}


def tests() -> tuple[TestCase, ...]:
    """A hundred inputs of 8 to 800 numbers, by a generator that is the same everywhere."""
    state, cases = 12345, []
    for number in range(1, 101):
        size, values = 8 * number, []
        for _ in range(size):
            state = (state * 1103515245 + 12345) % (1 << 31)
            values.append((state >> 8) % (size // 2))
        text = f"{size}\n{' '.join(map(str, values))}\n"
        cases.append(TestCase(f"{number:03}", text.encode()))
    return tuple(cases)


@dataclass(frozen=True)
class Rewriting:
    """Proposes all rewrites."""

    id: str = "bench"
    version: str = "1"

    def prepare(self, context: ProposeContext) -> bool:
        return context.function.ref.name == "distinct"

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        start = PROGRAM.index(BODY)
        for name, body in REWRITES.items():
            edit = Edit(context.function.ref.span.__class__(start, start + len(BODY)), body)
            yield Candidate(context.function.ref, name, "", (edit,), Provenance(self.id, self.version))


@dataclass
class Counting:
    """A backend that remembers how many micro-operations each run took, each of which is simulated once."""

    inner: Backend
    runs: dict[tuple[str, str], int] = field(default_factory=dict)

    is_clock, link, expected_error = False, Link.STATIC, None

    def __post_init__(self) -> None:
        self.name, self.model = self.inner.name, self.inner.model
        self.unit, self.phrase = self.inner.unit, self.inner.phrase

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        cost = await self.inner.measure(binary, test)
        self._add(binary, [test], [cost])
        return cost

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        return await self.inner.baseline(old, floor, tests)

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        comparison = await self.inner.compare(baseline, old, new, tests)
        self._add(old, tests, comparison.old)
        self._add(new, tests, comparison.new)
        return comparison

    def _add(self, binary: Binary, tests: Sequence[TestCase], costs: Sequence[Cost]) -> None:
        for test, cost in zip(tests, costs, strict=True):
            self.runs[binary.digest, test.name] = next(
                p.count for p in cost.parts if p.name == "micro-operations"
            )

    def work(self, binaries: set[str] | None = None) -> int:
        """Micro-operations in sum, of all programs or of those with these digests."""
        return sum(
            count for (digest, _), count in self.runs.items() if binaries is None or digest in binaries
        )


@dataclass(frozen=True)
class Reference:
    """What PIE's order comes to: rewrites that are optimized, the best, and the digests of what was built."""

    optimized: frozenset[str]
    best: str
    built: frozenset[str]


async def reference_order(
    bench: Workbench, simulator: Counting, folder: Path, cases: Sequence[TestCase], settings: Settings
) -> Reference:
    """Every test natively, then every test simulated."""

    async def built(source: bytes) -> Binary | None:
        made = await bench.compiler.build(TranslationUnit("program.cpp", folder, source), BuildMode.OPTIMIZED)
        return made if isinstance(made, Binary) else None

    async def lines(binary: Binary) -> list[bytes]:
        outcomes = [
            await run_test(bench.sandbox, binary, case, settings.limits, bench.scratch) for case in cases
        ]
        return [outcome.stdout for outcome in outcomes]

    async def simulated(binary: Binary) -> int:
        return sum([(await simulator.measure(binary, case)).amount for case in cases])

    old = await built(PROGRAM)
    assert old is not None
    expected, costs, digests = await lines(old), {}, {old.digest}
    total = await simulated(old)
    for name, body in REWRITES.items():
        new = await built(PROGRAM.replace(BODY, body))
        if new is None:
            continue
        digests.add(new.digest)
        right = sum(map(bytes.__eq__, await lines(new), expected)) / len(cases)
        if right >= ACCURACY:
            cost = await simulated(new)
            if right == 1.0:
                costs[name] = cost
    fast = frozenset(name for name, cost in costs.items() if total >= MIN_SPEEDUP * cost)
    return Reference(fast, min(costs, key=costs.__getitem__), frozenset(digests))


async def our_order(simulator: Counting, path: Path, settings: Settings) -> OptimizeReport:
    """What the engine does with the same rewrites and tests."""

    async def start() -> Backend:
        return simulator

    registry.proposers = lambda: (Rewriting(),)
    workbench.confirming_backend = lambda settings, sandbox, scratch: start
    request = OptimizeRequest(path, PROGRAM, FunctionSelector("distinct"), settings)
    return await optimize(request, lambda event: None)


async def simulator_of(gem5: str, settings: Settings, sandbox: Sandbox, scratch: Path) -> Backend:
    name, model = ("gem5", settings.model) if gem5 else ("estimate", "skylake-pie")
    return await choose_backend(name, model, settings.link, sandbox, scratch, settings.limits, gem5)


async def main(gem5: str) -> int:
    settings = Settings(backend="estimate", budget_seconds=100_000.0)
    cases = tests()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "program.cpp"
        path.write_bytes(PROGRAM)
        (folder / "program.tests").mkdir()
        for case in cases:
            (folder / "program.tests" / f"{case.name}.in").write_bytes(case.input)
        async with open_workbench(settings, path, expected_builds=10) as bench:
            inner = await simulator_of(gem5, settings, bench.sandbox, bench.scratch)
            theirs, ours = Counting(inner), Counting(inner)
            reference = await reference_order(bench, theirs, folder, cases, settings)
            report = await our_order(ours, path, settings)
    return told(
        reference, report, theirs, ours, f"gem5 ({inner.model})" if gem5 else "the estimate, as a stand-in"
    )


def told(
    reference: Reference, report: OptimizeReport, theirs: Counting, ours: Counting, simulator: str
) -> int:
    """Print both sides. Returns 1 where they do not agree."""
    offered = frozenset(suggestion.title for suggestion in report.suggestions)
    if offered != reference.optimized or report.suggestions[0].title != reference.best:
        say(f"The verdicts differ: {sorted(offered)} and {sorted(reference.optimized)}.")
        return 1
    first, alone, whole = theirs.work(), ours.work(set(reference.built)), ours.work()
    say(f"8 rewrites, 100 tests, simulated by {simulator}")
    say(f"offered by both: {', '.join(sorted(offered))}; the best is {reference.best!r}")
    say(f"PIE's order        {first / 1e6:8,.1f} M micro-operations")
    say(f"ours               {alone / 1e6:8,.1f} M, {first / alone:.1f} times less (goal: {GOAL:g})")
    say(f"and in 3 layouts   {whole / 1e6:8,.1f} M in sum, {first / whole:.1f} times less")
    return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--gem5", default="")
    sys.exit(asyncio.run(main(parser.parse_args().gem5)))
