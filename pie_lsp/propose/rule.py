"""Turns a synchronous rule into a `Proposer`, and says what every rule must tell about itself.

A rule is a module of `pie_lsp.propose.rules` with one constant ``RULE``. It knows syntax alone.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.names import code_only
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, opaque
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.values.candidate import Candidate, Grant, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_PARALLEL = re.compile(rb"#\s*pragma\s+omp\b")
_THREADS = re.compile(rb"\b(?:thread|jthread|async|pthread_create|execution\s*::\s*par)\b")


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """What a rule says of itself, for people.

    what            what it rewrites
    when            the conditions under which it does so
    example_before  a whole program to which the rule applies
    example_after   the same program after the rule; tests check that the rule makes it so
    """

    id: str
    title: str
    what: str
    when: str
    example_before: str
    example_after: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One idea of a rule. The fields are those of `Candidate`."""

    title: str
    explanation: str
    edits: tuple[Edit, ...]
    grants: frozenset[Grant] = frozenset()
    may_add_ub: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A proposer that finds its candidates at once.

    revision  grows whenever the rule's candidates may change
    hint      cheap test whether the rule could apply: called on every cursor movement
    rewrites  what the rule proposes; only called where `hint` is true
    grants    every exception to the static guard that a rewrite of this rule may ask for
    """

    document: RuleDocument
    revision: int
    hint: Callable[[ProposeContext], bool]
    rewrites: Callable[[ProposeContext], Iterable[Rewrite]]
    grants: frozenset[Grant] = frozenset()

    @property
    def id(self) -> str:
        """Short and stable: "IO4"."""
        return self.document.id

    @property
    def version(self) -> str:
        """The revision, as every cache key carries it."""
        return str(self.revision)

    def prepare(self, context: ProposeContext) -> bool:
        """Whether the rule could have something to say about this function."""
        return self.hint(context)

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        """Yield the rule's candidates. What it must not touch it does not propose."""
        if not self.prepare(context):
            return
        # A large file takes long to analyse, and an editor's requests are answered meanwhile.
        for rewrite in await asyncio.to_thread(lambda: tuple(self.rewrites(context))):
            edits = in_order(rewrite.edits)
            if edits and is_permitted(context.file, edits) and rewrite.grants <= self.grants:
                yield Candidate(
                    function=context.function.ref,
                    title=rewrite.title,
                    explanation=rewrite.explanation,
                    edits=edits,
                    provenance=Provenance(self.id, self.version),
                    grants=rewrite.grants,
                    may_add_ub=rewrite.may_add_ub,
                )


def mentions(*patterns: bytes) -> Callable[[ProposeContext], bool]:
    """A hint: every one of `patterns` is found in the text of the function."""
    compiled = tuple(re.compile(pattern) for pattern in patterns)

    def hint(context: ProposeContext) -> bool:
        span = context.function.ref.span
        return all(pattern.search(context.file.data, span.start, span.end) for pattern in compiled)

    return hint


def analyse(context: ProposeContext) -> Analysis | None:
    """The analysis of the selected function; None where it is nothing to work on."""
    sources = (context.file.data, *context.local_headers)
    if any(_THREADS.search(code_only(source)) or _PARALLEL.search(source) for source in sources):
        return None
    analysis = Analysis(context.file, context.function.node, context.local_headers)
    return analysis if analysis.is_fit else None


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """`edits` sorted, with insertions at one place joined in the order in which they were given."""
    joined: dict[Span, bytes] = {}
    for edit in edits:
        joined[edit.span] = joined.get(edit.span, b"") + edit.replacement
    return tuple(Edit(span, text) for span, text in sorted(joined.items()))


def is_permitted(file: ParsedFile, edits: Sequence[Edit]) -> bool:
    """Whether no edit overlaps another, replaces what the parser did not see, a comment or a directive."""
    if any(one.span.end > two.span.start for one, two in pairwise(edits)):
        return False
    if any(_is_masked(file, edit.span) for edit in edits):
        return False
    first, last = edits[0].span.start, edits[-1].span.end
    near = [span for span in _untouchable(file.data) if span.end >= first and span.start <= last]
    return not any(_touches(edit.span, span) for edit in edits for span in near)


@lru_cache(maxsize=4)
def _untouchable(data: bytes) -> tuple[Span, ...]:
    """The comments and preprocessor lines of a file."""
    kinds = (TokenKind.COMMENT, TokenKind.DIRECTIVE)
    return tuple(token.span for token in opaque(data) if token.kind in kinds)


def _touches(edited: Span, forbidden: Span) -> bool:
    if len(edited):
        return edited.overlaps(forbidden)
    return forbidden.start < edited.start < forbidden.end


def _is_masked(file: ParsedFile, span: Span) -> bool:
    original = file.data[span.start : span.end]
    seen = file.masked[span.start : span.end]
    return any(
        one != two and one < 128 and one != 13  # A lone \r is shown to the parser as \n.
        for one, two in zip(original, seen, strict=True)
    )
