"""How the tests of the static guard word a rewrite: the file before, the file after."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

import pytest

from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Stage
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.verify.static_guard import guard

Guarded = Callable[..., str | None]


def _edits(old: bytes, new: bytes) -> tuple[Edit, ...]:
    """Edits of whole lines."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    return tuple(
        Edit(Span(starts[a], starts[b]), b"".join(after[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if kind != "equal"
    )


@pytest.fixture(scope="session")
def guarded() -> Guarded:
    """Ask the guard about a rewrite; the reason for rejecting it, or None."""

    def ask(
        old: str | bytes,
        new: str | bytes,
        *,
        name: str = "solve",
        grants: Sequence[Grant] = (),
        tests: Sequence[TestCase] = (),
        kind: ProposerKind = ProposerKind.MODEL,
        edits: tuple[Edit, ...] | None = None,
    ) -> str | None:
        before = old.encode() if isinstance(old, str) else old
        after = new.encode() if isinstance(new, str) else new
        original = parse(before)
        candidate = Candidate(
            function=select(find_functions(original), name).ref,
            title="Do it faster",
            explanation="It does less.",
            edits=_edits(before, after) if edits is None else edits,
            provenance=Provenance("test", "1", kind),
            grants=frozenset(grants),
        )
        rejection = guard(original, candidate, after, TestSuite("here", tuple(tests)))
        assert rejection is None or rejection.stage is Stage.GUARD
        return None if rejection is None else rejection.reason

    return ask
