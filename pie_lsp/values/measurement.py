"""Costs and comparisons. Amounts are integers, so that equal runs give equal figures bit for bit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostPart:
    """A share of a cost, so that an explanation can say where a gain comes from.

    name    "fetch blocks", "micro-operations", "mispredicted branches", …
    count   how many of them were counted
    amount  what they contribute, in the unit of the cost
    """

    name: str
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class FunctionCost:
    """What one function of the program cost by itself, callees excluded."""

    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of one program on one input cost."""

    amount: int
    unit: str
    parts: tuple[CostPart, ...] = ()
    functions: tuple[FunctionCost, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval of a ratio."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Floor:
    """Cost of an empty `main` with the program's own includes, built with the same flags."""

    cost: Cost


@dataclass(frozen=True, slots=True)
class Baseline:
    """The original program measured on every test, in the order of the suite."""

    backend: str
    model: str
    unit: str
    floor: int
    costs: tuple[Cost, ...]

    @property
    def total(self) -> int:
        """Sum over the tests, as PIE sums."""
        return sum(cost.amount for cost in self.costs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Old against new over the same tests.

    speedup      old cost / new cost, each summed over the tests (PIE, section 3)
    speedup_net  the same with the start-up floor taken off both sides
    interval     of `speedup`, where the backend is a clock; None where it is deterministic
    control      of the original against itself in the same run, where the backend is a clock
    """

    old: tuple[Cost, ...]
    new: tuple[Cost, ...]
    speedup: float
    speedup_net: float
    interval: Interval | None = None
    control: Interval | None = None
