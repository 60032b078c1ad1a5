import random

from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.measure.intervals import median_ratio

seconds = st.lists(st.floats(1e-4, 10.0), min_size=1, max_size=30)


def noisy(length: int, spread: float, seed: int) -> list[float]:
    draw = random.Random(seed)
    return [draw.lognormvariate(0.0, spread) for _ in range(length)]


def test_the_same_times_give_the_same_interval_bit_for_bit() -> None:
    old, new = noisy(30, 0.2, 1), noisy(30, 0.2, 2)
    assert median_ratio(old, new, seed=5) == median_ratio(old, new, seed=5)


def test_a_steady_ratio_is_found_exactly() -> None:
    new = noisy(20, 0.5, 3)
    ratio, interval = median_ratio([3 * value for value in new], new, seed=5)
    assert abs(ratio - 3) < 1e-9
    assert abs(interval.low - 3) < 1e-9
    assert abs(interval.high - 3) < 1e-9


@given(seconds)
def test_the_ratio_lies_in_its_interval(new: list[float]) -> None:
    ratio, interval = median_ratio([2 * value for value in reversed(new)], new, seed=5)
    assert interval.low <= ratio * (1 + 1e-9)
    assert ratio <= interval.high * (1 + 1e-9)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(60):
        old, new = noisy(12, 0.1, 2 * seed), noisy(12, 0.1, 2 * seed + 1)
        _, interval = median_ratio([1.5 * value for value in old], new, seed=5)
        held += interval.low <= 1.5 <= interval.high
    assert held >= 54


def test_more_noise_gives_a_wider_interval() -> None:
    def width(spread: float) -> float:
        _, interval = median_ratio(noisy(30, spread, 1), noisy(30, spread, 2), seed=5)
        return interval.high / interval.low

    assert width(0.3) > width(0.03)


def test_a_time_of_nothing_does_no_harm() -> None:
    ratio, interval = median_ratio([0.0, 0.0], [0.0, 0.0], seed=5)
    assert ratio == interval.low == interval.high == 1.0
