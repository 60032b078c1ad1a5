"""Sums and ratios of profiles."""

from pathlib import Path

from pie_lsp.values.measurement import FunctionCost
from pie_lsp.values.profile import OwnedCost, Profile, ProfileReport
from pie_lsp.values.toolchain import Toolchain


def test_what_was_called_belongs_to_the_caller() -> None:
    assert OwnedCost(5, (FunctionCost("a", 7), FunctionCost("b", 1))).amount == 13


def test_the_difference_from_the_real_build() -> None:
    def report(measured: int, total: int) -> ProfileReport:
        chain = Toolchain("/usr/bin/g++", "g++", ())
        found = Profile((), total, total)
        return ProfileReport(Path("a.cpp"), chain, "estimate", "m", "cycles", (), measured, 1, found)

    assert report(100, 103).difference == 1.03 - 1
    assert report(100, 100).difference == 0.0
    assert report(0, 100).difference == 0.0
