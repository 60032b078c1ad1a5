"""What is said of a suggestion beside its headline, and of what was rejected: in the words of both faces.

What a clock says is put in only here, when it is shown: without it a suggestion is the same in every run.
"""

from collections.abc import Sequence

from pie_lsp.values.candidate import ProposerKind
from pie_lsp.values.measurement import NativeAdvice, SystemCalls
from pie_lsp.values.report import Rejected, Suggestion


def figure(suggestion: Suggestion) -> str:
    """The headline with the figure of this machine beside the model's."""
    native = suggestion.native
    if native is None or native.speedup is None or suggestion.system_time:
        return suggestion.headline
    return f"{suggestion.headline}; {native.words}"


def short_figure(suggestion: Suggestion) -> str:
    """The headline up to its first figure: "3.40x faster"."""
    return suggestion.headline.partition(",")[0].partition(" [")[0].partition(" (")[0]


def remarks(suggestion: Suggestion) -> tuple[str, ...]:
    """Sentences that a person should read with it: its notes, what becomes of its system calls, the clock."""
    calls, native = suggestion.system_calls, suggestion.native
    said: list[str] = []
    if calls is not None and calls.old != calls.new:
        said = [f"{calls_in_words(calls)}, for which the model charges nothing"]
        if suggestion.system_time:
            said[0] += f" (it says {suggestion.comparison.speedup:.2f}x)"
        said += [_processor_time(native)] if native is not None else []
    elif native is not None and native.speedup is None:
        said = [native.words]
    return (*suggestion.notes, *([_sentence("; ".join(said))] if said else []))


def calls_in_words(calls: SystemCalls) -> str:
    """ "40,012 -> 12 system calls"."""
    return f"{calls.old:,} -> {calls.new:,} system calls"


def _processor_time(native: NativeAdvice) -> str:
    if native.speedup is None or native.interval is None:
        return native.words
    ratio, low, high, way = native.speedup, native.interval.low, native.interval.high, "less"
    if ratio < 1.0:
        ratio, low, high, way = 1 / ratio, 1 / high, 1 / low, "more"
    return f"user and system time on this machine {ratio:.2f}x [{low:.2f}, {high:.2f}] {way}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def folded(rejected: Sequence[Rejected]) -> list[tuple[Rejected, int]]:
    """What was rejected, each with a count: answers of one model that fell for one reason are one line."""
    counts: dict[tuple[object, ...], int] = {}
    firsts: dict[tuple[object, ...], Rejected] = {}
    for number, one in enumerate(rejected):
        by_model = one.provenance.kind is ProposerKind.MODEL
        alike = (one.function, one.provenance.proposer, one.rejection) if by_model else (number,)
        firsts.setdefault(alike, one)
        counts[alike] = counts.get(alike, 0) + 1
    return [(first, counts[alike]) for alike, first in firsts.items()]
