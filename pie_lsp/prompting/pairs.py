"""How a pair of the corpus is shown: both programs whole, or the one function in which they differ.

With the function stands what it uses of its program and the other program does not have.
"""

from collections.abc import Iterator

from pie_lsp.cpp.functions import Function, find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.prompting.contract import Example
from pie_lsp.prompting.items import Item, items
from pie_lsp.prompting.signatures import Header, header_of, may_become
from pie_lsp.retrieval.contract import Pair
from pie_lsp.values.span import Span


def shown(pair: Pair) -> Example:
    """`pair` as an example."""
    before, after = parse(pair.before), parse(pair.after)
    old, new = _only(before, pair.function), _only(after, pair.function)
    if old is None or new is None:
        return Example(_text(before.data), _text(after.data), pair.description)
    return Example(_code(before, old, after), _code(after, new, before), pair.description)


def may_be_imitated(pair: Pair) -> bool:
    """Whether an answer may do with its function's signature what `pair` does with its own.

    Where whole programs are shown, their functions are the program's own business.
    """
    if not pair.function:
        return True
    before, after = _header(pair.before, pair.function), _header(pair.after, pair.function)
    return before is None or after is None or may_become(before, after)


def _header(source: bytes, function: str) -> Header | None:
    file = parse(source)
    found = _only(file, function)
    return None if found is None else header_of(file, found)


def _only(file: ParsedFile, name: str) -> Function | None:
    """The one function called `name`; None where there is none, or more than one."""
    functions = find_functions(file).functions if name else ()
    found = [one for one in functions if name in (one.ref.name, one.ref.qualified_name)]
    return found[0] if len(found) == 1 else None


def _code(file: ParsedFile, function: Function, other: ParsedFile) -> str:
    """The function, behind what it uses of `file` that `other` does not have: the idea may stand there."""
    span = function.ref.span
    there = {tuple(_words(other, item.span)) for item in items(other)}
    own = [
        it for it in items(file) if not it.span.overlaps(span) and tuple(_words(file, it.span)) not in there
    ]
    waiting, needed = [span], list[Item]()
    while waiting:
        words = set(_words(file, waiting.pop()))
        found = [item for item in own if item not in needed and item.names & words]
        needed += found
        waiting += [item.span for item in found]
    spans = sorted((span, *(item.span for item in needed)))
    return "\n\n".join(_text(file.data[it.start : it.end]) for it in spans)


def _words(file: ParsedFile, span: Span) -> Iterator[bytes]:
    """The tokens in `span`, but for comments."""
    text = file.data[span.start : span.end]
    return (text[t.span.start : t.span.end] for t in tokens(text) if t.kind is not TokenKind.COMMENT)


def _text(code: bytes) -> str:
    return code.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n")
