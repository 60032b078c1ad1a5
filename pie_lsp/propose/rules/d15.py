"""D15: `find(s.begin(), s.end(), k)` walks through a set that can look `k` up."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import effects_of, may_change
from pie_lsp.cpp.expressions import type_of
from pie_lsp.cpp.idioms import RangeCall, range_call
from pie_lsp.cpp.scope import ancestors
from pie_lsp.cpp.types import INTEGERS, CppType
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_NAMES = frozenset({b"find", b"count", b"lower_bound", b"upper_bound"})
_TRUTH = frozenset({"condition_clause", "parenthesized_expression", "unary_expression"})


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None:
        return
    found = [range_call(analysis, call, _NAMES) for call in analysis.of_type("call_expression")]
    edits = [_edit(analysis, site) for site in found if site is not None and _is_sound(analysis, site)]
    if edits:
        yield Rewrite(
            title="Look the key up with the set's own member function",
            explanation="The algorithm walks from element to element (O(n)); the member function uses the "
            "order or the hash of the set (O(log n) or O(1)).",
            edits=tuple(edits),
        )


def _edit(analysis: Analysis, site: RangeCall) -> Edit:
    start, end = site.call.start_byte, site.rest[0].start_byte
    return Edit(Span(start, end), analysis.text(site.container) + b"." + site.name + b"(")


def _is_sound(analysis: Analysis, site: RangeCall) -> bool:
    variable = analysis.resolve(site.container)
    kind = type_of(analysis, site.container)
    if variable is None or kind is None or len(site.rest) != 1 or len(kind.args) != 1:
        return False
    if analysis.hides(site.call) or analysis.is_in_macro(variable.name) or not _fits(kind, site, analysis):
        return False
    key = site.rest[0]
    effects = effects_of(analysis, key)
    if not effects.is_none or effects.written or may_change(analysis, effects, variable):
        return False
    return _same_key(analysis, kind.args[0], key)


def _fits(kind: CppType, site: RangeCall, analysis: Analysis) -> bool:
    """Whether the container has such a member function, with the same result where it is used."""
    if kind.is_one_of("set"):
        return site.name != b"count" or _is_truth(analysis, site.call)
    if kind.is_one_of("unordered_set"):
        return (site.name == b"find" and _is_found_test(analysis, site)) or (
            site.name == b"count" and _is_truth(analysis, site.call)
        )
    if kind.is_one_of("multiset"):
        if site.name == b"find":
            return _is_found_test(analysis, site)
        return site.name != b"count" or _is_truth(analysis, site.call)
    return False


def _is_found_test(analysis: Analysis, site: RangeCall) -> bool:
    """Whether the result is only compared with the end."""
    outer = site.call.parent
    if outer is None or outer.type != "binary_expression":
        return False
    sign = outer.child_by_field_name("operator")
    sides = {analysis.text(side).replace(b" ", b"") for side in outer.named_children if side != site.call}
    ends = {analysis.text(site.container) + b".end()", analysis.text(site.container) + b".cend()"}
    return sign is not None and analysis.text(sign) in (b"==", b"!=") and sides <= ends


def _is_truth(analysis: Analysis, call: Node) -> bool:
    """Whether a count is used where signed and unsigned numbers mean the same."""
    outer = call.parent
    while outer is not None and outer.type in _TRUTH:
        if outer.type == "condition_clause":
            return True
        if outer.type == "unary_expression":
            return analysis.text(outer).startswith(b"!")
        outer = outer.parent
    if outer is None:
        return False
    if outer.type == "init_declarator":
        written = outer.parent.child_by_field_name("type") if outer.parent is not None else None
        kind = analysis.names.type_of(analysis.text(written)) if written is not None else None
        return kind is not None and kind.is_integer
    sign = outer.child_by_field_name("operator")
    if outer.type != "binary_expression" or sign is None:
        return False
    if analysis.text(sign) in (b"&&", b"||"):
        return True
    # A negative number, which is a literal to the parser, becomes a huge unsigned one.
    other = [side for side in outer.named_children if not _holds(side, call)]
    return analysis.text(sign) in (b"==", b"!=", b">", b"<", b">=", b"<=") and all(
        analysis.text(side).isdigit() for side in other
    )


def _holds(outer: Node, inner: Node) -> bool:
    return outer == inner or any(node == outer for node in ancestors(inner))


def _same_key(analysis: Analysis, wanted: CppType, key: Node) -> bool:
    """Whether `key` converted to the set's key type finds what comparing it unconverted would find."""
    if wanted.is_string:
        found = type_of(analysis, key)
        return key.type == "string_literal" or (found is not None and found.is_string)
    found = type_of(analysis, key)
    if found is None or not wanted.is_integer or not found.is_integer:
        return False
    (have, signed), (need, keeps_sign) = INTEGERS[found.name], INTEGERS[wanted.name]
    return (
        found.name == wanted.name or (have < need and keeps_sign) or (signed == keeps_sign and have <= need)
    )


_BEFORE = """\
#include <algorithm>
#include <iostream>
#include <set>
using namespace std;

int main() {
    set<int> known;
    int x, repeated = 0;
    while (cin >> x) {
        if (find(known.begin(), known.end(), x) != known.end()) {
            repeated++;
        }
        known.insert(x);
    }
    cout << repeated << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="D15",
        title="Look the key up with the set's own member function",
        what="Rewrites find, count, lower_bound and upper_bound over a whole std::set, std::multiset or "
        "std::unordered_set to the container's member function.",
        when="The container has the default order, its keys are integers or strings, the key that is looked "
        "for converts to them without loss, and the result is used where both mean the same.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("find(known.begin(), known.end(), x)", "known.find(x)"),
    ),
    revision=2,
    hint=mentions(rb"\b(?:find|count|lower_bound|upper_bound)\s*\(\s*\w+\s*\.\s*begin\b"),
    rewrites=_rewrites,
)
