"""In which order winners come, whoever measured them."""

from pathlib import Path

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.winner import Winner
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.measurement import Comparison, Interval, NativeAdvice, Origin
from pie_lsp.values.toolchain import Binary, BuildMode

BINARY = Binary(Path("program"), BuildMode.OPTIMIZED, "digest", "code")
GEM5 = Origin("gem5", "skylake-verbatim/gem5-24", "cycles", "gem5 Skylake cycles")
SOURCE = b"int main() { return 1; }\n"


def test_each_kind_of_winner_is_ranked_by_itself() -> None:
    """Ratios of different backends are never compared, and what the clock finds slower comes last."""
    origin = find_functions(parse(SOURCE)).functions[0].ref

    def won(
        title: str,
        ranking: float,
        native: NativeAdvice | None = None,
        system: bool = False,
        by: Origin | None = None,
    ) -> Winner:
        draft = Draft(Candidate(origin, title, "", (), Provenance("X1", "1")), SOURCE)
        comparison = Comparison((), (), ranking, ranking)
        return Winner(
            draft, comparison, 5, ranking, (), system_time=system, native=native, origin=by, binary=BINARY
        )

    surely = NativeAdvice("", 0.8, Interval(0.7, 0.9))
    perhaps = NativeAdvice("", 0.9, Interval(0.7, 1.1))
    winners = [
        won("slower here", 9.0, surely),
        won("confirmed, and slower here", 8.0, surely, by=GEM5),
        won("confirmed", 1.15, by=GEM5),
        won("system time", 5.0, system=True),
        won("less so", 1.2),
        won("perhaps slower here", 2.0, perhaps),
        won("system time too", 7.0, system=True),
    ]
    ordered = [winner.draft.candidate.title for winner in sorted(winners, key=lambda winner: winner.order)]
    assert ordered == [
        "confirmed",
        "perhaps slower here",
        "less so",
        "system time too",
        "system time",
        "confirmed, and slower here",
        "slower here",
    ]
