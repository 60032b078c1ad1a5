"""What labelling a data set of PIE's size would take: arithmetic on rates, some measured and some assumed.

Every assumption is a field with its source, so that whoever doubts one can put another in its place. Measures
nothing; `tests/benchmarks/manifest_throughput.py` does, and prints this.
"""

from dataclasses import dataclass

SECONDS_A_YEAR = 365.25 * 24 * 3600
PIE_SIMULATIONS = 42_800_000
"""Runs of gem5 behind PIE's data set, as its authors count them."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What one core does in a second.

    gem5_slow         instructions that gem5 simulates, and gem5_fast: the range over 64 programs, with
                      gem5 24.0 and its out-of-order Skylake
    estimate_cheaper  how many times less processor time the estimate takes for the same programs, as
                      recorded; much of it is paid once a run, and those are small: larger ones take less
    row_seconds       core-seconds that a label takes here, building and starting included, as measured
    row_instructions  of the mean program of that measurement
    """

    row_seconds: float
    row_instructions: float
    estimate_cheaper: float
    gem5_slow: float = 0.2e6
    gem5_fast: float = 0.4e6


@dataclass(frozen=True, slots=True)
class Projection:
    """Core-years for all simulations of a mean size.

    gem5_least  and gem5_most: simulated by gem5, with its fast and its slow rate
    labelling   all that a label takes, at most: building, one native run, starting, estimating, writing the
                row
    """

    instructions: float
    gem5_least: float
    gem5_most: float
    labelling: float

    @property
    def cheaper(self) -> float:
        """How many times less the labels take than the middle of gem5's range."""
        return (self.gem5_least + self.gem5_most) / 2 / self.labelling


def project(rates: Rates, instructions: float, simulations: int = PIE_SIMULATIONS) -> Projection:
    """What `simulations` runs of so many instructions each would take."""

    def core_years(seconds: float) -> float:
        return simulations * seconds / SECONDS_A_YEAR

    least, most = instructions / rates.gem5_fast, instructions / rates.gem5_slow
    estimate_rate = rates.estimate_cheaper / ((1 / rates.gem5_fast + 1 / rates.gem5_slow) / 2)
    # A label costs what it was measured to cost, and the estimate of what a program has more than those had.
    more = max(0.0, instructions - rates.row_instructions) / estimate_rate
    return Projection(
        instructions=instructions,
        gem5_least=core_years(least),
        gem5_most=core_years(most),
        labelling=core_years(rates.row_seconds + more),
    )


def described(projection: Projection) -> str:
    """One line of the table that the README shows."""
    one = projection
    return (
        f"{one.instructions / 1e6:>6.0f} M  {one.gem5_least:>8.1f} to {one.gem5_most:<8.1f} "
        f"{one.labelling:>9.2f}  {one.cheaper:>6.0f}x"
    )
