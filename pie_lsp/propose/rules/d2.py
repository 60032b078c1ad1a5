"""D2: a hash table that grows in a counted loop is rehashed again and again."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.idioms import CountedLoop, body_statements, contains, counted_loop
from pie_lsp.cpp.scope import Variable, walk
from pie_lsp.cpp.types import UNORDERED
from pie_lsp.cpp.usage import Use, UseKind
from pie_lsp.propose.completion import makes_all_rounds
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import statement_before
from pie_lsp.propose.reserving import reserve_statement, starts_empty_beside
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions

_INSERTS = frozenset({b"insert", b"emplace", b"try_emplace", b"insert_or_assign"})
_FILLS = mentions(rb"\bfor\b", rb"\.\s*(?:insert|(?:try_)?emplace)\b|\]")
_ORDERLESS = _INSERTS | {b"count", b"contains", b"size", b"empty", b"clear", b"at"}


def _hint(context: ProposeContext) -> bool:
    return b"unordered_" in context.file.data and _FILLS(context)


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None:
        return
    for variable in analysis.scopes.variables:
        loop = _loop(analysis, variable)
        if loop is not None:
            yield Rewrite(
                title="Reserve the hash table's buckets before the loop",
                explanation="A growing hash table allocates new buckets and moves every element about "
                "log2(n) times; after reserve it does so once, and no result depends on its order.",
                edits=(statement_before(analysis.file, loop.loop, reserve_statement(variable.name, loop)),),
            )


def _loop(analysis: Analysis, variable: Variable) -> CountedLoop | None:
    """The first loop that fills the table, where the table's order is never seen."""
    kind = variable_type(analysis, variable)
    if kind is None or not kind.is_one_of(*UNORDERED) or not variable.is_direct:
        return None
    uses = analysis.uses(variable)
    if not uses or not all(_ignores_order(analysis, use) for use in uses):
        return None
    first = min(uses, key=lambda use: use.leaf.start_byte)
    for node in analysis.of_type("for_statement", "for_range_loop"):
        if contains(node, first.leaf) and starts_empty_beside(analysis, variable, node):
            loop = counted_loop(analysis, node)
            inserting = any(contains(node, use.leaf) and _inserts(use) for use in uses)
            if loop is None or not inserting or not _is_as_long_as_data(analysis, loop):
                return None
            return loop if makes_all_rounds(analysis, loop) else None
    return None


def _inserts(use: Use) -> bool:
    return use.method in _INSERTS or not use.is_whole


def _ignores_order(analysis: Analysis, use: Use) -> bool:
    """Whether the use would be the same whatever the order of the elements."""
    if use.in_lambda:
        return False
    if not use.is_whole:
        return _is_subscript(use)
    if use.kind is not UseKind.METHOD:
        return False
    if use.method == b"find":
        return _is_compared(analysis, use.node)
    if use.method in (b"end", b"cend"):
        return _is_compared(analysis, use.node)
    return use.method in _ORDERLESS and _is_unused_or_value(use)


def _is_subscript(use: Use) -> bool:
    parent = use.leaf.parent
    return parent is not None and (parent.type == "subscript_expression" or _is_at(parent))


def _is_at(node: Node) -> bool:
    field = node.child_by_field_name("field")
    return node.type == "field_expression" and field is not None and field.text == b"at"


def _is_unused_or_value(use: Use) -> bool:
    """The iterator that an insertion returns could be moved on to the next element."""
    if use.method not in _INSERTS:
        return True
    outer = use.node.parent
    if outer is not None and outer.type == "field_expression":
        field = outer.child_by_field_name("field")
        return field is not None and field.text == b"second"
    return outer is not None and outer.type == "expression_statement"


def _is_compared(analysis: Analysis, call: Node) -> bool:
    outer = call.parent
    sign = outer.child_by_field_name("operator") if outer is not None else None
    is_binary = outer is not None and outer.type == "binary_expression"
    return is_binary and sign is not None and analysis.text(sign) in (b"==", b"!=")


def _is_as_long_as_data(analysis: Analysis, loop: CountedLoop) -> bool:
    """Whether the rounds are bounded by data that exists, so that no absurd number is reserved."""
    if loop.is_size:
        return True
    return any(_reads_input(analysis, statement) for statement in body_statements(loop.body))


def _reads_input(analysis: Analysis, statement: Node) -> bool:
    return statement.type == "expression_statement" and any(
        node.type == "identifier" and analysis.text(node) == b"cin" for node in walk(statement)
    )


_BEFORE = """\
#include <iostream>
#include <unordered_map>
using namespace std;

int main() {
    int n = 0;
    cin >> n;
    unordered_map<int, int> seen;
    long long pairs = 0;
    for (int i = 0; i < n; i++) {
        int x;
        cin >> x;
        pairs += seen[x];
        seen[x]++;
    }
    cout << pairs << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="D2",
        title="Reserve the hash table's buckets before the loop",
        what="Adds m.reserve(n) before a loop of n rounds that inserts into an unordered map or set.",
        when="m is declared empty in the block of the loop, nothing ever iterates over it or looks at its "
        "buckets, and the number of rounds is bounded by data that is there (a container, or input read "
        "every round).",
        example_before=_BEFORE,
        example_after=_BEFORE.replace(
            "    for (int i = 0; i < n; i++)",
            "    if (n > 0) seen.reserve(n);\n    for (int i = 0; i < n; i++)",
        ),
    ),
    revision=2,
    hint=_hint,
    rewrites=_rewrites,
)
