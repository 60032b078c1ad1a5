"""The one interface of everything that measures programs.

A backend knows binaries and inputs. It knows nothing of sources, rules, tests' expectations or editors.
"""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.profile import AttributedCost, CodePiece
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, Link


class UnsuitableProgramError(MeasurementError):
    """This backend can never measure this program (it starts threads, it uses AVX); another one may."""


class KilledRunError(MeasurementError):
    """A run was ended from outside, most likely for want of memory; it says nothing of the program."""


class Backend(Protocol):
    """Measures programs, deterministically unless `is_clock`."""

    @property
    def name(self) -> str:
        """``estimate``, ``native``, ``gem5``."""

    @property
    def model(self) -> str:
        """Machine and version of the model, part of every cache key: ``skylake-verbatim/1``."""

    @property
    def unit(self) -> str:
        """Unit of every amount: "cycles", "nanoseconds"."""

    @property
    def phrase(self) -> str:
        """How a title names the figure: "estimated Skylake cycles", "on this machine"."""

    @property
    def expected_error(self) -> float | None:
        """How far nine of ten speedups at most are off from the machine that is estimated, as a share of one;
        None where nothing is estimated.
        """

    @property
    def is_clock(self) -> bool:
        """Whether figures come from a clock and so vary from run to run."""

    @property
    def link(self) -> Link | None:
        """How binaries must be linked; None where it does not matter."""

    async def measure(self, binary: Binary, test: TestCase) -> Cost:
        """Cost of one run. Raises MeasurementError where this program cannot be measured."""

    async def baseline(self, old: Binary, floor: Binary, tests: Sequence[TestCase]) -> Baseline:
        """Measure the original, and the start-up floor, an empty `main` with the same includes."""

    async def compare(
        self, baseline: Baseline, old: Binary, new: Binary, tests: Sequence[TestCase]
    ) -> Comparison:
        """Measure `new` against the original on the same tests."""


@runtime_checkable
class Attributing(Protocol):
    """A backend that can tell which function of a source a cost belongs to."""

    async def attribute(
        self, old: Binary, built: Binary, pieces: Sequence[CodePiece], tests: Sequence[TestCase]
    ) -> tuple[AttributedCost, ...]:
        """Divide the cost of `built` on each test among the functions whose code `pieces` are.

        Raises MeasurementError where it cannot be measured, or does not answer as `old` does.
        """
