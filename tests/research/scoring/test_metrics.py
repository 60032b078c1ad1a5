"""Every figure against a table that was worked out by hand."""

import math

import pytest

from pie_lsp.research.scoring.metrics import Outcome, score_at, scores

WRONG = Outcome(False)
UNMEASURED = Outcome(True)
SLOW = Outcome(True, 0.5)
SAME = Outcome(True, 1.0)


def fast(speedup: float, offered: bool = True) -> Outcome:
    return Outcome(True, speedup, speedup if offered else None)


TABLE = (
    (WRONG, SLOW, fast(2.0), fast(4.0, offered=False)),
    (WRONG, WRONG, WRONG, WRONG),
    (SAME, fast(1.09), fast(1.10), fast(1.05)),
    (UNMEASURED, WRONG, fast(8.0, offered=False), fast(1.2)),
)
"""Four programs with four samples each."""

# k: %Opt, Speedup, %Correct, %offered, Speedup of what is offered, and the best of each program.
BY_HAND = {
    1: (0.0, 1.0, 50.0, 0.0, 1.0, (1, 1, 1, 1)),
    2: (0.0, (1 + 1 + 1.09 + 1) / 4, 75.0, 25.0, (1 + 1 + 1.09 + 1) / 4, (1, 1, 1.09, 1)),
    3: (75.0, (2 + 1 + 1.10 + 8) / 4, 75.0, 50.0, (2 + 1 + 1.10 + 1) / 4, (2, 1, 1.10, 8)),
    4: (75.0, (4 + 1 + 1.10 + 8) / 4, 75.0, 75.0, (2 + 1 + 1.10 + 1.2) / 4, (4, 1, 1.10, 8)),
}


@pytest.mark.parametrize("k", BY_HAND)
def test_the_figures_are_those_worked_out_by_hand(k: int) -> None:
    opt, speedup, correct, offered, of_offered, best = BY_HAND[k]
    found = score_at(TABLE, k)
    assert (found.k, found.pct_opt, found.pct_correct, found.pct_offered) == (k, opt, correct, offered)
    assert found.speedup == pytest.approx(speedup, rel=1e-12)
    assert found.speedup_offered == pytest.approx(of_offered, rel=1e-12)
    assert found.speedup_geometric == pytest.approx(math.prod(best) ** (1 / 4), rel=1e-12)
    ordered = sorted(best)
    assert found.speedup_median == pytest.approx((ordered[1] + ordered[2]) / 2, rel=1e-12)


def test_best_of_k_is_of_the_first_k_and_never_falls() -> None:
    found = scores(TABLE, 4)
    assert [it.k for it in found] == [1, 2, 3, 4]
    assert found == tuple(score_at(TABLE, k) for k in BY_HAND)
    assert sorted(it.speedup for it in found) == [it.speedup for it in found]


def test_what_is_wrong_has_no_speedup_however_fast_it_is() -> None:
    assert score_at([[Outcome(False, 9.0)]], 1).speedup == 1.0
    assert score_at([[Outcome(False, 9.0)]], 1).pct_opt == 0.0


def test_ten_percent_is_enough_and_less_is_not() -> None:
    assert score_at([[fast(1.10)]], 1).pct_opt == 100.0
    assert score_at([[fast(1.0999)]], 1).pct_opt == 0.0


def test_without_a_program_there_is_no_figure() -> None:
    with pytest.raises(ValueError, match="no program"):
        score_at([], 1)
