"""Local tests of a program: inputs, and outputs where somebody wrote them down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TestCase:
    """One input on standard input. Without `expected` the old program alone is the oracle.

    measured  whether costs are taken on it too; else outputs alone are compared
    """

    __test__ = False

    name: str
    input: bytes
    expected: bytes | None = None
    measured: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A test that is not used, and the reason in a sentence."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class TestSuite:
    """The tests of one source file.

    source       where they were found, for people: "sum.tests/ (6 tests)", ".cph/.sum.cpp_….prob"
    interactive  the problem file says that a peer answers while the program runs
    """

    __test__ = False

    source: str
    cases: tuple[TestCase, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    interactive: bool = False
