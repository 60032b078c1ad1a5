"""What may be simulated is counted in cycles of the estimate, and no clock has a part in it."""

from pathlib import Path

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.allowance import CYCLES_PER_SECOND, SHARE_OF_BUDGET, Allowance, too_long
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.winner import Winner
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.measurement import Baseline, Comparison, Cost
from pie_lsp.values.toolchain import Binary, BuildMode

BINARY = Binary(Path("program"), BuildMode.OPTIMIZED, "digest", "code")
SOURCE = b"int main() { return 1; }\n"
BASELINE = Baseline("estimate", "m/1", "cycles", 50, (Cost(700, "cycles"), Cost(300, "cycles")))


def winner(*costs: int, screened: Comparison | None = None) -> Winner:
    ref = find_functions(parse(SOURCE)).functions[0].ref
    draft = Draft(Candidate(ref, "title", "", (), Provenance("X1", "1")), SOURCE)
    new = tuple(Cost(cost, "cycles") for cost in costs)
    comparison = Comparison(BASELINE.costs, new, 2.0, 2.0)
    return Winner(draft, comparison, 2, 2.0, (), screened=screened, binary=BINARY)


def test_it_is_a_share_of_the_time_budget() -> None:
    assert Allowance.of(8.0, BASELINE).left == 8 * SHARE_OF_BUDGET * CYCLES_PER_SECOND


def test_what_is_taken_is_gone_and_too_much_takes_nothing() -> None:
    allowance = Allowance(1000, 0, 0)
    assert allowance.take(600)
    assert not allowance.take(401)
    assert allowance.left == 400
    assert allowance.take(400)


def test_the_first_pays_for_the_original_too_and_others_no_more_than_the_best() -> None:
    allowance = Allowance.of(1.0, BASELINE)
    best, slower, faster = winner(100, 100), winner(300, 100), winner(40, 50)
    assert allowance.first(best) == 1000 + 50 + 200
    assert allowance.further(slower, best) == 200
    assert allowance.further(faster, best) == 90
    assert allowance.further(slower, None) == 400
    assert allowance.layouts(best, original_too=True) == 3 * 1200
    assert allowance.layouts(best, original_too=False) == 3 * 200


def test_a_confirmed_rewrite_still_counts_as_the_estimate_had_it() -> None:
    simulated = winner(9000, 9000, screened=winner(100, 100).comparison)
    assert Allowance.of(1.0, BASELINE).further(simulated, None) == 200


def test_the_sentence_tells_how_much_more_it_would_need() -> None:
    sentence = too_long(60 * CYCLES_PER_SECOND * 10, Allowance(60 * CYCLES_PER_SECOND * 4, 0, 0))
    assert "about 10 minutes" in sentence
    assert "2.5 times as large" in sentence
