"""Turns a definition from an answer into edits of the original: lines of the body, headers, helpers.

The original keeps its header and every line that the answer left alone, so that a small idea is a small edit.
Knows syntax; nothing of models.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from tree_sitter import Node

from pie_lsp.cpp.functions import Function
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.prompting.headers import include_edit, included, missing
from pie_lsp.prompting.items import Item, items, namespace_level
from pie_lsp.prompting.signatures import header_of
from pie_lsp.prompting.target import Target
from pie_lsp.propose.layout import line_end, line_start
from pie_lsp.values.candidate import Grant
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_MOST_COMPARED = 2000
"""Bodies with more lines are replaced whole, since comparing them takes quadratic time."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Edits of the original file, and the exceptions to the static guard that they need."""

    edits: tuple[Edit, ...]
    grants: frozenset[Grant]


def anchor(target: Target, answer: ParsedFile, definition: Function) -> Anchored:
    """What makes the selected function of `target` the `definition` in `answer`."""
    edits = list(_body(target, answer, definition))
    grants = {Grant.REWRITE}
    if header_of(target.file, target.function) != header_of(answer, definition):
        edits += _parameters(target, answer, definition)
        grants.add(Grant.SIGNATURE)
    helpers = _helpers(target, answer, definition)
    if helpers:
        edits.append(_insert(target, answer, helpers))
        grants.add(Grant.HELPER)
    headers = missing(target.file, included(answer.data), _new_words(target, answer, definition, helpers))
    if headers:
        edits.append(include_edit(target.file, headers))
        grants.add(Grant.INCLUDE)
    ordered = tuple(sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)))
    return Anchored(ordered, frozenset(grants))


def changes_elsewhere(target: Target, answer: ParsedFile, definition: Function) -> bool:
    """Whether `answer` changes any code that the edits of `anchor` would leave as it is."""
    helpers = [item.span for item in _helpers(target, answer, definition)]
    here = _code_outside(target.file, [target.function.ref.span])
    there = _code_outside(answer, [definition.ref.span, *helpers])
    return here != there or not set(included(target.file.data)) <= set(included(answer.data))


def written(target: Target, answer: ParsedFile, definition: Function) -> list[bytes]:
    """The tokens of `answer` in order, without those whose place `anchor` chooses: helpers and headers."""
    return _code_outside(answer, [item.span for item in _helpers(target, answer, definition)])


def _code_outside(file: ParsedFile, spans: Sequence[Span]) -> list[bytes]:
    """The tokens that lie in none of `spans`, without comments and without lines that include."""
    return [
        file.data[token.span.start : token.span.end].strip()
        for token in tokens(file.data)
        if token.kind is not TokenKind.COMMENT
        and not any(span.contains(token.span) for span in spans)
        and not (token.kind is TokenKind.DIRECTIVE and included(_bytes(file, token.span)))
    ]


def _body(target: Target, answer: ParsedFile, definition: Function) -> Iterator[Edit]:
    """Edits of whole lines of the body, the ends of its first and last line left alone."""
    span, new = target.function.ref.body, definition.ref.body
    before = _lines(target.file.data, Span(span.start + 1, span.end - 1))
    after = _indented(target, answer, definition, _lines(answer.data, Span(new.start + 1, new.end - 1)))
    after = _closed_alike(before, after)
    if max(len(before), len(after)) > _MOST_COMPARED:
        yield Edit(Span(span.start + 1, span.end - 1), b"".join(after))
        return
    starts = [span.start + 1]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield Edit(Span(starts[a], starts[b]), b"".join(after[c:d]))


def _indented(target: Target, answer: ParsedFile, definition: Function, lines: list[bytes]) -> list[bytes]:
    """The lines of a body as far to the right as the original stands, where the answer begins at the left."""
    wanted = _indentation(target.file.data, target.function.ref.header.start)
    if not wanted or _indentation(answer.data, definition.ref.header.start):
        return lines
    # The lines of a raw string are its content.
    if b'R"' in b"".join(lines):
        return lines
    first, *others = lines or [b""]
    return [first, *(wanted + line if line.strip() else line for line in others)]


def _closed_alike(before: list[bytes], after: list[bytes]) -> list[bytes]:
    """The closing brace stays where it stands on its line, where it is alone there in both versions."""
    if len(before) < 2 or len(after) < 2:
        return after
    kept = [] if before[-1].endswith((b"\n", b"\r")) else [before[-1]]
    if kept and kept[0].strip():
        return after
    if after[-1].endswith((b"\n", b"\r")):
        return [*after, *kept]
    return after if after[-1].strip() else [*after[:-1], *kept]


def _indentation(data: bytes, at: int) -> bytes:
    before = data[line_start(data, at) : at]
    return before if not before.strip() else b""


def _lines(data: bytes, span: Span) -> list[bytes]:
    return data[span.start : span.end].splitlines(keepends=True)


def _parameters(target: Target, answer: ParsedFile, definition: Function) -> Iterator[Edit]:
    """The parameters of the answer in the place of those of the original."""
    old, new = _list_of(target.function.node), _list_of(definition.node)
    if old is not None and new is not None:
        yield Edit(Span(old.start_byte + 1, old.end_byte - 1), answer.text(new)[1:-1])


def _list_of(node: Node) -> Node | None:
    declarator = node.child_by_field_name("declarator")
    while declarator is not None and declarator.type != "function_declarator":
        declarator = declarator.child_by_field_name("declarator")
    return declarator.child_by_field_name("parameters") if declarator is not None else None


def _helpers(target: Target, answer: ParsedFile, definition: Function) -> tuple[Item, ...]:
    """What the definition uses of what the answer declares and the original does not, in its order."""
    known = {name for item in target.items for name in item.names} | {target.name.encode()}
    span = definition.ref.span
    new = [
        item
        for item in items(answer)
        if item.names and not item.names & known and not item.span.overlaps(span) and item.is_helper
    ]
    waiting = [_bytes(answer, span)]
    needed: set[Item] = set()
    while waiting:
        words = _words(waiting.pop())
        for item in new:
            if item not in needed and item.names & words:
                needed.add(item)
                waiting.append(_bytes(answer, item.span))
    return tuple(item for item in new if item in needed)


def _insert(target: Target, answer: ParsedFile, helpers: tuple[Item, ...]) -> Edit:
    """The helpers before the function, or before the class around it, and before the comments above that."""
    node = namespace_level(target.function.node)
    while (comment := node.prev_sibling) is not None and comment.type == "comment":
        if comment.end_point.row + 1 < node.start_point.row:
            break
        node = comment
    data = target.file.data
    start = line_start(data, node.start_byte)
    at = start if not data[start : node.start_byte].strip() else node.start_byte
    end = line_end(data, at)
    return Edit(Span(at, at), b"".join(_bytes(answer, item.span) + end + end for item in helpers))


def _new_words(
    target: Target, answer: ParsedFile, definition: Function, helpers: tuple[Item, ...]
) -> set[bytes]:
    """Words that only the answer has."""
    spans = (definition.ref.span, *(item.span for item in helpers))
    found = {word for span in spans for word in _words(_bytes(answer, span))}
    return found - _words(target.file.data)


def _bytes(file: ParsedFile, span: Span) -> bytes:
    return file.data[span.start : span.end]


def _words(text: bytes) -> set[bytes]:
    return {text[t.span.start : t.span.end] for t in tokens(text) if t.kind is TokenKind.WORD}
