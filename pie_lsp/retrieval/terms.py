"""What a program, or a sentence, is made of when it is searched for: terms. Knows no index."""

import re
from collections.abc import Callable
from itertools import pairwise

from pie_lsp.cpp.tokens import TokenKind, tokens

Terms = Callable[[bytes], list[bytes]]

_SEPARATOR = b"\0"
_WORD = re.compile(rb"[a-z0-9+]+")


def code_terms(source: bytes) -> list[bytes]:
    """Every token of `source` outside comments, and every two in a row.

    Names are taken as they are: in what people write they tell more than what a program looks like
    with all names alike.
    """
    found = [
        source[token.span.start : token.span.end]
        for token in tokens(source)
        if token.kind is not TokenKind.COMMENT
    ]
    return found + [_SEPARATOR.join(two) for two in pairwise(found)]


def text_terms(text: bytes) -> list[bytes]:
    """Every word of `text` in lower case, without the ending of a plural or of a third person."""
    return [word.removesuffix(b"s") for word in _WORD.findall(text.lower())]
