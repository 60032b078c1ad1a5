"""D21: sorting everything to read one element; finding that element is linear."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.effects import effects_of, may_change
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.idioms import RangeCall, body_statements, contains, library_name, range_call, statement_in
from pie_lsp.cpp.scope import Variable, ancestors, walk
from pie_lsp.cpp.usage import Use, UseKind
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import indentation, line_start
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions
from pie_lsp.propose.values_only import leaves_no_handle, only_looks
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_SORTS = frozenset({b"sort", b"stable_sort"})
_BINDS_CLOSER = frozenset({"field_expression", "subscript_expression", "call_expression"})
_STATEMENTS = frozenset({"expression_statement", "declaration", "return_statement"})
_NOT_ALWAYS = frozenset({"lambda_expression", "conditional_expression"})
_ORDER = re.compile(rb"(?:std::)?(greater|less)<(.*)>\(\)")
_FOUND_BY = (b"min_element", b"max_element", b"nth_element")


@dataclass(frozen=True, slots=True)
class _Site:
    """A sorted container and everything that is read from it afterwards."""

    sort: RangeCall
    statement: Node
    variable: Variable
    elements: tuple[Node, ...]


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None or any(analysis.is_in_macro(name) for name in _FOUND_BY):
        return
    for call in analysis.of_type("call_expression"):
        sort = range_call(analysis, call, _SORTS)
        site = _site(analysis, sort) if sort is not None else None
        if site is not None:
            yield from _rewrite(analysis, site)


def _site(analysis: Analysis, sort: RangeCall) -> _Site | None:
    statement, variable = sort.call.parent, analysis.resolve(sort.container)
    if statement is None or statement.type != "expression_statement" or variable is None:
        return None
    if _has_comment(statement):
        return None
    if not _is_own_sequence(analysis, variable) or not _in_its_block(statement, variable):
        return None
    uses = analysis.uses(variable)
    if any(use.kind is UseKind.ESCAPE or use.in_lambda for use in uses) or _is_moved_in(analysis, variable):
        return None
    earlier = [use for use in uses if use.leaf.start_byte < statement.start_byte]
    if not all(leaves_no_handle(analysis, use) for use in earlier):
        return None
    later = [use for use in uses if use.leaf.start_byte >= statement.end_byte]
    elements = [_element(analysis, use, variable) for use in later if not _ignores_order(use)]
    known = tuple(element for element in elements if element is not None)
    block = statement.parent
    if not known or len(known) != len(elements) or block is None:
        return None
    calm = all(_runs_always(analysis, block, statement, element) for element in known)
    return _Site(sort, statement, variable, known) if calm else None


def _has_comment(statement: Node) -> bool:
    """Whether a comment on the same line speaks of the sort, and would be wrong without it."""
    following = statement.next_sibling
    same_line = following is not None and following.start_point.row == statement.end_point.row
    return same_line and following is not None and following.type == "comment"


def _is_moved_in(analysis: Analysis, variable: Variable) -> bool:
    """Whether the container took over the elements of another, to which there may be iterators."""
    return variable.value is not None and b"move" in analysis.text(variable.value)


def _is_own_sequence(analysis: Analysis, variable: Variable) -> bool:
    kind = variable_type(analysis, variable)
    if not variable.is_own or not variable.is_direct or kind is None or kind.element is None:
        return False
    # Zeros of both signs are equal floating-point numbers, but they print differently.
    plain = kind.element.is_integer or kind.element.is_string
    return kind.is_one_of("vector", "deque", "string") and plain


def _in_its_block(statement: Node, variable: Variable) -> bool:
    """Whether the container ends together with the block of the sort, so that no later round sees it."""
    block = statement.parent
    if block is None or block.type != "compound_statement":
        return False
    if variable.declaration.type.endswith("parameter_declaration"):
        return block.parent == variable.scope and variable.scope.type == "function_definition"
    return variable.declaration.parent == block


def _ignores_order(use: Use) -> bool:
    return use.is_whole and use.kind is UseKind.METHOD and use.method in (b"size", b"empty")


def _element(analysis: Analysis, use: Use, variable: Variable) -> Node | None:
    """The expression that reads one element: ``v[k]``, ``v.front()`` or ``v.back()``."""
    if use.is_whole or not only_looks(analysis, use, variable.leaf.id):
        return None
    if use.kind is UseKind.ARGUMENT and not effects_of(analysis, use.node).is_none:
        return None
    parent = use.leaf.parent
    if parent is None:
        return None
    if parent.type == "subscript_expression":
        return parent
    call = parent.parent if parent.type == "field_expression" else None
    field = parent.child_by_field_name("field")
    named = field is not None and analysis.text(field) in (b"front", b"back")
    return call if named and call is not None and call.type == "call_expression" else None


def _runs_always(analysis: Analysis, block: Node, sort: Node, element: Node) -> bool:
    """Whether `element` is read whenever the sort ran, so that reading it early adds no fault."""
    holder = statement_in(block, element)
    if holder is None or holder.type not in _STATEMENTS or analysis.hides(block):
        return False
    for outer in ancestors(element):
        if outer == holder:
            break
        if outer.type in _NOT_ALWAYS or (outer.type == "binary_expression" and _short_circuits(outer)):
            return False
    between = [s for s in body_statements(block) if sort.end_byte <= s.start_byte <= holder.start_byte]
    if any(s.type not in _STATEMENTS or (s.type == "return_statement" and s != holder) for s in between):
        return False
    return not effects_of(analysis, *between).opaque


def _short_circuits(node: Node) -> bool:
    return any(child.type in ("&&", "||") for child in node.children)


def _rewrite(analysis: Analysis, site: _Site) -> Iterator[Rewrite]:
    forms = [_form(analysis, site.variable, element) for element in site.elements]
    extremes = [form in ("min", "max") for form in forms]
    if not site.sort.rest and all(extremes) and len(forms) <= 2:
        yield _with_extremes(analysis, site, forms)
    elif len({_spelled(analysis, element) for element in site.elements}) == 1:
        yield from _with_nth(analysis, site)


def _spelled(analysis: Analysis, node: Node) -> bytes:
    return b"".join(analysis.text(node).split())


def _form(analysis: Analysis, variable: Variable, element: Node) -> str:
    name, kind = variable.name, variable_type(analysis, variable)
    text = _spelled(analysis, element).removeprefix(name)
    if text == b"[0]" and kind is not None and kind.is_string:
        return "other"  # An empty string has an element 0, which no search finds.
    if text in (b"[0]", b".front()"):
        return "min"
    return "max" if text in (b".back()", b"[" + name + b".size()-1]") else "other"


def _with_extremes(analysis: Analysis, site: _Site, forms: list[str]) -> Rewrite:
    name = site.variable.name
    edits = [_deletion(analysis, site.statement)]
    for element, form in zip(site.elements, forms, strict=True):
        function = _called(analysis, site, form.encode() + b"_element")
        text = b"*" + function + b"(" + name + b".begin(), " + name + b".end())"
        if element.parent is not None and element.parent.type in _BINDS_CLOSER:
            text = b"(" + text + b")"
        edits.append(Edit(Span(element.start_byte, element.end_byte), text))
    return Rewrite(
        title="Find the extreme element instead of sorting",
        explanation="Sorting costs O(n log n), but only the smallest or largest element is read, "
        "which one pass finds (O(n)).",
        edits=tuple(edits),
    )


def _called(analysis: Analysis, site: _Site, function: bytes) -> bytes:
    """`function` with ``std::`` where the user wrote `sort` so, or where the word alone is not certain."""
    whole = site.sort.call.child_by_field_name("function")
    is_bare = whole is None or whole.id == site.sort.callee.id
    return library_name(analysis, function) if is_bare else b"std::" + function


def _deletion(analysis: Analysis, statement: Node) -> Edit:
    """Delete a statement, with its line where it has one of its own."""
    data = analysis.file.data
    start, end = statement.start_byte, statement.end_byte
    following = statement.next_sibling
    stop = following.start_byte if following is not None else end
    if indentation(data, start) is not None and indentation(data, stop) is not None:
        return Edit(Span(line_start(data, start), line_start(data, stop)), b"")
    return Edit(Span(start, stop), b"")


def _with_nth(analysis: Analysis, site: _Site) -> Iterator[Rewrite]:
    position = _position(analysis, site)
    if position is None:
        return
    at = site.sort.begin.end_byte
    callee = site.sort.call.child_by_field_name("function") or site.sort.callee
    if not all(_is_own_order(analysis, site.variable, node) for node in site.sort.rest):
        return
    yield Rewrite(
        title="Select the k-th element instead of sorting",
        explanation="Sorting costs O(n log n), but only one position of the result is read, "
        "which nth_element puts in place in O(n) on average.",
        edits=(
            Edit(Span(callee.start_byte, callee.end_byte), _called(analysis, site, b"nth_element")),
            Edit(Span(at, at), b", " + position),
        ),
    )


def _is_own_order(analysis: Analysis, variable: Variable, order: Node) -> bool:
    """``greater<T>()`` of the very type of the elements; of a narrower one, different ones are equal."""
    kind = variable_type(analysis, variable)
    found = _ORDER.fullmatch(b" ".join(analysis.text(order).split()).replace(b" ()", b"()"))
    if found is None or kind is None or kind.element is None:
        return False
    name, written = found.group(1), found.group(2)
    is_users = analysis.names.is_users(name) or analysis.scopes.lookup(name, order) is not None
    return not is_users and (not written or analysis.names.type_of(written) == kind.element)


def _position(analysis: Analysis, site: _Site) -> bytes | None:
    """The iterator to the element that is read, where it has the same value at the sort already."""
    name, element = site.variable.name, site.elements[0]
    if element.type == "call_expression":
        return name + (b".begin()" if b"front" in analysis.text(element) else b".end() - 1")
    holder = element.child_by_field_name("indices")
    inner = (
        [child for child in holder.named_children if child.type != "comment"] if holder is not None else []
    )
    if len(inner) != 1 or not _is_steady(analysis, site, inner[0]):
        return None
    text = analysis.text(inner[0])
    if text == b"0":
        return name + b".begin()"
    simple = inner[0].type in ("identifier", "number_literal", "call_expression", "parenthesized_expression")
    return name + b".begin() + " + (text if simple else b"(" + text + b")")


def _is_steady(analysis: Analysis, site: _Site, index: Node) -> bool:
    own = effects_of(analysis, index)
    if not own.is_none or own.written:
        return False
    block = site.statement.parent
    last = statement_in(block, site.elements[-1]) if block is not None else None
    if block is None or last is None:
        return False
    between = [
        s for s in body_statements(block) if site.statement.end_byte <= s.start_byte <= last.start_byte
    ]
    changed = effects_of(analysis, *between)
    for leaf in walk(index):
        variable = analysis.resolve(leaf)
        is_container = variable is not None and variable.leaf.id == site.variable.leaf.id
        if is_container and (leaf.parent is None or leaf.parent.type != "field_expression"):
            return False
        if variable is not None and may_change(analysis, changed, variable):
            return False
        if variable is not None and variable.declaration.start_byte > site.statement.start_byte:
            return False
    return not any(contains(node, index) and node.type == "lambda_expression" for node in analysis.nodes)


_BEFORE = """\
#include <algorithm>
#include <iostream>
#include <vector>
using namespace std;

int main() {
    vector<int> marks;
    int x;
    while (cin >> x) marks.push_back(x);
    if (marks.empty()) return 0;
    sort(marks.begin(), marks.end());
    cout << marks.back() << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="D21",
        title="Find the element instead of sorting",
        what="Rewrites a sort after which only the smallest, the largest or the k-th element is read to "
        "min_element, max_element or nth_element.",
        when="The container is a local vector, deque or string of integers or strings, ends with the "
        "block of the sort, is used for nothing else after it, nothing from before the sort refers to its "
        "elements, and the element is read, unchanged, whenever the sort ran.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("    sort(marks.begin(), marks.end());\n", "").replace(
            "marks.back()", "*max_element(marks.begin(), marks.end())"
        ),
    ),
    revision=2,
    hint=mentions(rb"\b(?:stable_)?sort\s*\(\s*\w+\s*\.\s*begin\b"),
    rewrites=_rewrites,
)
