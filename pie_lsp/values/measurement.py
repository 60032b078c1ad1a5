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
class Origin:
    """The backend that a figure comes from, where it is another than that of the report's baseline.

    phrase   how a title names the figure: "gem5 Skylake cycles"
    layouts  whether the range over layouts comes from it too
    """

    backend: str
    model: str
    unit: str
    phrase: str
    layouts: bool = False


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


@dataclass(frozen=True, slots=True)
class LayoutFigure:
    """Old against new where code or stack lie in one particular way, each summed over the tests.

    layout   "as built", "code aligned", "code packed", "stack moved"
    speedup  of the kind that was judged: without the start-up where the inputs are tiny
    """

    layout: str
    old: int
    new: int
    speedup: float


@dataclass(frozen=True, slots=True)
class LayoutRange:
    """One gain in several layouts, the one that was built first."""

    figures: tuple[LayoutFigure, ...]

    @property
    def low(self) -> float:
        """The least gain."""
        return min(figure.speedup for figure in self.figures)

    @property
    def high(self) -> float:
        """The greatest gain."""
        return max(figure.speedup for figure in self.figures)


@dataclass(frozen=True, slots=True)
class SystemCalls:
    """How often the old and the new program call the system, summed over the tests."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class NativeAdvice:
    """What the clock of this machine says beside a model's figure. It varies from run to run.

    words     "this machine 2.10x [1.90, 2.30]", or why there is no figure
    speedup   old / new user and system time; None where it could not be timed
    interval  of `speedup`
    """

    words: str
    speedup: float | None = None
    interval: Interval | None = None

    @property
    def slower(self) -> bool:
        """The clock is certain that the new program is slower here."""
        return self.interval is not None and self.interval.high < 1.0
