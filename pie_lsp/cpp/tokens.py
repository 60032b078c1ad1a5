"""A lexer of C++ bytes, as the compiler's first phases see them; knows nothing of syntax.

It reads bytes, not text: g++ does the same, so that a Shift-JIS character whose second byte is a backslash
continues a comment here as it does there. Digraphs are read, trigraphs are not (g++ ignores them by default).
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from pie_lsp.values.span import Span


class TokenKind(Enum):
    """What a token is."""

    COMMENT = "comment"
    DIRECTIVE = "directive"
    """A whole preprocessor line with its continuations and comments, without the line end."""
    STRING = "string"
    CHARACTER = "character"
    NUMBER = "number"
    WORD = "word"
    """An identifier or a keyword."""
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it stands."""

    kind: TokenKind
    span: Span


# A backslash at the end of a line continues it, even with blanks between, and even in a comment.
_ESCAPE = r"\\(?:[ \t\f\v]*(?:\r\n|\n|\r)|.|\Z)"
_LINE_COMMENT = rf"//(?>[^\\\r\n]+|{_ESCAPE})*+"
_BLOCK_COMMENT = r"/\*.*?(?:\*/|\Z)"
_COMMENT = rf"{_LINE_COMMENT}|{_BLOCK_COMMENT}"
# What is not closed ends with its line, or with the file. So no pattern ever runs ahead in vain, and even a
# file that was made to be slow is read in time that grows with its length alone.
_STRING = rf'(?:u8|[uUL])?"(?>[^"\\\r\n]+|{_ESCAPE})*+(?:"|(?=[\r\n])|\Z)'
_CHARACTER = rf"(?:u8|[uUL])?'(?>[^'\\\r\n]+|{_ESCAPE})*+(?:'|(?=[\r\n])|\Z)"
_NUMBER = r"\.?[0-9](?>[eEpP][+-]|'?[0-9A-Za-z_]|\.)*"
_WORD = r"[A-Za-z_$\x80-\xff][0-9A-Za-z_$\x80-\xff]*"
_PLAIN_WORD = rf"{_WORD}+(?![\"'])"
_OPERATOR = (
    r"<<=|>>=|<=>|->\*|\.\.\.|::|\+\+|--|&&|\|\||[-+*/%&|^=<>!]=|<<|>>|->|\.\*|<:(?!:)|:>|<%|%>|[^\s\\]|\\"
)
_SPLICE = r"\\[ \t\f\v]*(?:\r\n|\n|\r)"
_SPACE = rf"(?>[ \t\f\v\r\n]+|{_SPLICE})"


def _raw(group: str) -> str:
    return rf'(?:u8|[uUL])?R"(?P<{group}>[^()\\\s]{{0,16}})\(.*?(?:\)(?P={group})"|\Z)'


# `#` outside literals and comments can only begin a directive in valid code; so does the digraph `%:`.
_DIRECTIVE = (
    rf"(?:\#|%:)(?>[^\\\r\n\"'/uULR]+|{_ESCAPE}|{_COMMENT}|{_raw('inner')}|{_STRING}|{_CHARACTER}|[^\r\n])*+"
)


@cache
def _lexer() -> re.Pattern[bytes]:
    kinds = (
        ("space", _SPACE),
        ("COMMENT", _COMMENT),
        ("DIRECTIVE", _DIRECTIVE),
        ("STRING", rf"{_raw('outer')}|{_STRING}"),
        ("CHARACTER", _CHARACTER),
        ("NUMBER", _NUMBER),
        ("WORD", _WORD),
        ("PUNCTUATION", _OPERATOR),
    )
    return re.compile("|".join(f"(?P<{name}>{part})" for name, part in kinds).encode("latin-1"), re.DOTALL)


@cache
def _hidden() -> re.Pattern[bytes]:
    # Code is skipped up to the next thing that could hide something. Words are eaten whole, so that the R
    # of `FOOR"x"` begins no raw string; one before a quote is tried as the prefix of a literal first.
    plain = r"""(?>[^"'/\#%0-9A-Za-z_$\x80-\xff]+)"""
    kinds = (
        ("COMMENT", _COMMENT),
        ("DIRECTIVE", _DIRECTIVE),
        ("STRING", rf"{_raw('outer')}|{_STRING}"),
        ("CHARACTER", _CHARACTER),
    )
    named = "|".join(f"(?P<{name}>{part})" for name, part in kinds)
    return re.compile(
        rf"{named}|(?>(?:{plain}|{_NUMBER}|{_PLAIN_WORD})+)|{_WORD}|.".encode("latin-1"), re.DOTALL
    )


def tokens(data: bytes) -> Iterator[Token]:
    """Every token of `data` in its order, comments and directives included. Never fails.

    A literal that is not closed ends with its line, a raw string or a comment with the file.
    """
    for found in _lexer().finditer(data):
        kind = _kind(found)
        if kind is not None:
            yield Token(kind, Span(*found.span()))


def opaque(data: bytes) -> Iterator[Token]:
    """Only the comments, directives, strings and character literals of `data`, several times faster."""
    for found in _hidden().finditer(data):
        kind = _kind(found)
        if kind is not None:
            yield Token(kind, Span(*found.span()))


def directives(data: bytes) -> tuple[Token, ...]:
    """The preprocessor lines of `data`."""
    return tuple(token for token in opaque(data) if token.kind is TokenKind.DIRECTIVE)


def _kind(found: re.Match[bytes]) -> TokenKind | None:
    # The groups of a raw string's delimiter close before the group of the literal, so `lastgroup` is it.
    name = found.lastgroup
    return TokenKind[name] if name is not None and name != "space" else None


_BLANK = rf"[ \t\f\v\r\n]*+(?:(?=[/\\])(?:{_COMMENT}|{_SPLICE})[ \t\f\v\r\n]*+)*+"


@cache
def _words() -> re.Pattern[bytes]:
    # The commonest come first, since this runs over whole files whenever a file was edited.
    literal = rf"(?=[uULR\"'])(?:{_raw('outer')}|{_STRING}|{_CHARACTER})"
    parts = (_PLAIN_WORD, r"[;,()\[\]{}]", literal, _NUMBER, rf"(?!\#|%:)(?:{_WORD}|{_OPERATOR})")
    return re.compile(
        rf"(?:(?>({'|'.join(parts)})|({_DIRECTIVE}))){_BLANK}".encode("latin-1"),
        re.DOTALL,
    )


@cache
def _folding() -> re.Pattern[bytes]:
    literal = f"{_raw('inner')}|{_STRING}|{_CHARACTER}"
    blank = rf"(?>{_SPACE}|{_COMMENT})+"
    return re.compile(rf"(?P<literal>{literal})|{blank}".encode("latin-1"), re.DOTALL)


@cache
def _leading() -> re.Pattern[bytes]:
    return re.compile(rf"(?:\xef\xbb\xbf)?{_BLANK}".encode("latin-1"), re.DOTALL)


def fingerprint(data: bytes) -> str:
    """SHA-256 in hex over every token outside comments (issue: evidence of a whole translation unit).

    Space and comments alone do not change it; any token does. A directive counts with its line structure,
    its inner space folded, since space decides there what a macro is.
    """
    lead = _leading().match(data)
    code = data[lead.end() :] if lead else data
    parts = [found[0] or _folded(found[2]) for found in _words().findall(code)]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _folded(directive: bytes) -> bytes:
    body = directive.removeprefix(b"%:").removeprefix(b"#")
    return b"#" + _folding().sub(lambda found: found["literal"] or b" ", body).strip()
