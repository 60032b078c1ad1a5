"""Checks that no variable gets a type that holds less: 64 to 32 bits, `double` to `float`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tree_sitter import Node

from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.verify.guards.change import Change, Version
from pie_lsp.verify.guards.sites import declared_name


class Arithmetic(NamedTuple):
    """What a type holds: integers from `low` to `high`, or, where it is set, so many binary `digits`."""

    low: int
    high: int
    digits: int = 0

    def holds(self, other: "Arithmetic") -> bool:
        """Whether every value of `other` is one of this type."""
        if self.digits:
            return self.digits >= (other.digits or max(-other.low, other.high).bit_length())
        return not other.digits and self.low <= other.low and other.high <= self.high


def _signed(bits: int) -> Arithmetic:
    return Arithmetic(-(1 << (bits - 1)), (1 << (bits - 1)) - 1)


def _unsigned(bits: int) -> Arithmetic:
    return Arithmetic(0, (1 << bits) - 1)


_BITS = {b"char": 8, b"short": 16, b"long": 64, b"__int128": 128}
_NAMED = {
    b"bool": Arithmetic(0, 1),
    b"float": Arithmetic(0, 0, 24),
    b"double": Arithmetic(0, 0, 53),
    **{b"%sint%s%d_t" % (u, kind, bits): (_unsigned if u else _signed)(bits)
       for u in (b"", b"u") for kind in (b"", b"_least") for bits in (8, 16, 32, 64)},
    **{name: _unsigned(64) for name in (b"size_t", b"size_type", b"uintptr_t", b"uintmax_t")},
    **{name: _signed(64) for name in (b"ssize_t", b"ptrdiff_t", b"intptr_t", b"intmax_t", b"streamsize")},
}  # fmt: skip
_BUILT_IN = frozenset({b"unsigned", b"signed", b"int", b"double", *_BITS})
_MOST_EXPANSIONS = 8
_WIDE_SUFFIX = (b"ll", b"LL")


@dataclass(frozen=True, slots=True)
class _Declared:
    name: bytes
    holds: tuple[Arithmetic, ...]


def no_type_narrows(change: Change) -> str | None:
    """No variable of a name that stays gets a type that cannot hold all that it could."""
    old, new = Counter(_declared(change.old)), Counter(_declared(change.new))
    removed, added = old - new, new - old
    for before in removed:
        for after in added:
            if before.name == after.name and _narrows(before.holds, after.holds):
                return f"It gives {before.name.decode('utf-8', 'replace')} a type that holds less."
    return None


def _narrows(before: tuple[Arithmetic, ...], after: tuple[Arithmetic, ...]) -> bool:
    """Part by part; where a container changed its shape, by the last part, which is what it maps to."""
    if len(before) != len(after):
        before, after = before[-1:], after[-1:]
    return any(not new.holds(old) for old, new in zip(before, after, strict=False))


def _declared(version: Version) -> Iterator[_Declared]:
    """Variables, parameters and members with the arithmetic types in their types."""
    aliases = _aliases(version)
    kinds = (
        "declaration",
        "parameter_declaration",
        "optional_parameter_declaration",
        "field_declaration",
        "for_range_loop",
    )
    for kind in kinds:
        for node in version.nodes(kind):
            type_node = node.child_by_field_name("type")
            if type_node is None:
                continue
            holds = _parts(version.file.text(type_node), aliases)
            for declarator in _declarators(node):
                yield _Declared(declared_name(version, declarator), holds)


def _declarators(node: Node) -> list[Node]:
    return node.children_by_field_name("declarator")


def _aliases(version: Version) -> dict[bytes, bytes]:
    """What ``typedef``, ``using`` and ``#define`` call a type."""
    text = version.file.text
    found: dict[bytes, bytes] = {}
    for kind, name_field, value_field in (
        ("type_definition", "declarator", "type"),
        ("alias_declaration", "name", "type"),
        ("preproc_def", "name", "value"),
    ):
        for node in version.nodes(kind):
            name, value = node.child_by_field_name(name_field), node.child_by_field_name(value_field)
            if name is not None and value is not None:
                found[text(name)] = text(value)
    return found


def _parts(type_text: bytes, aliases: Mapping[bytes, bytes]) -> tuple[Arithmetic, ...]:
    """The arithmetic types in a type, in their order; ``long long`` is one."""
    words = _words(type_text)
    for _ in range(_MOST_EXPANSIONS):
        if not any(word in aliases for word in words):
            break
        words = [part for word in words for part in (_words(aliases[word]) if word in aliases else [word])][
            :256
        ]
    parts: list[Arithmetic] = []
    group: list[bytes] = []
    for word in (*words, b""):
        if word in _BUILT_IN:
            group.append(word)
            continue
        if group:
            parts.append(_built_in(group))
            group = []
        if word in _NAMED:
            parts.append(_NAMED[word])
    return tuple(parts)


def _words(text: bytes) -> list[bytes]:
    found = (
        text[token.span.start : token.span.end]
        for token in tokens(text)
        if token.kind is not TokenKind.COMMENT
    )
    return [word for word in found if word not in (b"const", b"volatile", b"std", b"::")]


def _built_in(words: list[bytes]) -> Arithmetic:
    if b"double" in words:
        return Arithmetic(0, 0, 64 if b"long" in words else 53)
    bits = next((bits for word, bits in _BITS.items() if word in words), 32)
    return _unsigned(bits) if b"unsigned" in words else _signed(bits)


def widening_stays(change: Change) -> str | None:
    """Arithmetic that was done in 64 bits by a cast or a suffix is not done in 32 bits throughout."""
    old, new = _widenings(change.old), _widenings(change.new)
    return "It removes every cast and suffix that makes arithmetic 64 bits wide." if old and not new else None


def _widenings(version: Version) -> int:
    aliases = _aliases(version)
    suffixed = sum(
        word.endswith(_WIDE_SUFFIX) or word.lower().endswith((b"llu",))
        for word in version.of_kind(TokenKind.NUMBER)
    )
    casts = [node.child_by_field_name("type") for node in version.nodes("cast_expression")]
    called = [node.child_by_field_name("function") for node in version.nodes("call_expression")]
    wide = sum(_is_wide(version.file.text(node), aliases) for node in casts if node is not None)
    for node in called:
        text = version.file.text(node) if node is not None else b""
        name, _, argument = text.partition(b"<")
        if name.strip() == b"static_cast":
            wide += _is_wide(argument.rpartition(b">")[0], aliases)
        elif text in aliases or text in _NAMED:
            wide += _is_wide(text, aliases)
    return suffixed + wide


def _is_wide(type_text: bytes, aliases: Mapping[bytes, bytes]) -> bool:
    parts = _parts(type_text, aliases)
    return len(parts) == 1 and (parts[0].high >= (1 << 62) or parts[0].digits >= 53)


CHECKS = (no_type_narrows, widening_stays)
