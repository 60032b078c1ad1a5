"""In which order winners come, whoever measured them."""

from pathlib import Path

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.winner import Winner
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.measurement import Comparison, Interval, NativeAdvice
from pie_lsp.values.toolchain import Binary, BuildMode

BINARY = Binary(Path("program"), BuildMode.OPTIMIZED, "digest", "code")
SOURCE = b"int main() { return 1; }\n"


def test_each_kind_of_winner_is_ranked_by_itself() -> None:
    """Ratios of different backends are never compared, and what the clock finds slower comes last."""
    origin = find_functions(parse(SOURCE)).functions[0].ref

    def won(title: str, ranking: float, native: NativeAdvice | None = None, system: bool = False) -> Winner:
        draft = Draft(Candidate(origin, title, "", (), Provenance("X1", "1")), SOURCE)
        comparison = Comparison((), (), ranking, ranking)
        return Winner(draft, comparison, 5, ranking, (), system_time=system, native=native, binary=BINARY)

    surely = NativeAdvice("", 0.8, Interval(0.7, 0.9))
    perhaps = NativeAdvice("", 0.9, Interval(0.7, 1.1))
    winners = [
        won("slower here", 9.0, surely),
        won("system time", 5.0, system=True),
        won("less so", 1.2),
        won("perhaps slower here", 2.0, perhaps),
        won("system time too", 7.0, system=True),
    ]
    ordered = [winner.draft.candidate.title for winner in sorted(winners, key=lambda winner: winner.order)]
    assert ordered == ["perhaps slower here", "less so", "system time too", "system time", "slower here"]
