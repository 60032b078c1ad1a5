"""The answer to one request: what is offered, what was rejected, and why."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from pie_lsp.values.candidate import Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import Baseline, Comparison
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
    SANITIZERS = "sanitizers"
    UNVERIFIED = "not verified"


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
    headline      the figure as every title shows it: "3.4x faster, estimated Skylake cycles, 12 tests"
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
