"""Checks that a rewrite does not contain the tests: answers or inputs as literals.

Tests alone do not stop that: whoever knows the tests can pass them (EvilGenie; GSO's HackDetector).
"""

import re
from collections import Counter
from collections.abc import Iterator

from pie_lsp.cpp.tokens import TokenKind
from pie_lsp.values.testing import TestCase
from pie_lsp.verify.guards.change import Change, Version
from pie_lsp.verify.guards.constants import number

_LONG_TEXT = 8
"""Bytes of a literal, white space aside, that no honest literal shares with a test by chance."""

_LONG_NUMBER = 10_000
_SMALL = 2
_SEVERAL = 3
_MOST_BYTES = 1 << 20
"""Of each file of a test; a rewrite is no larger, so it cannot contain more."""

_ROUND: frozenset[int] = frozenset(
    {int(10**power) for power in range(20)}
    | {(1 << power) + offset for power in range(65) for offset in (-1, 0, 1)}
    | {1_000_000_007, 998_244_353, 1_000_000_009, 86_400, 65_521}
)
"""Numbers that programs use for reasons of their own."""

_ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"\\": b"\\", b'"': b'"', b"'": b"'"}


def no_text_of_a_test(change: Change) -> str | None:
    """No new string literal is a long part of an answer or of an input."""
    known = {_spaceless(text) for text in _strings(change.old)}
    for text in _strings(change.new):
        plain = _spaceless(text)
        if len(plain) < _LONG_TEXT or plain in known:
            continue
        for test in change.suite.cases:
            for content in _contents(test):
                if plain in _spaceless(content):
                    return f"It contains text of the test {test.name}."
    return None


def no_numbers_of_a_test(change: Change) -> str | None:
    """No new number is a long number of an answer, and new numbers are not those of a whole test."""
    new = _new_numbers(change)
    for test in change.suite.cases:
        if test.expected is not None and any(_is_telling(value) for value in new & _numbers(test.expected)):
            return f"It contains a number of the answer to the test {test.name}."
        for content in _contents(test):
            wanted = {value for value in _numbers(content) if abs(value) > _SMALL}
            if len(wanted) >= _SEVERAL and wanted <= new:
                return f"It contains all numbers of the test {test.name}."
    return None


def no_special_case_of_a_test(change: Change) -> str | None:
    """No new comparison with a number of an input goes with a new number of its answer."""
    new = {value for value in _new_numbers(change) if abs(value) > _SMALL}
    compared = {value for value in _compared(change.new) if value in new}
    for test in change.suite.cases:
        if test.expected is None:
            continue
        inputs, answers = compared & _numbers(test.input), new & _numbers(test.expected)
        if inputs and answers:
            return f"It treats {min(inputs)}, an input of the test {test.name}, as a case of its own."
    return None


def _new_numbers(change: Change) -> set[int]:
    old, new = (_literals(version) for version in (change.old, change.new))
    return set(new - old) - set(old)


def _literals(version: Version) -> Counter[int]:
    values = (number(text) for text in version.of_kind(TokenKind.NUMBER))
    return Counter(value for value in values if isinstance(value, int))


def _compared(version: Version) -> Iterator[int]:
    """Numbers beside ``==`` and behind ``case``."""
    texts = version.texts
    for place, text in enumerate(texts):
        if text not in (b"==", b"case"):
            continue
        for neighbour in (*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2]):
            value = number(neighbour) if neighbour[:1].isdigit() else None
            if isinstance(value, int):
                yield value


def _is_telling(value: int) -> bool:
    return abs(value) >= _LONG_NUMBER and value not in _ROUND and value % 1000 not in (0, 1, 5, 7, 10)


def _contents(test: TestCase) -> tuple[bytes, ...]:
    return (test.input,) if test.expected is None else (test.expected, test.input)


def _numbers(content: bytes) -> set[int]:
    words = set(content[:_MOST_BYTES].split())
    return {int(word) for word in words if re.fullmatch(rb"-?[0-9]{1,40}", word)}


def _spaceless(text: bytes) -> bytes:
    return b"".join(text[:_MOST_BYTES].split())


def _strings(version: Version) -> Iterator[bytes]:
    """The contents of string literals, neighbours joined as the compiler joins them."""
    joined: list[bytes] = []
    for token in (*version.code, None):
        if token is not None and token.kind is TokenKind.STRING:
            joined.append(_content(version.text(token)))
        elif joined:
            yield b"".join(joined)
            joined = []


def _content(literal: bytes) -> bytes:
    head, _, rest = literal.partition(b'"')
    if head.endswith(b"R"):
        return rest.partition(b"(")[2].rpartition(b")")[0]
    inside = rest[:-1]
    escaped = re.sub(rb"\\x([0-9a-fA-F]{1,2})", lambda found: bytes([int(found[1], 16)]), inside)
    escaped = re.sub(rb"\\([0-7]{1,3})", lambda found: bytes([int(found[1], 8) & 0xFF]), escaped)
    return re.sub(rb"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), escaped)


CHECKS = (no_text_of_a_test, no_numbers_of_a_test, no_special_case_of_a_test)
