"""How a pair of the corpus is shown: its function alone where only that differs, else both programs whole."""

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.prompting.contract import Example
from pie_lsp.retrieval.contract import Pair


def shown(pair: Pair) -> Example:
    """`pair` as an example."""
    return Example(_code(pair.before, pair.function), _code(pair.after, pair.function), pair.description)


def _code(source: bytes, function: str) -> str:
    found = [
        one.ref.span
        for one in (find_functions(parse(source)).functions if function else ())
        if function in (one.ref.name, one.ref.qualified_name)
    ]
    code = source[found[0].start : found[0].end] if len(found) == 1 else source
    return code.decode("utf-8", "replace").replace("\r\n", "\n").strip("\n")
