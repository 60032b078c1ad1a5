"""D13: inserting at the front moves everything behind it, every time; append and reverse once."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import is_plain
from pie_lsp.cpp.effects import exits
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.idioms import LOOPS, MethodCall, block_of, contains, library_name, method_call, statement_in
from pie_lsp.cpp.scope import Variable, ancestors
from pie_lsp.cpp.usage import UseKind
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import can_include, include, statement_after
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions
from pie_lsp.values.candidate import Grant
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_WAYS_OUT = frozenset({"return_statement", "throw_statement", "goto_statement", "lambda_expression"})


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None or not can_include(analysis, b"algorithm") or analysis.is_in_macro(b"reverse"):
        return
    for node in analysis.of_type("call_expression"):
        insert = method_call(analysis, node)
        if insert is None or insert.name != b"insert" or len(insert.arguments) != 2:
            continue
        variable = analysis.resolve(insert.base)
        loop = _loop(variable, insert) if variable is not None else None
        if variable is not None and loop is not None and _is_sound(analysis, insert, variable, loop):
            yield _rewrite(analysis, insert, loop)


def _rewrite(analysis: Analysis, insert: MethodCall, loop: Node) -> Rewrite:
    name = analysis.text(insert.base)
    reverse = library_name(analysis, b"reverse") + b"(" + name + b".begin(), " + name + b".end());"
    method = insert.call.child_by_field_name("function")
    field = method.child_by_field_name("field") if method is not None else None
    edits = [
        Edit(Span(insert.arguments[0].start_byte, insert.arguments[1].start_byte), b""),
        statement_after(analysis.file, loop, reverse),
    ]
    if field is not None:
        edits.append(Edit(Span(field.start_byte, field.end_byte), b"push_back"))
    header = include(analysis, b"algorithm")
    return Rewrite(
        title="Append in the loop and reverse once after it",
        explanation="Every insertion at the front moves all elements behind it (O(n²) in all); appending "
        "and one reversal cost O(n).",
        edits=tuple(edits if header is None else [*edits, header]),
        grants=frozenset() if header is None else frozenset({Grant.INCLUDE}),
    )


def _loop(variable: Variable, insert: MethodCall) -> Node | None:
    """The loop around `insert` that stands in the same block as the declaration of `variable`."""
    block = variable.declaration.parent
    if block is None or block.type != "compound_statement":
        return None
    loop = statement_in(block, insert.call)
    return loop if loop is not None and loop.type in LOOPS else None


def _is_sound(analysis: Analysis, insert: MethodCall, variable: Variable, loop: Node) -> bool:
    if block_of(loop) is None or analysis.hides(loop) or any(exits(loop, _WAYS_OUT)):
        return False
    if not _is_fresh_sequence(analysis, variable) or not _is_front(analysis, insert):
        return False
    value = insert.arguments[1]
    statement = insert.call.parent
    if value.type == "initializer_list" or statement is None or statement.type != "expression_statement":
        return False
    uses = analysis.uses(variable)
    before = [use for use in uses if use.leaf.start_byte < loop.start_byte]
    inside = [use for use in uses if contains(loop, use.leaf)]
    # Its own two mentions: `v.insert(v.begin(), x)`.
    if before or len(inside) != 2 or not all(contains(insert.call, use.leaf) for use in inside):
        return False
    return all(use.kind is UseKind.METHOD and not use.in_lambda for use in inside)


def _is_fresh_sequence(analysis: Analysis, variable: Variable) -> bool:
    """A vector or string that this call of the function starts out empty."""
    if not variable.is_own or not variable.is_direct or variable.declaration.type != "declaration":
        return False
    kind = variable_type(analysis, variable)
    if (
        kind is None
        or not (kind.is_string or kind.is_one_of("vector"))
        or not is_plain(analysis, kind.element)
    ):
        return False
    value = variable.value
    empty = value is None or (kind.is_string and analysis.text(value) == b'""')
    # `vector<int> v(n);` is read as a function that returns a vector.
    plain = variable.leaf.parent is not None and not any(
        outer.type == "function_declarator" for outer in _declarators(variable)
    )
    return empty and plain


def _declarators(variable: Variable) -> Iterator[Node]:
    for outer in ancestors(variable.leaf):
        if outer.id == variable.declaration.id:
            return
        yield outer


def _is_front(analysis: Analysis, insert: MethodCall) -> bool:
    begin = method_call(analysis, insert.arguments[0])
    same = begin is not None and analysis.text(begin.base) == analysis.text(insert.base)
    return begin is not None and same and begin.name == b"begin" and not begin.arguments


_BEFORE = """\
#include <iostream>
#include <vector>
using namespace std;

int main() {
    vector<int> newest;
    int x;
    while (cin >> x) {
        newest.insert(newest.begin(), x);
    }
    for (int page : newest) {
        cout << page << '\\n';
    }
}
"""

RULE = Rule(
    document=RuleDocument(
        id="D13",
        title="Append in the loop and reverse once after it",
        what="Rewrites v.insert(v.begin(), x) in a loop to v.push_back(x), and reverses v after the loop.",
        when="v is a vector or string that is declared empty in the block of the loop, nothing else uses it "
        "before the loop ends, and the loop is left only by its end or by break.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace(
            "#include <vector>\n", "#include <vector>\n#include <algorithm>\n"
        ).replace(
            "newest.insert(newest.begin(), x);\n    }\n",
            "newest.push_back(x);\n    }\n    reverse(newest.begin(), newest.end());\n",
        ),
    ),
    revision=2,
    hint=mentions(rb"\.\s*insert\s*\(\s*\w+\s*\.\s*begin\b", rb"\b(?:for|while|do)\b"),
    rewrites=_rewrites,
    grants=frozenset({Grant.INCLUDE}),
)
