"""This machine's clock beside the model: it times rewrites against the original, within a small budget.

The figure is user and system time, so it sees what system calls cost. As advice it decides nothing and no
trouble with it is a failure; only where system calls fall tenfold does the judge ask it (`compare`).
"""

import asyncio
from collections.abc import Sequence

from pie_lsp.engine.original import Original
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.native import FEWEST_ROUNDS, NativeBackend, TooShortError
from pie_lsp.sandbox.contract import Ending
from pie_lsp.values.errors import PieError
from pie_lsp.values.measurement import Baseline, Comparison, NativeAdvice
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.oracle import Answer

BUDGET_SECONDS = 3.0
"""For one winner, where the fewest rounds fit into it."""
LONGEST_ADVICE_SECONDS = 20.0
"""What the fewest rounds may take of processor time before advice is not worth it."""

TOO_SHORT = "too short to time on this machine"
TOO_LONG = "too long to be timed on this machine beside the model"
NOT_TIMED = "not timed on this machine, since the time budget ran out"
FROM_CACHE = "not timed on this machine, since this result comes from the cache, which keeps no times"

_SHARE_WORTH_TIMING = 0.9
_PROGRAMS_A_ROUND = 3


class Clock:
    """Times the rewrites of one request, one at a time and with nothing else of ours at work."""

    def __init__(self, bench: Workbench, original: Original, limits: RunLimits) -> None:
        self._bench = bench
        self._original = original
        self._backend = NativeBackend(bench.sandbox, bench.scratch, limits, BUDGET_SECONDS)
        self._baseline: Baseline | None = None
        self._turn = asyncio.Lock()

    async def compare(self, new: Binary) -> Comparison:
        """`new` against the original, on the tests that take the time.

        Raises TooShortError where they take too little, and MeasurementError where a program does not end.
        """
        old = await asyncio.shield(self._original.binary)
        measured = await asyncio.shield(self._original.measured)
        oracle = await asyncio.shield(self._original.oracle)
        tests = tuple(answer.test for answer in worth_timing(oracle.answers))
        async with self._turn, self._bench.quiet(self._backend):
            if self._baseline is None:
                self._baseline = await self._backend.baseline(old, measured.floor, tests)
            return await self._backend.compare(self._baseline, old, new, tests)

    async def advise(self, new: Binary) -> NativeAdvice:
        """The same in words, or the words why there is no figure; never raises for a figure that is none."""
        oracle = await asyncio.shield(self._original.oracle)
        seconds = sum(answer.outcome.cpu_seconds for answer in worth_timing(oracle.answers))
        if seconds * _PROGRAMS_A_ROUND * FEWEST_ROUNDS > LONGEST_ADVICE_SECONDS:
            return NativeAdvice(TOO_LONG)
        try:
            return advice_of(await self.compare(new))
        except TooShortError:
            return NativeAdvice(TOO_SHORT)
        except PieError as error:
            return NativeAdvice(f"not timed on this machine: {error}")


def worth_timing(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """The tests that take nine tenths of the original's time together, as few as do.

    The others are hardly more than the start of a process, which is noise and takes as long as a measurement.
    """
    timed = [answer for answer in answers if answer.outcome.ending is Ending.EXITED]
    total = sum(answer.outcome.cpu_seconds for answer in timed)
    chosen: list[Answer] = []
    for answer in sorted(timed, key=lambda a: -a.outcome.cpu_seconds):
        if chosen and sum(a.outcome.cpu_seconds for a in chosen) >= _SHARE_WORTH_TIMING * total:
            break
        chosen.append(answer)
    return tuple(chosen)


def advice_of(comparison: Comparison) -> NativeAdvice:
    """A clock's comparison in the words of a title."""
    interval = comparison.interval
    if interval is None:
        raise ValueError("a clock gives an interval")
    figure = f"{comparison.speedup:.2f}x [{interval.low:.2f}, {interval.high:.2f}]"
    slower = interval.high < 1.0
    words = f"slower on this machine: {figure}" if slower else f"this machine {figure}"
    return NativeAdvice(words, comparison.speedup, interval)
