"""Checks that a candidate is what it says it is, and that the result is still readable C++."""

from pie_lsp.cpp.query import captures
from pie_lsp.cpp.tokens import TokenKind
from pie_lsp.text.edits import apply_edits, shift
from pie_lsp.values.span import Span
from pie_lsp.verify.guards.change import Change, Version

_BIDIRECTIONAL = tuple(chr(code).encode() for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Characters that make an editor show code in another order than the compiler reads it (CVE-2021-42574)."""

_INVISIBLE = frozenset(range(0x20)) - frozenset(b"\t\n\r\f\v") | {0x7F}


def matches_edits(change: Change) -> str | None:
    """The result is what the edits make of the original, and it differs."""
    original, changed = change.old.file.data, change.new.file.data
    try:
        applied = apply_edits(original, change.candidate.edits)
    except ValueError as error:
        return f"Its edits cannot be applied: {error}."
    if applied != changed:
        return "Its edits do not make the text that was to be checked."
    return "It changes nothing." if changed == original else None


def still_parses(change: Change) -> str | None:
    """No new syntax error, and every function is found again where the edits leave it."""
    if _errors(change.new) > _errors(change.old):
        return "The changed file cannot be parsed without an error."
    selected = change.selected()
    if not selected:
        return "The function that it is for is not in the file."
    found = {(function.ref.qualified_name, function.ref.span) for function in change.new.table.functions}
    for function in selected:
        try:
            span = shift(function.ref.span, change.edits)
        except ValueError:
            return f"It changes text across the border of the function {function.ref.name}."
        if (function.ref.qualified_name, span) not in found:
            return f"The function {function.ref.name} cannot be read any more{_why(change.new, span)}."
    helpers = sum(change.is_helper(function) for function in change.new.table.functions)
    before, after = (len(v.table.functions) + len(v.table.refused) for v in (change.old, change.new))
    return None if before == after - helpers else "It adds or removes a function."


def _why(version: Version, span: Span) -> str:
    reasons = (refused.reason for refused in version.table.refused if refused.ref.span == span)
    return "".join(f" ({reason.rstrip('.')})" for reason in reasons)


def _errors(version: Version) -> int:
    found = captures("(ERROR) @error (MISSING) @missing", version.file.tree.root_node)
    return sum(map(len, found.values()))


def plainly_written(change: Change) -> str | None:
    """Nothing new that a reader, or these checks, could take for something else."""
    for edit in change.edits:
        if any(character in edit.replacement for character in _BIDIRECTIONAL):
            return "It adds characters that show code in another order than it is compiled."
        if any(byte in _INVISIBLE for byte in edit.replacement):
            return "It adds control characters."
    if _hidden_spellings(change.new) > _hidden_spellings(change.old):
        return "It adds trigraphs, digraphs, escapes in names or words that are split over lines."
    return None


def _hidden_spellings(version: Version) -> int:
    data = version.file.data
    split_lines = data.count(b"\\\n") + data.count(b"\\\r\n")
    odd = sum(text in (b"<%", b"%>", b"<:", b":>", b"\\") for text in version.texts)
    digraphs = sum(text.startswith(b"%:") for text in version.of_kind(TokenKind.DIRECTIVE))
    return data.count(b"??") + split_lines + odd + digraphs


CHECKS = (matches_edits, still_parses, plainly_written)
