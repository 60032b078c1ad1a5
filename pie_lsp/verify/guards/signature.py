"""Checks that functions keep their name, linkage and signature."""

from pie_lsp.cpp.functions import Function
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.values.candidate import Grant
from pie_lsp.verify.guards.change import Change

_REFERENCE = frozenset({b"const", b"&"})


def headers_stay(change: Change) -> str | None:
    """Every function header has the same tokens.

    With the grant, parameters of a selected function may become references to constants and nothing else.
    """
    selected = {function.ref.span for function in change.selected()}
    stayed = [function for function in change.new.table.functions if not change.is_helper(function)]
    pairs = zip(change.old.table.functions, stayed, strict=False)
    for old, new in pairs:
        before, after = _header(change.old.file.data, old), _header(change.new.file.data, new)
        if before == after:
            continue
        if not (change.granted(Grant.SIGNATURE) and old.ref.span in selected):
            return f"It changes the signature of the function {old.ref.name}."
        if old.ref.name != new.ref.name or _without_reference(before) != _without_reference(after):
            return f"It changes more of the function {old.ref.name} than how its arguments are passed."
        if _outside_parameters(before) != _outside_parameters(after):
            return f"It changes what the function {old.ref.name} returns or how it may be called."
    return None


def _header(data: bytes, function: Function) -> list[bytes]:
    text = data[function.ref.header.start : function.ref.header.end]
    return [
        text[token.span.start : token.span.end]
        for token in tokens(text)
        if token.kind not in (TokenKind.COMMENT, TokenKind.DIRECTIVE)
    ]


def _without_reference(words: list[bytes]) -> list[bytes]:
    return [word for word in words if word not in _REFERENCE]


def _outside_parameters(words: list[bytes]) -> list[bytes]:
    """The words before the first and behind the last parenthesis."""
    first = words.index(b"(") if b"(" in words else len(words)
    last = len(words) - 1 - words[::-1].index(b")") if b")" in words else len(words)
    return words[:first] + words[last + 1 :]


CHECKS = (headers_stay,)
