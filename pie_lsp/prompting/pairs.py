"""How a pair of the corpus is shown: its function alone where only that differs, else both programs whole."""

from pie_lsp.cpp.functions import Function, find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.prompting.contract import Example
from pie_lsp.prompting.signatures import Header, header_of, may_become
from pie_lsp.retrieval.contract import Pair


def shown(pair: Pair) -> Example:
    """`pair` as an example."""
    return Example(_code(pair.before, pair.function), _code(pair.after, pair.function), pair.description)


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
    found = [one for one in find_functions(file).functions if _is_called(one, function)]
    return header_of(file, found[0]) if len(found) == 1 else None


def _is_called(one: Function, name: str) -> bool:
    return name in (one.ref.name, one.ref.qualified_name)


def _code(source: bytes, function: str) -> str:
    found = [
        one.ref.span
        for one in (find_functions(parse(source)).functions if function else ())
        if _is_called(one, function)
    ]
    code = source[found[0].start : found[0].end] if len(found) == 1 else source
    return code.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n")
