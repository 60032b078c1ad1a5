"""Turns winners into ranked suggestions with the words that people read."""

from collections.abc import Sequence

from pie_lsp.engine.counterpart import counterpart
from pie_lsp.engine.original import Measured
from pie_lsp.engine.remarks import calls_in_words
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.winner import Winner
from pie_lsp.measure.explain import explain
from pie_lsp.measure.gate import LARGER_INPUT, TINY_INPUTS, system_calls
from pie_lsp.prompting.proposer import REPEATED
from pie_lsp.text.edits import hull
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import Rejected, Stage, Suggestion


def offer(
    subject: Subject, measured: Measured, winners: Sequence[Winner], *, total: int
) -> tuple[Suggestion, ...]:
    """Rank the winners: by group, the fastest first, equal ones by title. `total` is the number of tests."""
    ordered = sorted(winners, key=lambda w: (*w.order, len(w.draft.candidate.edits), w.draft.candidate.title))
    return tuple(
        _suggestion(subject, measured, winner, rank, total) for rank, winner in enumerate(ordered, start=1)
    )


def _suggestion(subject: Subject, measured: Measured, winner: Winner, rank: int, total: int) -> Suggestion:
    candidate, comparison = winner.draft.candidate, winner.comparison
    tests = "1 test" if winner.passed == 1 else f"{winner.passed} tests"
    gain = explain(comparison.old, comparison.new)
    return Suggestion(
        rank=rank,
        title=candidate.title,
        explanation=f"{candidate.explanation} Measured: {gain}." if gain else candidate.explanation,
        function=candidate.function,
        provenance=candidate.provenance,
        edit=hull(subject.request.source, candidate.edits, subject.source.encoding),
        new_source=winner.draft.changed,
        new_text=new_text(candidate.function, winner.draft.changed, subject.request.source),
        comparison=comparison,
        tests_passed=winner.passed,
        tests_total=total,
        assurance=assurance(winner, tests),
        headline=headline(winner, measured, tests),
        notes=winner.notes,
        layouts=winner.layouts,
        system_calls=system_calls(comparison),
        system_time=winner.system_time,
        native=winner.native,
        origin=winner.origin,
        screened=winner.screened,
    )


def assurance(winner: Winner, tests: str) -> str:
    """What the evidence is, and no more than that."""
    checked = winner.passed - winner.unchecked
    clean = (
        "sanitizers clean" if not winner.unchecked else f"sanitizers clean on the {checked} they could check"
    )
    return f"{tests}: same output, errors and exit status as the original; {clean}"


def headline(winner: Winner, measured: Measured, tests: str) -> str:
    """The figure with its unit and its evidence: "3.40x faster, estimated Skylake cycles, 12 tests"."""
    if winner.system_time:
        calls = system_calls(winner.comparison)
        fell = f"; {calls_in_words(calls)}" if calls is not None else ""
        return f"{winner.ranking:.2f}x less processor time on this machine (system time{fell}), {tests}"
    tiny = f", {TINY_INPUTS}" if LARGER_INPUT in winner.notes else ""
    origin, over, layouts = winner.origin, "", winner.layouts
    phrase = measured.backend.phrase if origin is None else origin.phrase
    if layouts is not None:
        over = f" [{layouts.low:.2f}, {layouts.high:.2f} over {len(layouts.figures)} layouts]"
        if origin is not None and not origin.layouts:
            over, phrase = "", f"{phrase} (estimated{over})"
    return f"{winner.ranking:.2f}x faster{over}{tiny}, {phrase}, {tests}"


def new_text(function: FunctionRef, changed: bytes, source: bytes) -> bytes:
    """The selected function after the edit."""
    after = counterpart(function, source, changed)
    return changed[after.span.start : after.span.end] if after is not None else b""


def summary(rejected: Sequence[Rejected]) -> str:
    """Why nothing is offered, counted by stage: "no faster equivalent found: 3 failed tests"."""
    words = {
        Stage.PREPARE: "answers of no use",
        Stage.GUARD: "refused by the static guard",
        Stage.BUILD: "did not compile cleanly",
        Stage.IDENTICAL: "identical code",
        Stage.TESTS: "failed tests",
        Stage.MEASURE: "could not be measured",
        Stage.SLOWER: Stage.SLOWER.heading,
        Stage.NATIVE: "not faster on this machine",
        Stage.SANITIZERS: "stopped by sanitizers",
        Stage.LAYOUT: "faster by layout alone",
        Stage.UNVERIFIED: "not verified",
    }
    fell = [one for one in rejected if one.rejection.reason != REPEATED]
    counts = [(sum(r.rejection.stage is stage for r in fell), text) for stage, text in words.items()]
    counts.append((len(rejected) - len(fell), "repeated answers"))
    found = ", ".join(f"{count} {text}" for count, text in counts if count)
    return f"No faster equivalent found: {found or 'no rule applies here'}."
