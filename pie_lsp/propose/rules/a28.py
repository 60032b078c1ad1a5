"""A28: a call that gives the same in every round of a loop is made again in every round."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import Effects, effects_of, may_change, pure_function, sole_definition
from pie_lsp.cpp.idioms import LOOPS, arguments, block_of, contains, is_always_run, range_call
from pie_lsp.cpp.scope import ancestors, walk
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import fresh_name, replacement, statement_before
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions

_ANYWHERE = library.LOOKS_AT_ELEMENTS - {
    b"equal_range",
    b"minmax_element",
    b"distance",
    b"search",
    b"mismatch",
}
_HARMLESS_ARGUMENTS = frozenset(
    {"identifier", "number_literal", "char_literal", "string_literal", "string_content", "'", '"',
     "character", "escape_sequence", "-", "unary_expression", "true", "false", "namespace_identifier"}
)  # fmt: skip


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None:
        return
    seen: set[tuple[int, bytes]] = set()
    for call in analysis.of_type("call_expression"):
        loop = _loop_of_algorithm(analysis, call) or _loop_of_condition(analysis, call)
        if loop is None or (loop.id, _spelled(analysis, call)) in seen:
            continue
        seen.add((loop.id, _spelled(analysis, call)))
        yield _rewrite(analysis, call, loop)


def _rewrite(analysis: Analysis, call: Node, loop: Node) -> Rewrite:
    callee = _callee(analysis, call)
    site = range_call(analysis, call, _ANYWHERE)
    wish = callee + b"_value" if site is None else analysis.text(site.container) + b"_" + callee
    name = fresh_name(analysis, wish)
    same = [
        node
        for node in walk(loop)
        if node.type == "call_expression"
        and _spelled(analysis, node) == _spelled(analysis, call)
        and _names_the_same(analysis, node, call)
    ]
    declaration = b"const auto " + name + b" = " + analysis.text(call) + b";"
    return Rewrite(
        title=f"Call {callee.decode()} once, before the loop",
        explanation="The call gives the same in every round, and costs a pass over its data each time; "
        "before the loop it is made once (one pass instead of one per round).",
        edits=(
            statement_before(analysis.file, loop, declaration),
            *(replacement(node, name) for node in same),
        ),
        may_add_ub=callee == b"accumulate",
    )


def _callee(analysis: Analysis, call: Node) -> bytes:
    callee = call.child_by_field_name("function")
    return analysis.text(callee).rpartition(b"::")[2] if callee is not None else b""


def _spelled(analysis: Analysis, node: Node) -> bytes:
    return b" ".join(analysis.text(node).split())


def _names_the_same(analysis: Analysis, one: Node, two: Node) -> bool:
    first = [analysis.resolve(leaf) for leaf in walk(one) if leaf.type == "identifier"]
    second = [analysis.resolve(leaf) for leaf in walk(two) if leaf.type == "identifier"]
    return [v and v.leaf.id for v in first] == [v and v.leaf.id for v in second]


def _loop_of_algorithm(analysis: Analysis, call: Node) -> Node | None:
    """The outermost loop in which an algorithm over a whole container always gives the same.

    The algorithm has a result for every container, so it may run though the loop has no round at all.
    """
    site = range_call(analysis, call, _ANYWHERE)
    if site is None or any(node.type not in _HARMLESS_ARGUMENTS for rest in site.rest for node in walk(rest)):
        return None
    found = None
    for outer in ancestors(call):
        if outer.type == "lambda_expression" or outer == analysis.function:
            break
        if outer.type in LOOPS and block_of(outer) is not None and not _is_in_header(outer, call):
            if not _is_invariant(analysis, outer, call):
                break
            found = outer
    return found


def _is_in_header(loop: Node, call: Node) -> bool:
    """Whether the call is made before the first round anyway, once."""
    once = (loop.child_by_field_name("initializer"), loop.child_by_field_name("right"))
    return any(part is not None and contains(part, call) for part in once)


def _loop_of_condition(analysis: Analysis, call: Node) -> Node | None:
    """The loop whose condition always makes the call of a costly function that only computes."""
    loop = next((outer for outer in ancestors(call) if outer.type in LOOPS), None)
    condition = loop.child_by_field_name("condition") if loop is not None else None
    if loop is None or condition is None or loop.type == "do_statement" or block_of(loop) is None:
        return None
    if not contains(condition, call) or not is_always_run(call, condition):
        return None
    return loop if _is_costly_function(analysis, call) and _is_invariant(analysis, loop, call) else None


def _is_costly_function(analysis: Analysis, call: Node) -> bool:
    """A function of this file that loops or calls itself, changes nothing, and returns a value."""
    callee = call.child_by_field_name("function")
    if callee is None or callee.type != "identifier" or analysis.resolve(callee) is not None:
        return False
    name = analysis.text(callee)
    definition = sole_definition(analysis, name)
    body = definition.child_by_field_name("body") if definition is not None else None
    declarator = definition.child_by_field_name("declarator") if definition is not None else None
    if definition is None or body is None or declarator is None or declarator.type != "function_declarator":
        return False
    works = any(
        node.type in LOOPS or (node.type == "identifier" and analysis.text(node) == name)
        for node in walk(body)
    )
    return works and bool(arguments(call)) and pure_function(analysis, name) is not None


def _is_invariant(analysis: Analysis, loop: Node, call: Node) -> bool:
    """Whether nothing in `loop` changes what the call looks at."""
    if analysis.hides(loop):
        return False
    effects = effects_of(analysis, loop)
    own = effects_of(analysis, call)
    if effects.opaque or not own.is_none or own.written:
        return False
    if own.globals_read and effects.indirect and not _only_locals(analysis, call):
        return False
    return all(_stays(analysis, effects, loop, leaf) for leaf in walk(call))


def _only_locals(analysis: Analysis, call: Node) -> bool:
    """Whether the call is of the library, so that it sees nothing but its arguments."""
    return range_call(analysis, call, _ANYWHERE) is not None


def _stays(analysis: Analysis, effects: Effects, loop: Node, leaf: Node) -> bool:
    variable = analysis.resolve(leaf)
    if variable is None:
        return True
    inside = contains(loop, variable.leaf)
    return not inside and not variable.is_pointer and not may_change(analysis, effects, variable)


_BEFORE = """\
#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

int main() {
    vector<int> days;
    int x, hot = 0;
    while (cin >> x) days.push_back(x);
    for (size_t i = 0; i < days.size(); i++) {
        if (days[i] + 5 >= *max_element(days.begin(), days.end())) hot++;
    }
    cout << hot << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="A28",
        title="Make the call once, before the loop",
        what="Takes a call that gives the same in every round out of the loop into a constant before it.",
        when="It is a standard algorithm over a whole container, or a function of this file that only "
        "computes and is called in the loop's condition; nothing in the loop can change what the call "
        "looks at.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("*max_element(days.begin(), days.end())", "*days_max_element").replace(
            "    for (size_t",
            "    const auto days_max_element = max_element(days.begin(), days.end());\n    for (size_t",
        ),
    ),
    revision=2,
    hint=mentions(
        rb"\b(?:for|while|do)\b",
        rb"\b(?:" + b"|".join(sorted(_ANYWHERE)) + rb")\s*\(|\b(?:for|while)\s*\([^{}]*?[<>=!(]\s*\w+\s*\(",
    ),
    rewrites=_rewrites,
)
