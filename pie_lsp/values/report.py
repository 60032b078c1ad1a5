"""The answer to one request: what is offered, what was rejected, and why."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pie_lsp.values.candidate import Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import Baseline, Comparison, LayoutRange, NativeAdvice, Origin, SystemCalls
from pie_lsp.values.testing import TestSuite
from pie_lsp.values.toolchain import Toolchain


class Stage(Enum):
    """Where a candidate fell, in the order in which the stages run."""

    PREPARE = "prepare"
    GUARD = "static guard"
    BUILD = "build"
    IDENTICAL = "identical code"
    TESTS = "tests"
    MEASURE = "measure"
    SLOWER = "slower"
    NATIVE = "this machine"
    """Its gain would be in the system, where no model sees it, and the clock does not confirm it."""
    SANITIZERS = "sanitizers"
    LAYOUT = "layout"
    """What it gains may be where the code happens to lie."""
    UNVERIFIED = "not verified"

    @property
    def heading(self) -> str:
        """For people. What is a little faster falls in the same stage as what is slower."""
        return "not faster by enough" if self is Stage.SLOWER else self.value


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a candidate is not offered. `reason` is a sentence."""

    stage: Stage
    reason: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """One candidate that is not offered."""

    function: str
    title: str
    provenance: Provenance
    rejection: Rejection


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One verified and measured rewrite, ready to be applied.

    rank          1 is the fastest
    edit          one edit that spans the first to the last change, so that no client applies half of it
    new_source    the whole file after the edit
    new_text      bytes of the selected function after the edit
    assurance     what the evidence is: "12 tests, sanitizers clean"
    notes         sentences a person should read with it (how to add a larger input, …)
    headline      the figure as every title shows it: "3.40x faster [3.31, 3.60 over 4 layouts], …, 12 tests"
    layouts       the gain in several layouts; None where a clock measured, and for `system_time`
    system_calls  None where nothing counts them
    system_time   the gain is one in system time, for which the clock of this machine alone stands
    native        what that clock says of it; the only field that varies from run to run unless `system_time`,
                  and None where a clock measured everything
    origin        what `comparison` comes from; None where that is the backend of the report's baseline
    screened      what that backend said, where `origin` is another
    share_before  of the selected function in the whole program's cost, 0 to 1; None where it was not measured
    share_after   the same with the edit
    """

    rank: int
    title: str
    explanation: str
    function: FunctionRef
    provenance: Provenance
    edit: Edit
    new_source: bytes
    new_text: bytes
    comparison: Comparison
    tests_passed: int
    tests_total: int
    assurance: str
    headline: str
    notes: tuple[str, ...] = ()
    share_before: float | None = None
    share_after: float | None = None
    layouts: LayoutRange | None = None
    system_calls: SystemCalls | None = None
    system_time: bool = False
    native: NativeAdvice | None = None
    origin: Origin | None = None
    screened: Comparison | None = None


@dataclass(frozen=True, slots=True)
class RefusedFunction:
    """A function that is not worked on, and the reason in a sentence."""

    name: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class OptimizeReport:
    """Everything one run found out.

    evidence      hash of all that the results rest on (`pie_lsp.engine.evidence`)
    advice        sentences for the user: how to add a test, why nothing is offered, …
    cached        the report was read from the cache
    """

    path: Path
    encoding: str
    functions: tuple[FunctionRef, ...]
    refused: tuple[RefusedFunction, ...]
    toolchain: Toolchain
    tests: TestSuite
    baseline: Baseline | None
    suggestions: tuple[Suggestion, ...]
    rejected: tuple[Rejected, ...]
    advice: tuple[str, ...]
    evidence: str
    seconds: float
    cached: bool = False
