import subprocess
import sys
from dataclasses import astuple, replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pie_lsp.research.fit import Sample, fit

PRICES = (3.25, 0.29, 22.0, 5.5)
START = [10.0] * len(PRICES)


def cycles(counts: tuple[int, ...], prices: tuple[float, ...] = PRICES) -> int:
    return round(sum(count * price for count, price in zip(counts, prices, strict=True)))


def samples(prices: tuple[float, ...] = PRICES, groups: int = 8, seed: int = 1) -> list[Sample]:
    """Four programs for each group, whose cycles the prices say exactly but for rounding."""
    random = Random(seed)
    found = []
    for group in range(groups):
        for _ in range(4):
            counts = tuple(random.randrange(most // 10, most) for most in (10**7, 10**8, 10**6, 10**6))
            found.append(Sample(str(group), counts, cycles(counts, prices)))
    return found


def worst_ratio(prices: tuple[float, ...], among: list[Sample]) -> float:
    """The largest error of a ratio within a group, as a factor less one."""
    worst = 0.0
    for first in among:
        for second in among:
            if first.group == second.group:
                true = first.cycles / second.cycles
                said = cycles(first.counts, prices) / cycles(second.counts, prices)
                worst = max(worst, said / true - 1)
    return worst


@pytest.mark.parametrize("prices", [PRICES, (1.0, 1.0, 1.0, 1.0), (0.5, 3.0, 140.0, 0.25)])
def test_exact_prices_are_found(prices: tuple[float, ...]) -> None:
    assert fit(samples(prices), START) == pytest.approx(prices, rel=1e-5)


@settings(max_examples=20)
@given(
    st.tuples(st.floats(0.5, 9), st.floats(0.1, 2), st.floats(5, 200), st.floats(5, 50)),
    st.integers(0, 1000),
)
def test_any_exact_prices_are_found(prices: tuple[float, ...], seed: int) -> None:
    assert fit(samples(prices, seed=seed), START) == pytest.approx(prices, rel=1e-3)


def test_the_start_does_not_decide() -> None:
    first = fit(samples(), START)
    assert fit(samples(), [0.5, 5.0, 50.0, 500.0]) == pytest.approx(first, rel=1e-6)


def test_an_event_that_costs_nothing_has_next_to_no_price() -> None:
    free = (3.25, 0.29, 22.0, 0.0)
    found = fit(samples(free), START)
    assert found[:3] == pytest.approx(free[:3], rel=1e-3)
    assert 0 <= found[3] < 0.05


def test_no_price_falls_below_nothing() -> None:
    """The last event seems to make programs faster, which no price may say."""
    spoiled = [
        replace(sample, cycles=sample.cycles - round(2.5 * sample.counts[3]))
        for sample in samples((3.25, 0.29, 22.0, 0.0))
    ]
    found = fit(spoiled, START)
    assert min(found) >= 0.0
    assert found[3] < 0.01


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)),
            st.integers(1, 10**9),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_was_measured_no_price_is_negative(
    rows: list[tuple[str, tuple[int, int], int]],
) -> None:
    found = fit([Sample(*row) for row in rows], [10.0, 10.0])
    assert len(found) == 2
    assert all(0.0 <= price < float("inf") for price in found)


def test_one_program_that_is_beyond_the_formula_spoils_little() -> None:
    good = samples()
    spoiled = [replace(good[0], cycles=good[0].cycles * 2), *good[1:]]
    found = fit(spoiled, START)
    # Its square would draw the prices so far that ratios are wrong by more than a tenth.
    assert worst_ratio(found, good) < 0.02


def test_ratios_within_a_group_count_more_than_cycles() -> None:
    """All programs of half of the groups take a third more, for a reason that is no event."""
    spoiled = [
        replace(sample, cycles=round(sample.cycles * 1.3)) if int(sample.group) % 2 else sample
        for sample in samples()
    ]
    alone = [replace(sample, group=str(number)) for number, sample in enumerate(spoiled)]
    assert worst_ratio(fit(spoiled, START), spoiled) < 0.005
    assert worst_ratio(fit(alone, START), spoiled) > 0.02


def test_cycles_set_the_scale_that_ratios_leave_open() -> None:
    good = samples()
    doubled = [replace(sample, cycles=sample.cycles * 2) for sample in good]
    assert fit(doubled, START) == pytest.approx([2 * price for price in PRICES], rel=1e-5)


def test_a_group_counts_by_its_members_and_not_by_their_pairs() -> None:
    """Where two groups want different prices, the one with more programs wins, but not by the square."""
    large = [Sample("large", (10 + number, 10), 2 * (10 + number) + 10) for number in range(0, 60, 5)]
    small = [
        Sample(f"small {number}", (10 + step, 10), (10 + step) + 2 * 10)
        for number in range(6)
        for step in (0, 30)
    ]
    first, second = fit([*large, *small], [1.0, 1.0])
    # Twelve programs on each side: neither has its own ratio of prices, 2 or 1/2.
    assert 0.7 < first / second < 1.4


def test_the_same_samples_give_the_same_bits() -> None:
    program = (
        "import ast, sys; from pie_lsp.research.fit import Sample, fit; "
        "rows, start = ast.literal_eval(sys.stdin.read()); "
        "print(*map(float.hex, fit([Sample(*row) for row in rows], start)))"
    )
    here = [price.hex() for price in fit(samples(), START)]
    assert here == [price.hex() for price in fit(samples(), START)]
    rows = [astuple(sample) for sample in samples()]
    done = subprocess.run(
        [sys.executable, "-c", program], input=repr((rows, START)), capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == here


def test_nothing_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="nothing"):
        fit([], START)
