"""D1: a vector that grows by `push_back` in a counted loop copies its elements again and again."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.idioms import (
    CountedLoop,
    body_statements,
    contains,
    counted_loop,
    method_call,
    says,
    sole_expression,
)
from pie_lsp.cpp.scope import Variable
from pie_lsp.cpp.usage import Use, UseKind
from pie_lsp.propose.completion import makes_all_rounds
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import statement_before
from pie_lsp.propose.reserving import reserve_statement, starts_empty_beside
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions

_CAPACITY = re.compile(rb"\bcapacity\b")
_APPENDS = frozenset({b"push_back", b"emplace_back"})


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None or says(analysis, _CAPACITY):
        return
    for node in analysis.of_type("for_statement", "for_range_loop"):
        loop = counted_loop(analysis, node)
        variable = _filled(analysis, loop) if loop is not None else None
        if loop is None or variable is None or not makes_all_rounds(analysis, loop):
            continue
        yield Rewrite(
            title="Reserve the vector's memory before the loop",
            explanation="A growing vector allocates and copies its elements about log2(n) times; after "
            "reserve it allocates once (O(n) either way).",
            edits=(statement_before(analysis.file, node, reserve_statement(variable.name, loop)),),
        )


def _filled(analysis: Analysis, loop: CountedLoop) -> Variable | None:
    """The vector to which every round of the loop appends exactly once."""
    for statement in body_statements(loop.body):
        append = method_call(analysis, sole_expression(statement))
        variable = analysis.resolve(append.base) if append is not None else None
        if append is None or variable is None or append.name not in _APPENDS or len(append.arguments) != 1:
            continue
        kind = variable_type(analysis, variable)
        is_vector = kind is not None and kind.is_one_of("vector") and variable.is_direct
        if (
            is_vector
            and starts_empty_beside(analysis, variable, loop.loop)
            and _grows_once(analysis, loop, variable)
        ):
            return variable
    return None


def _grows_once(analysis: Analysis, loop: CountedLoop, variable: Variable) -> bool:
    uses = analysis.uses(variable)
    if any(use.kind is UseKind.ESCAPE or use.in_lambda for use in uses):
        return False
    inside = [use for use in uses if contains(loop.loop, use.leaf)]
    return len(inside) == 1 and _is_unconditional(loop.body, inside[0])


def _is_unconditional(body: Node, use: Use) -> bool:
    return any(contains(statement, use.leaf) for statement in body_statements(body))


_BEFORE = """\
#include <iostream>
#include <vector>
using namespace std;

int main() {
    int n;
    cin >> n;
    vector<long long> squares;
    for (int i = 0; i < n; i++) {
        squares.push_back(1LL * i * i);
    }
    long long sum = 0;
    for (long long square : squares) sum += square % 7;
    cout << sum << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="D1",
        title="Reserve the vector's memory before the loop",
        what="Adds v.reserve(n) before a loop that appends one element to v in each of its n rounds.",
        when="v is a vector declared empty in the block of the loop and unused until then, the number of "
        "rounds is known before the loop, nothing can end it earlier and every round appends; a signed count "
        "is tested for being positive. Nothing in the program asks for a capacity.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace(
            "    for (int i = 0; i < n; i++)",
            "    if (n > 0) squares.reserve(n);\n    for (int i = 0; i < n; i++)",
        ),
    ),
    revision=2,
    hint=mentions(rb"\.\s*(?:push_back|emplace_back)\s*\(", rb"\bfor\b"),
    rewrites=_rewrites,
)
