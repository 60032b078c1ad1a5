"""What finished jobs found out, and whether it still holds for the text as it is now.

Results are found by function and never by position. Nothing is stored about a result's standing: it
follows from the texts alone, so that undo, redo and a reopened file need no bookkeeping. Knows
nothing of LSP.
"""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.server.documents import Document
from pie_lsp.text.edits import apply_edits, hull
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import OptimizeReport, Suggestion
from pie_lsp.values.span import Span

Fingerprint = Callable[[bytes], str]
"""Hash of the tokens of a source outside comments (`pie_lsp.cpp.tokens.fingerprint`)."""


class Standing(Enum):
    """How a result relates to the text as it is now."""

    FRESH = "fresh"
    """The tokens are those that were verified: every suggestion may be applied."""
    APPLIED = "applied"
    """The text is what one of the suggestions made of it."""
    STALE = "stale"
    """Something else changed: nothing may be applied before it is verified again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of one job for one function.

    id         names it in commands, in the data of code actions and in URIs; no other result of this or a
               later session has it, so that an editor that restores its tabs shows no other text in one
    document   key of the file (`pie_lsp.server.uris.same_file_key`)
    request    what was asked, with the text as it was then
    """

    id: str
    document: str
    function: FunctionRef
    request: OptimizeRequest
    report: OptimizeReport

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Best first; empty where nothing faster was found."""
        return self.report.suggestions

    def suggestion(self, rank: int) -> Suggestion | None:
        """The suggestion of that rank."""
        return next((s for s in self.suggestions if s.rank == rank), None)


class Results:
    """The newest result of every function."""

    def __init__(self, fingerprint: Fingerprint) -> None:
        self._fingerprint = fingerprint
        self._results: dict[str, Result] = {}
        self._numbers = itertools.count(1)

    def add(
        self, document: str, function: FunctionRef, request: OptimizeRequest, report: OptimizeReport
    ) -> Result:
        """Store a result in the place of an older one for the same function."""
        for old in list(self.older(document, function)):
            del self._results[old.id]
        result = Result(
            id=f"pie-result-{next(self._numbers)}-{_digest(request, report)}",
            document=document,
            function=function,
            request=request,
            report=report,
        )
        self._results[result.id] = result
        return result

    def __iter__(self) -> Iterator[Result]:
        """All results, oldest first."""
        return iter(list(self._results.values()))

    def of(self, document: str) -> Iterator[Result]:
        """The results of one file, oldest first."""
        return (result for result in list(self._results.values()) if result.document == document)

    def older(self, document: str, function: FunctionRef) -> Iterator[Result]:
        """The results that a new one for `function` takes the place of."""
        name = function.qualified_name
        return (
            old
            for old in self.of(document)
            if old.function.qualified_name == name and _same_place(old.function, function)
        )

    def find(self, result_id: str) -> Result | None:
        """The result with this id, None where it was discarded or replaced."""
        return self._results.get(result_id)

    def discard(self, result_id: str) -> Result | None:
        """Forget a result, and return it."""
        return self._results.pop(result_id, None)

    def at(self, document: Document, key: str, function: FunctionRef) -> Result | None:
        """The newest result for a function of `document`, whether or not it still holds."""
        return next((r for r in reversed(list(self.of(key))) if subject(r, document) == function), None)

    def tokens(self, data: bytes) -> str:
        """Hash of the tokens of a text."""
        return self._fingerprint(data)

    def standing(self, result: Result, document: Document) -> Standing:
        """How `result` relates to `document`, by the text alone; headers and tests are asked elsewhere."""
        now = self._fingerprint(document.data)
        if now == self._fingerprint(result.request.source):
            return Standing.FRESH
        if self.applied(result, document) is not None:
            return Standing.APPLIED
        return Standing.STALE

    def applied(self, result: Result, document: Document) -> Suggestion | None:
        """The suggestion that made the text what it is now."""
        now = self._fingerprint(document.data)
        return next((s for s in result.suggestions if self._fingerprint(s.new_source) == now), None)

    def with_older(
        self, document: str, function: FunctionRef, request: OptimizeRequest, report: OptimizeReport
    ) -> OptimizeReport:
        """`report` on what a person wrote, with what was found before for the same text and evidence."""
        old = next(iter(self.older(document, function)), None)
        if old is None or old.request.source != request.source or old.report.evidence != report.evidence:
            return report
        known = {self._fingerprint(s.new_source) for s in old.suggestions}
        new = [s for s in report.suggestions if self._fingerprint(s.new_source) not in known]
        ranked = sorted((*old.suggestions, *new), key=_order)
        return replace(
            report,
            suggestions=tuple(replace(s, rank=rank) for rank, s in enumerate(ranked, start=1)),
            rejected=(*old.report.rejected, *report.rejected),
        )

    def edit(self, result: Result, suggestion: Suggestion, document: Document) -> Edit | None:
        """The suggestion as one edit of `document`, or None where it would not give the verified program.

        Comments and white space may differ from the text that was verified. The edit is moved to where
        its text stands now, and kept only if the tokens that it leads to are exactly the verified ones.
        """
        wanted = self._fingerprint(suggestion.new_source)
        for edit in _anchored(suggestion.edit, result, document):
            if self._fingerprint(apply_edits(document.data, (edit,))) == wanted:
                # One edit again, but with both ends where an editor has positions.
                return hull(document.data, (edit,), document.codec)
        return None


def subject(result: Result, document: Document) -> FunctionRef | None:
    """The function that `result` is about, as it stands in `document` now."""
    then = result.function
    now = document.function(then.qualified_name, then.fingerprint, then.line)
    return None if now is None else now.ref


def _order(suggestion: Suggestion) -> tuple[bool, bool, bool, float]:
    """As the engine ranks (`pie_lsp.engine.winner`), the best first."""
    slower = suggestion.native is not None and suggestion.native.slower
    return slower, suggestion.system_time, suggestion.origin is None, -suggestion.comparison.speedup


def _digest(request: OptimizeRequest, report: OptimizeReport) -> str:
    texts = (request.source, report.evidence.encode(), *(s.new_source for s in report.suggestions))
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


def _same_place(one: FunctionRef, two: FunctionRef) -> bool:
    """Overloads share their name; a function that was edited keeps its place or its bytes."""
    return one.fingerprint == two.fingerprint or one.line == two.line


def _anchored(edit: Edit, result: Result, document: Document) -> Iterator[Edit]:
    """Where the edit could belong in `document`: behind or before all changes, or with its function."""
    old, new = result.request.source, document.data
    if old == new:
        yield edit
        return
    text = old[edit.span.start : edit.span.end]
    yield from (
        replace(edit, span=span)
        for span in (
            edit.span,
            _moved(edit.span, len(new) - len(old)),
            _with_function(edit.span, result, document),
        )
        if span is not None and new[span.start : span.end] == text
    )


def _with_function(span: Span, result: Result, document: Document) -> Span | None:
    now = subject(result, document)
    return None if now is None else _moved(span, now.span.start - result.function.span.start)


def _moved(span: Span, distance: int) -> Span | None:
    return Span(span.start + distance, span.end + distance) if span.start + distance >= 0 else None
