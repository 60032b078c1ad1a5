"""Checks that no state survives a call that did not before: a memory across calls games the measurement."""

from pie_lsp.cpp.tokens import TokenKind
from pie_lsp.verify.guards.change import Change, Version

_CONSTANT = frozenset({b"const", b"constexpr", b"constinit"})


def no_new_state(change: Change) -> str | None:
    """No new ``static`` or ``thread_local`` variable, unless it is a constant that no call decides."""
    added = change.new.words - change.old.words
    if added[b"thread_local"] or added[b"extern"] or added[b"mutable"]:
        return "It adds state that survives a call."
    old, new = _mutable_statics(change.old), _mutable_statics(change.new)
    return "It adds a static variable, which would remember earlier calls." if new > old else None


def _mutable_statics(version: Version) -> int:
    """How many ``static`` declarations are no constants, or are made of something that differs by call."""
    statics = (place for place, word in enumerate(version.texts) if word == b"static")
    return sum(not _of_function(version, place) and not _is_constant(version, place) for place in statics)


def _of_function(version: Version, place: int) -> bool:
    """Whether the word says how a function is linked, which remembers nothing."""
    at = version.code[place].span
    return any(function.ref.header.contains(at) for function in version.table.functions)


def _is_constant(version: Version, place: int) -> bool:
    declaration: list[bytes] = []
    depth = 0
    for token in version.code[place:]:
        text = version.text(token)
        depth += (text in (b"(", b"{", b"[")) - (text in (b")", b"}", b"]"))
        if depth < 0 or (depth == 0 and text == b";"):
            break
        declaration.append(text)
    head, _, initializer = _split(declaration)
    # A pointer to constants can itself be changed, so that only what is made of values is a constant.
    fixed = b"constexpr" in head or (bool(_CONSTANT & set(head)) and b"*" not in head)
    return fixed and not any(word in _local_names(version, place) for word in initializer)


def _split(declaration: list[bytes]) -> tuple[list[bytes], bytes, list[bytes]]:
    for place, text in enumerate(declaration):
        if text in (b"=", b"(", b"{"):
            return declaration[:place], text, declaration[place + 1 :]
    return declaration, b"", []


def _local_names(version: Version, place: int) -> set[bytes]:
    """Every word that stands before `place` in the function around it: an over-estimate of its variables."""
    at = version.code[place].span.start
    function = next((f for f in version.table.functions if f.ref.span.start <= at < f.ref.span.end), None)
    if function is None:
        return set()
    names: set[bytes] = set()
    for token, following in zip(version.code, version.code[1:], strict=False):
        if token.span.start >= at:
            break
        is_name = token.kind is TokenKind.WORD and version.text(following) in _AFTER_DECLARED
        if token.span.start >= function.ref.header.start and is_name:
            names.add(version.text(token))
    return names


_AFTER_DECLARED = frozenset({b",", b")", b";", b"=", b"(", b"{", b"[", b":"})
"""What can stand behind the name of a variable where it is declared."""

CHECKS = (no_new_state,)
