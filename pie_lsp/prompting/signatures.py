"""What of a function's header decides whether another definition is the same function. Knows tokens alone."""

from dataclasses import dataclass

from pie_lsp.cpp.functions import Function
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, tokens

_OF_NO_MATTER = frozenset(
    b"std :: static inline constexpr extern virtual override final friend noexcept explicit".split()
)
"""Words that may come and go without another function being meant: the original keeps its own."""

_REFERENCE = frozenset((b"const", b"&"))


@dataclass(frozen=True, slots=True)
class Header:
    """The tokens of a header that matter, the scopes before its name left out."""

    words: tuple[bytes, ...]

    @property
    def without_references(self) -> tuple[bytes, ...]:
        """The same, whether arguments are copied or not."""
        return tuple(word for word in self.words if word not in _REFERENCE)


def may_become(original: Header, answered: Header) -> bool:
    """Whether the answer's header is the original's, or differs in how arguments are passed alone."""
    return original.words == answered.words or original.without_references == answered.without_references


def header_of(file: ParsedFile, function: Function) -> Header:
    """The header of `function`."""
    ref = function.ref
    before = _words(file.data[ref.header.start : ref.name_span.start])
    while len(before) > 1 and before[-1] == b"::":
        before = _without_scope(before[:-1])
    after = _words(file.data[ref.name_span.start : ref.header.end])
    return Header(tuple(word for word in (*before, *after) if word not in _OF_NO_MATTER))


def _without_scope(words: list[bytes]) -> list[bytes]:
    """`words` without the name that ends them, and without its template arguments."""
    depth = 0
    for place in range(len(words) - 1, -1, -1):
        depth += words[place].count(b">") - words[place].count(b"<")
        if depth <= 0:
            # What stands before `<` is still the name.
            return words[: place - 1] if words[place] == b"<" and place else words[:place]
    return []


def _words(text: bytes) -> list[bytes]:
    hidden = (TokenKind.COMMENT, TokenKind.DIRECTIVE)
    return [text[t.span.start : t.span.end] for t in tokens(text) if t.kind not in hidden]
