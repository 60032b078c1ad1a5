"""S1: `s = s + x` copies the whole string for every piece; `s += x` appends in place."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import effects_of, may_change
from pie_lsp.cpp.expressions import type_of, variable_type
from pie_lsp.cpp.idioms import says
from pie_lsp.cpp.library import STANDARD_HEADERS
from pie_lsp.cpp.scope import Variable
from pie_lsp.cpp.types import CppType
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import insertion
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_PLUS = re.compile(rb"\boperator\s*\+(?!\+)")


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None or says(analysis, _PLUS) or not _is_all_seen(analysis):
        return
    edits: list[Edit] = []
    for node in analysis.of_type("assignment_expression"):
        edits.extend(_site(analysis, node))
    if edits:
        yield Rewrite(
            title="Append with += instead of copying the string",
            explanation="s = s + x makes a new string of the whole length every time (O(n) per append, "
            "O(n²) in a loop), while s += x appends in place (O(length of x), amortised).",
            edits=tuple(edits),
        )


def _is_all_seen(analysis: Analysis) -> bool:
    """Whether no header that nobody read could declare another ``+``."""
    includes = analysis.names.includes
    local = {found.name for found in includes if found.is_local}
    standard = all(found.is_local or found.name in STANDARD_HEADERS for found in includes)
    return standard and len(local) <= len(analysis.headers)


def _site(analysis: Analysis, node: Node) -> Iterator[Edit]:
    target, sign = node.child_by_field_name("left"), node.child_by_field_name("operator")
    value = node.child_by_field_name("right")
    if target is None or sign is None or value is None or target.type != "identifier":
        return
    if analysis.text(sign) != b"=" or analysis.hides(node) or not _is_statement(node):
        return
    variable = analysis.resolve(target)
    operands = _operands(analysis, value)
    if variable is None or not _is_string(analysis, variable) or len(operands) < 2:
        return
    first, second = operands[:2]
    if first.type != "identifier" or analysis.text(first) != analysis.text(target):
        return
    if analysis.is_in_macro(variable.name) or not _same_sum(analysis, operands):
        return
    if not all(_is_text(analysis, operand) for operand in operands[1:]):
        return
    effects = effects_of(analysis, *operands[1:])
    if not effects.is_none or may_change(analysis, effects, variable):
        return
    yield insertion(sign.start_byte, b"+")
    yield Edit(Span(first.start_byte, second.start_byte), b"")


def _is_statement(node: Node) -> bool:
    return node.parent is not None and node.parent.type in ("expression_statement", "for_statement")


def _is_string(analysis: Analysis, variable: Variable) -> bool:
    kind = variable_type(analysis, variable)
    return kind is not None and kind.is_string and not kind.is_const


def _operands(analysis: Analysis, value: Node) -> list[Node]:
    """The operands of a chain of `+` from left to right."""
    found: list[Node] = []
    node = value
    while node.type == "binary_expression":
        sign = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if sign is None or left is None or right is None or analysis.text(sign) != b"+":
            break
        found.insert(0, right)
        node = left
    return [node, *found]


def _is_text(analysis: Analysis, operand: Node) -> bool:
    """A string or a letter; ``s += 65`` appends a letter where ``s + 65`` is no sum of the library's."""
    kind = type_of(analysis, operand)
    if kind is None:
        return operand.type != "number_literal"
    return kind.is_string or kind == CppType("char")


def _same_sum(analysis: Analysis, operands: list[Node]) -> bool:
    """Whether the operands behind the first, added by themselves, are the string that was appended.

    `s + 'a' + 'b'` appends two letters, but `'a' + 'b'` is a number.
    """
    if len(operands) == 2:
        return True
    kinds = [type_of(analysis, operand) for operand in operands[1:3]]
    return any(kind is not None and kind.is_string for kind in kinds)


_BEFORE = """\
#include <iostream>
#include <string>
using namespace std;

int main() {
    string word, all;
    while (cin >> word) {
        all = all + word + ' ';
    }
    cout << all << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="S1",
        title="Append with += instead of copying the string",
        what="Rewrites s = s + x to s += x.",
        when="s is declared as a std::string, the sum begins with exactly s, what is added does not change "
        "s, has no side effects, and means the same when it is added by itself.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("all = all + word", "all += word"),
    ),
    revision=2,
    hint=mentions(rb"\b(\w+)\s*=\s*\1\s*\+"),
    rewrites=_rewrites,
)
