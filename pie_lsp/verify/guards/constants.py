"""Evaluates the constant expressions that bounds are made of: literals, named constants, arithmetic.

Knows no variables; what is not constant has no value.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from pie_lsp.cpp.tokens import TokenKind, tokens

Value = int | Fraction

_MOST_TOKENS = 64
"""Longer expressions have no value here, so that a hostile file cannot exhaust the stack."""

_MOST_BITS = 256

_PRECEDENCE = {b"<<": 1, b">>": 1, b"+": 2, b"-": 2, b"*": 3, b"/": 3, b"%": 3}
_TYPE_WORDS = frozenset(
    b"int long short unsigned signed char double float bool size_t int32_t int64_t uint64_t const".split()
)
_SUFFIX = re.compile(r"(?i)(u|l|ul|lu|ll|ull|llu|z|uz|zu)$")
_FLOAT_SUFFIX = re.compile(r"(?i)[fl]$")


class _NoValueError(Exception):
    """The expression is not constant."""


def number(literal: bytes) -> Value | None:
    """The value of a number literal, in any base, with suffix and separators."""
    text = literal.decode("latin-1").replace("'", "")
    lower = text.lower()
    try:
        if lower.startswith("0x"):
            return None if "p" in lower or "." in lower else int(_SUFFIX.sub("", text), 16)
        if lower.startswith("0b"):
            return int(_SUFFIX.sub("", text), 2)
        if any(sign in lower for sign in ".e"):
            return _float(_FLOAT_SUFFIX.sub("", text))
        digits = _SUFFIX.sub("", text)
        return int(digits, 8) if digits.startswith("0") and len(digits) > 1 else int(digits)
    except ValueError:
        return None


def _float(text: str) -> Value | None:
    exponent = re.search(r"(?i)e([+-]?\d+)$", text)
    if exponent is not None and abs(int(exponent[1])) > _MOST_BITS:
        return None
    value = Fraction(text)
    return value.numerator if value.denominator == 1 else value


def evaluate(expression: bytes, known: Mapping[bytes, Value]) -> Value | None:
    """The value of a constant expression, None where it is not constant or not understood."""
    words: list[tuple[TokenKind, bytes]] = [
        (token.kind, expression[token.span.start : token.span.end])
        for token in tokens(expression)
        if token.kind is not TokenKind.COMMENT
    ]
    if not words or len(words) > _MOST_TOKENS:
        return None
    try:
        return _Evaluator(words, known).run()
    except _NoValueError:
        return None


class _Evaluator:
    """Precedence climbing over the tokens of one expression."""

    def __init__(self, words: list[tuple[TokenKind, bytes]], known: Mapping[bytes, Value]) -> None:
        self._words = words
        self._known = known
        self._at = 0

    def run(self) -> Value:
        value = self._expression(0)
        if self._at != len(self._words):
            raise _NoValueError
        return value

    def _next(self) -> bytes:
        return self._words[self._at][1] if self._at < len(self._words) else b""

    def _expression(self, least: int) -> Value:
        left = self._operand()
        while (precedence := _PRECEDENCE.get(self._next(), -1)) > least or (precedence == least > 0):
            operator = self._next()
            self._at += 1
            left = _apply(operator, left, self._expression(precedence + 1))
        return left

    def _operand(self) -> Value:
        if self._at >= len(self._words):
            raise _NoValueError
        kind, word = self._words[self._at]
        self._at += 1
        if word in (b"+", b"-"):
            value = self._operand()
            return -value if word == b"-" else value
        if word == b"(":
            return self._parenthesis()
        if kind is TokenKind.WORD and word in _TYPE_WORDS and self._next() == b"(":
            self._at += 1
            return int(self._parenthesis())
        value_of_word = number(word) if kind is TokenKind.NUMBER else self._known.get(word)
        if value_of_word is None:
            raise _NoValueError
        return value_of_word

    def _parenthesis(self) -> Value:
        """Behind an opening parenthesis: a cast, which is skipped, or an expression in parentheses."""
        start = self._at
        while self._next() in _TYPE_WORDS:
            self._at += 1
        if self._at > start and self._next() == b")":
            self._at += 1
            return self._operand()
        self._at = start
        value = self._expression(0)
        if self._next() != b")":
            raise _NoValueError
        self._at += 1
        return value


def _apply(operator: bytes, left: Value, right: Value) -> Value:
    if operator == b"+":
        return left + right
    if operator == b"-":
        return left - right
    if operator == b"*":
        return left * right
    if right == 0 and operator in (b"/", b"%"):
        raise _NoValueError
    if operator == b"/" and not (isinstance(left, int) and isinstance(right, int)):
        return Fraction(left) / right
    if not isinstance(left, int) or not isinstance(right, int):
        raise _NoValueError
    if operator in (b"/", b"%"):
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        return quotient if operator == b"/" else left - quotient * right
    if not 0 <= right <= _MOST_BITS:
        raise _NoValueError
    return left << right if operator == b"<<" else left >> right


def named_constants(definitions: Iterator[tuple[bytes, bytes]]) -> dict[bytes, Value]:
    """The values of names in the order of their definitions; a name with two values has none."""
    known: dict[bytes, Value] = {}
    ambiguous: set[bytes] = set()
    for name, expression in definitions:
        value = evaluate(expression, known)
        if name in known and known[name] != value:
            ambiguous.add(name)
        elif value is not None:
            known[name] = value
    return {name: value for name, value in known.items() if name not in ambiguous}
