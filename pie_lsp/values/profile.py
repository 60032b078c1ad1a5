"""Which function of a source a program's cost belongs to."""

from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import FunctionCost
from pie_lsp.values.toolchain import Toolchain


@dataclass(frozen=True, slots=True)
class CodePiece:
    """Machine code of one function, by addresses in the program as it lies on the disk.

    owner  number of the function, from 1
    """

    start: int
    end: int
    owner: int


@dataclass(frozen=True, slots=True)
class OwnedCost:
    """What one run of a program spent under one function.

    own     in the function's own machine code
    called  in code that belongs to no function of the source and that it called, directly or not: libraries,
            lambdas and functions of headers, the largest first
    """

    own: int
    called: tuple[FunctionCost, ...] = ()

    @property
    def amount(self) -> int:
        """Both together."""
        return self.own + sum(cost.amount for cost in self.called)


@dataclass(frozen=True, slots=True)
class AttributedCost:
    """One run, divided among the functions of the source.

    total   the whole run
    owners  by number, the first for number 1; what is left of `total` ran under none of them
    """

    total: int
    owners: tuple[OwnedCost, ...]


@dataclass(frozen=True, slots=True)
class FunctionShare:
    """What one function of the source costs on all tests.

    share        of the whole program's cost, start-up included: 0 to 1
    out_of_line  it has machine code of its own and was not inlined; where not, it may count as its callers'
    """

    function: FunctionRef
    cost: OwnedCost
    share: float
    out_of_line: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """Where one program spends its cost, found with a build that is made for this alone.

    functions  every function of the source, the largest share first
    rest       what ran before and after `main`, under no function of the source
    total      cost of the build that was attributed, in sum over the tests
    """

    functions: tuple[FunctionShare, ...]
    rest: int
    total: int

    def share_of(self, function: FunctionRef) -> float | None:
        """The share of a function of that source, where it could be told apart from those of its callers."""
        return next((it.share for it in self.functions if it.function == function and it.out_of_line), None)


@dataclass(frozen=True, slots=True)
class ProfileReport:
    """What `pie-lsp profile` finds out about one file.

    tests     names of the inputs, in order
    measured  cost of the program as the user builds it, in sum over the tests
    floor     cost of starting up, of one run
    advice    sentences for the user
    """

    path: Path
    toolchain: Toolchain
    backend: str
    model: str
    unit: str
    tests: tuple[str, ...]
    measured: int
    floor: int
    profile: Profile
    advice: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """How much more the attributed build costs than the real one: 0.03 is 3 % more."""
        return self.profile.total / self.measured - 1 if self.measured else 0.0
