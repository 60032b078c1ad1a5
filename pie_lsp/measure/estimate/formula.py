"""The formula: counters times coefficients are cycles. Pure arithmetic on integers.

Coefficients are in hundredths of a cycle (`coefficients.toml`, with where they come from), and nothing is
rounded before the end, so equal counters give equal cycles bit for bit on every machine.
"""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pie_lsp.measure.compare import CLOCK_READS, SYSTEM_CALLS, UNREAD_DIVISIONS
from pie_lsp.measure.estimate.counters import BlockCounts, Counters
from pie_lsp.measure.estimate.decode import BlockWork, Decoder
from pie_lsp.values.errors import SettingsError
from pie_lsp.values.measurement import Cost, CostPart, FunctionCost

UNIT = "cycles"
_HUNDREDTHS = 100
_EVENTS = {
    "fetch blocks": "fetch_block",
    "micro-operations": "micro_operation",
    "mispredicted branches": "misprediction",
    "L3 misses": "l3_miss",
    "L3 hits": "l3_hit",
    "stores to memory": "memory_store",
    "cycles waiting for data": "waiting_cycle",
}
"""Name of a part, and of its price in `coefficients.toml`."""
PART_NAMES = tuple(_EVENTS)
PRICE_NAMES = tuple(_EVENTS.values())
ROUND_MICRO_OPS = 5
"""Of one round of the loop that divides: four steps and a branch. Bytes, rarely divided, take three."""

FunctionAt = Callable[[int], str]
"""Name of the function that holds an address."""


@dataclass(frozen=True, slots=True)
class Machine:
    """One row of coefficients.

    expected_error  90th percentile of the error of a speedup on programs that no fit has seen: 0.06 is 6 %
    prices          hundredths of a cycle for one of each of `PART_NAMES`
    """

    name: str
    version: int
    phrase: str
    expected_error: float
    prices: tuple[int, ...]


@cache
def machines() -> tuple[Machine, ...]:
    """Every machine that can be estimated, the default first."""
    data = tomllib.loads(files(__package__).joinpath("coefficients.toml").read_text(encoding="utf-8"))
    return tuple(
        Machine(
            name,
            data["version"],
            row["phrase"],
            row["expected_error"],
            tuple(row[key] for key in PRICE_NAMES),
        )
        for name, row in data["machine"].items()
    )


def machine_named(name: str) -> Machine:
    """The machine of that name. Raises SettingsError, which lists those there are."""
    for machine in machines():
        if machine.name == name:
            return machine
    known = ", ".join(machine.name for machine in machines())
    raise SettingsError(f"There is no machine model {name!r}; known are {known}.")


def cost_of(counters: Counters, decoder: Decoder, machine: Machine, function_at: FunctionAt) -> Cost:
    """Cycles of one run, in sum, by part and by function; the parts and the functions sum to the whole."""
    totals = [0] * len(PART_NAMES)
    by_function: dict[str, int] = {}
    divisions = 0
    for block in counters.blocks:
        work = decoder.decode(block.code, block.address)
        counts = events_of(block, work)
        divisions += block.count * work.divisions
        hundredths = 0
        for index, count in enumerate(counts):
            totals[index] += count
            hundredths += count * machine.prices[index]
        name = function_at(block.address)
        by_function[name] = by_function.get(name, 0) + hundredths
    names = sorted(by_function)
    functions = map(FunctionCost, names, _whole_cycles(by_function[name] for name in names))
    amounts = _whole_cycles(count * price for count, price in zip(totals, machine.prices, strict=True))
    parts = list(map(CostPart, PART_NAMES, totals, amounts))
    parts.append(CostPart(SYSTEM_CALLS, counters.system_calls, 0))
    if divisions and not counters.quotients:
        parts.append(CostPart(UNREAD_DIVISIONS, divisions, 0))
    if counters.clock_calls:
        parts.append(CostPart(CLOCK_READS, counters.clock_calls, 0))
    return Cost(
        amount=sum(amounts),
        unit=UNIT,
        parts=tuple(parts),
        functions=tuple(sorted(functions, key=lambda function: (-function.amount, function.name))),
    )


def events_of(block: BlockCounts, work: BlockWork) -> tuple[int, ...]:
    """How often each event happened in a block, in the order of `PART_NAMES`."""
    divisions = block.count * work.divisions
    # Where quotients could not be read, every division counts as one of the shortest.
    further = max(0, block.rounds - divisions)
    return (
        work.borders * (block.count - block.repeated) + block.entered,
        block.count * work.micro_ops + ROUND_MICRO_OPS * further,
        block.mispredicted,
        block.l3_misses,
        block.l3_hits,
        block.memory_stores,
        block.waiting,
    )


def _whole_cycles(hundredths: Iterable[int]) -> Sequence[int]:
    """Round so that the sum is the exact sum rounded down: each takes over the rest before it."""
    amounts = []
    rest = 0
    for exact in hundredths:
        amount, rest = divmod(exact + rest, _HUNDREDTHS)
        amounts.append(amount)
    return amounts
