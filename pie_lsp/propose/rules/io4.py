"""IO4: synchronised, tied streams and `endl` cost a system call per line; together they go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tree_sitter import Node

from pie_lsp.cpp.library import STREAMS_OUT
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import captures
from pie_lsp.cpp.scope import ancestors
from pie_lsp.propose.chains import chain_operands
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import first_in_body, replacement
from pie_lsp.propose.order import read_order
from pie_lsp.propose.program import Program, may_buffer, read_program
from pie_lsp.propose.prompts import has_prompt
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument
from pie_lsp.propose.streams import hides_streams, leaves_width, works_before_main
from pie_lsp.values.candidate import Grant
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_WORKS_WITH_STREAMS = re.compile(rb"\b(?:cin|cout|getline|endl)\b")
_ENDLS = '((identifier) @endl (#eq? @endl "endl"))'
_MAINS = """(function_definition
    declarator: (function_declarator declarator: (identifier) @name (#eq? @name "main")))"""


def _hint(context: ProposeContext) -> bool:
    if context.interactive or context.other_units:
        return False
    span = context.function.ref.span
    is_main = context.function.ref.qualified_name == "main"
    place = (0, len(context.file.data)) if is_main else (span.start, span.end)
    return _WORKS_WITH_STREAMS.search(context.file.data, *place) is not None


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    plan = _plan(context.file, context.local_headers)
    if plan is None or context.function.node.has_error:
        return
    yield Rewrite(
        title="Buffer the standard streams and stop flushing every line",
        explanation="Synchronised, tied streams and endl cost a system call per line; without them the "
        "output is written in large blocks (system calls: one per line before, one per buffer after).",
        edits=plan.edits,
        grants=frozenset(_grants(context, plan)),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done in a file, whichever of its functions is selected; `main` is the body of main."""

    edits: tuple[Edit, ...]
    main: Span


@lru_cache(maxsize=4)
def _plan(file: ParsedFile, headers: tuple[bytes, ...]) -> _Plan | None:
    main = _main(file)
    body = main.child_by_field_name("body") if main is not None else None
    if main is None or main.has_error or body is None:
        return None
    program = read_program(file, headers)
    if not may_buffer(program) or has_prompt(file) or hides_streams(file, headers):
        return None
    if not program.is_unsynced and works_before_main(file, headers, program.names):
        return None
    order = read_order(file, headers, program.names)
    # A pending width would pad a printed character, but not what endl puts.
    if order.talks or order.may_lose_output or leaves_width(file, headers, program.names):
        return None
    calls = _missing_calls(program)
    if calls and b"ios" in program.names.macros:
        return None
    endls = [] if b"endl" in program.names.macros else list(_endls(file))
    edits = [replacement(node, b"'\\n'") for node in endls]
    if calls:
        edits.append(first_in_body(file, body, calls))
    return _Plan(tuple(edits), file.span(body)) if edits else None


def _main(file: ParsedFile) -> Node | None:
    names = captures(_MAINS, file.tree.root_node).get("name", [])
    found = [outer for name in names for outer in ancestors(name) if outer.type == "function_definition"]
    return found[0] if len(found) == 1 and found[0].parent == file.tree.root_node else None


def _missing_calls(program: Program) -> tuple[bytes, ...]:
    calls = []
    if not program.is_unsynced:
        calls.append(program.names.qualified(b"ios") + b"::sync_with_stdio(false);")
    if program.reads and not program.is_untied:
        calls.append(program.names.qualified(b"cin") + b".tie(nullptr);")
    return tuple(calls)


def _endls(file: ParsedFile) -> Iterator[Node]:
    for leaf in captures(_ENDLS, file.tree.root_node).get("endl", []):
        node = leaf.parent if leaf.parent is not None and leaf.parent.type == "qualified_identifier" else leaf
        if file.text(node) in (b"endl", b"std::endl") and _is_printed(file, node):
            yield node


def _is_printed(file: ParsedFile, node: Node) -> bool:
    """Whether `node` is an operand of a chain that begins with a standard stream, and is not padded."""
    chain = node.parent
    if chain is None or chain.type != "binary_expression" or chain.child_by_field_name("right") != node:
        return False
    operands = chain_operands(file, chain)
    if len(operands) < 2 or _in_unread_text(node):
        return False
    return file.text(operands[0]).removeprefix(b"std::") in STREAMS_OUT - {b"cerr", b"clog"}


def _in_unread_text(node: Node) -> bool:
    for outer in ancestors(node):
        if outer.is_error:
            return True
        if outer.type == "function_definition":
            return outer.has_error
    return False


def _grants(context: ProposeContext, plan: _Plan) -> Iterator[Grant]:
    function = context.function.ref.span
    for edit in plan.edits:
        if not function.contains(edit.span):
            is_start = not len(edit.span) and plan.main.contains(edit.span)
            yield Grant.MAIN if is_start else Grant.WHOLE_FILE


_BEFORE = """\
#include <iostream>
using namespace std;

int main() {
    long long sum = 0, x;
    while (cin >> x) {
        sum += x;
        cout << sum << endl;
    }
}
"""

RULE = Rule(
    document=RuleDocument(
        id="IO4",
        title="Buffer the standard streams and stop flushing every line",
        what="Adds ios::sync_with_stdio(false) and cin.tie(nullptr) at the start of main and prints '\\n' "
        "instead of endl, in the whole file, as one change; what is there already is not added again.",
        when="Nobody waits for the output while the program runs (not interactive, no prompt, no explicit "
        "flush, no pause, nothing is read after something was printed except in the next round of a loop), "
        "no function of C's stdio works on the standard streams, no global uses them before main, no "
        "padding waits for a line end, the program starts no thread or process, no exception may end it "
        "after it printed, and it consists of this file and its headers.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("endl", "'\\n'").replace(
            "int main() {\n",
            "int main() {\n    ios::sync_with_stdio(false);\n    cin.tie(nullptr);\n",
        ),
    ),
    revision=2,
    hint=_hint,
    rewrites=_rewrites,
    grants=frozenset({Grant.MAIN, Grant.WHOLE_FILE}),
)
