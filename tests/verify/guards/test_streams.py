"""Output keeps its order and comes when a peer waits for it."""

from collections.abc import Callable

from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestSuite
from pie_lsp.verify.static_guard import guard

Guarded = Callable[..., str | None]

BOTH = """#include <cstdio>
#include <iostream>
void other() { printf("x"); }
int solve() {
    std::cout << 1;
    return 1;
}
int main() { solve(); other(); }
"""
STREAMS = BOTH.replace('printf("x")', 'std::cout << "x"')
FAST = "    std::ios::sync_with_stdio(false);\n    std::cout << 1;\n"


def test_streams_do_not_part_from_stdio(guarded: Guarded) -> None:
    reason = guarded(BOTH, BOTH.replace("    std::cout << 1;\n", FAST))
    assert reason is not None and "out of order" in reason
    assert guarded(STREAMS, STREAMS.replace("    std::cout << 1;\n", FAST)) is None


def test_stdio_does_not_come_to_streams_that_parted(guarded: Guarded) -> None:
    parted = STREAMS.replace("int main() {", "int main() { std::ios::sync_with_stdio(false);")
    reason = guarded(parted, parted.replace("std::cout << 1;", "putchar('1');"))
    assert reason is not None and "out of order" in reason
    assert guarded(STREAMS, STREAMS.replace("std::cout << 1;", "putchar('1');")) is None


def test_what_was_mixed_may_be_edited(guarded: Guarded) -> None:
    mixed = BOTH.replace("int main() {", "int main() { std::ios::sync_with_stdio(false);")
    assert guarded(mixed, mixed.replace("return 1;", "return 1 + 0;")) is None


def _judged(old: bytes, new: bytes, *, interactive: bool) -> str | None:
    original = parse(old)
    start, tail = old.index(b"{") + 1, len(old) - old.rindex(b"}")
    edits = (Edit(Span(start, len(old) - tail), new[start : len(new) - tail]),)
    assert apply_edits(old, edits) == new
    function = select(find_functions(original), "main").ref
    candidate = Candidate(function, "x", "y", edits, Provenance("m", "1", ProposerKind.MODEL))
    found = guard(original, candidate, new, TestSuite("here", (), interactive=interactive))
    return None if found is None else found.reason


def test_a_peer_gets_its_answer_at_once() -> None:
    old = b"#include <iostream>\nint main() { int n; std::cin >> n; std::cout << n << std::endl; }\n"
    quiet = old.replace(b"std::endl", b"'\\n'")
    untied = old.replace(b"int n;", b"std::cin.tie(nullptr); int n;")
    for new, word in ((quiet, "flushes less"), (untied, "unties")):
        reason = _judged(old, new, interactive=True)
        assert reason is not None and word in reason
        assert _judged(old, new, interactive=False) is None
