"""C2: `for (auto x : v)` copies every element; `const auto&` looks at it in place."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import is_costly, is_plain
from pie_lsp.cpp.effects import effects_of, may_change
from pie_lsp.cpp.expressions import type_of, variable_type
from pie_lsp.cpp.scope import Variable
from pie_lsp.cpp.types import CppType
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import insertion, reference_mark
from pie_lsp.propose.readonly import only_looked_at
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions
from pie_lsp.values.edit import Edit


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None:
        return
    edits: list[Edit] = []
    for loop in analysis.of_type("for_range_loop"):
        edits.extend(_site(analysis, loop))
    if edits:
        yield Rewrite(
            title="Look at the elements in place instead of copying them",
            explanation="The loop copies every element with what it owns (one allocation or more per "
            "round); a const reference copies nothing.",
            edits=tuple(edits),
        )


def _site(analysis: Analysis, loop: Node) -> Iterator[Edit]:
    written, source = loop.child_by_field_name("type"), loop.child_by_field_name("right")
    declared = loop.child_by_field_name("declarator")
    body = loop.child_by_field_name("body")
    if written is None or source is None or declared is None or body is None or analysis.hides(loop):
        return
    variables = [v for v in analysis.scopes.variables if v.declaration.id == loop.id]
    if any(v.is_reference or v.is_pointer for v in variables) or not variables:
        return
    if any(child.type == "type_qualifier" for child in loop.children):
        return
    root = _root(analysis, source)
    element = _element(analysis, source)
    if root is None or element is None or not _is_copied(analysis, written, element):
        return
    if not (is_plain(analysis, element) and is_costly(analysis, element) and _stays(analysis, root, body)):
        return
    if all(only_looked_at(analysis, one, variable_type(analysis, one)) for one in variables):
        yield insertion(written.start_byte, b"const ")
        yield reference_mark(analysis.file, written, declared)


def _root(analysis: Analysis, source: Node) -> Variable | None:
    """The variable that holds the container."""
    node: Node | None = source
    while node is not None and node.type == "subscript_expression":
        node = node.child_by_field_name("argument")
    return analysis.resolve(node) if node is not None else None


def _element(analysis: Analysis, source: Node) -> CppType | None:
    kind = type_of(analysis, source)
    # The elements of vector<bool> are no objects that a reference could refer to.
    if kind is None or (kind.is_one_of("vector") and kind.args and kind.args[0].name == "bool"):
        return None
    return kind.element


def _is_copied(analysis: Analysis, written: Node, element: CppType) -> bool:
    text = analysis.text(written)
    if text == b"auto":
        return True
    kind = analysis.names.type_of(text)
    return kind is not None and kind == element


def _stays(analysis: Analysis, root: Variable, body: Node) -> bool:
    """Whether nothing in the loop can change the container or an element of it."""
    if analysis.is_in_macro(root.name):
        return False
    effects = effects_of(analysis, body)
    return not effects.opaque and not may_change(analysis, effects, root)


_BEFORE = """\
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int main() {
    vector<string> words;
    string word;
    while (cin >> word) words.push_back(word);
    size_t longest = 0;
    for (auto candidate : words) {
        if (candidate.size() > longest) longest = candidate.size();
    }
    cout << longest << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="C2",
        title="Look at the elements in place instead of copying them",
        what="Rewrites for (auto x : v) to for (const auto& x : v).",
        when="Copying an element allocates or is large, x is only looked at, and nothing in the loop can "
        "change v or its elements.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("for (auto candidate", "for (const auto& candidate"),
    ),
    revision=2,
    hint=mentions(rb"\bfor\s*\([^;(){}]*[^:]:[^:]"),
    rewrites=_rewrites,
)
