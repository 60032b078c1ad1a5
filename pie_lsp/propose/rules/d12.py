"""D12: erasing one element after the other moves the rest every time; `remove_if` moves each once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import is_plain
from pie_lsp.cpp.effects import effects_of, is_library_call, pure_function
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.idioms import MethodCall, body_statements, library_name, method_call, says, sole_expression
from pie_lsp.cpp.library import VALUES
from pie_lsp.cpp.scope import Storage, Variable, walk
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import can_include, fresh_name, has_blank_code, include, indentation, line_end
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions
from pie_lsp.values.candidate import Grant
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_CATCHES = re.compile(rb"\b(?:catch|set_terminate|exception_ptr|current_exception)\b")
_THROWERS = frozenset({b"at", b"substr", b"compare", b"test"})
_LIMITS = frozenset(b"INT_MAX INT_MIN LONG_MAX LONG_MIN LLONG_MAX LLONG_MIN UINT_MAX CHAR_BIT".split())


@dataclass(frozen=True, slots=True)
class _Site:
    """A loop that does nothing but erase the elements for which `predicate` holds.

    place     the loop's own variable: an index or an iterator
    elements  where the predicate names the element: ``v[i]``, ``*it`` or the ``it->`` of ``it->first``
    """

    loop: Node
    container: Variable
    place: Variable
    predicate: Node
    elements: tuple[Node, ...]


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None or not can_include(analysis, b"algorithm") or analysis.is_in_macro(b"remove_if"):
        return
    may_catch = context.other_units or says(analysis, _CATCHES)
    for loop in analysis.of_type("for_statement"):
        site = _site(analysis, loop)
        if site is None or (may_catch and _may_throw(analysis, site.predicate)):
            continue
        if _is_sound(analysis, site):
            yield _rewrite(analysis, site)


def _rewrite(analysis: Analysis, site: _Site) -> Rewrite:
    name, item = site.container.name, fresh_name(analysis, b"item")
    remove_if = library_name(analysis, b"remove_if")
    outer = name + b".erase("
    inner = outer + remove_if + b"("
    head = inner + name + b".begin(), " + name + b".end()," + _line(analysis, site, len(inner))
    head += b"[&](const auto& " + item + b") { return "
    tail = b"; })," + _line(analysis, site, len(outer)) + name + b".end());"
    edits = [
        Edit(Span(site.loop.start_byte, site.predicate.start_byte), head),
        *(_named(analysis, node, item) for node in site.elements),
        Edit(Span(site.predicate.end_byte, site.loop.end_byte), tail),
    ]
    header = include(analysis, b"algorithm")
    return Rewrite(
        title="Remove all the elements in one pass",
        explanation="Every erase moves everything behind the element (O(n²) in all); remove_if moves each "
        "element that stays at most once (O(n)), in the same order.",
        edits=tuple(edits if header is None else [*edits, header]),
        grants=frozenset() if header is None else frozenset({Grant.INCLUDE}),
    )


def _line(analysis: Analysis, site: _Site, column: int) -> bytes:
    """A new line under the column of a parenthesis, or a blank where the loop shares its line."""
    start = site.loop.start_byte
    indent = indentation(analysis.file.data, start)
    return b" " if indent is None else line_end(analysis.file.data, start) + indent + b" " * column


def _named(analysis: Analysis, node: Node, item: bytes) -> Edit:
    if node.type == "field_expression":
        field = node.child_by_field_name("field") or node
        return Edit(Span(node.start_byte, field.start_byte), item + b".")
    return Edit(Span(node.start_byte, node.end_byte), item)


def _site(analysis: Analysis, loop: Node) -> _Site | None:
    initial, body = loop.child_by_field_name("initializer"), loop.child_by_field_name("body")
    declared = [
        v for v in analysis.scopes.variables if initial is not None and v.declaration.id == initial.id
    ]
    work = body_statements(body)
    if len(declared) != 1 or len(work) != 1 or work[0].type != "if_statement" or not declared[0].is_direct:
        return None
    condition = work[0].child_by_field_name("condition")
    predicate = condition.child_by_field_name("value") if condition is not None else None
    then = body_statements(work[0].child_by_field_name("consequence"))
    other = work[0].child_by_field_name("alternative")
    otherwise = body_statements(other.named_children[0]) if other is not None and other.named_children else ()
    place = declared[0]
    erase = _erase(analysis, then[0]) if then else None
    variable = analysis.resolve(erase.base) if erase is not None else None
    if erase is None or variable is None or predicate is None or predicate.type == "comma_expression":
        return None
    steps = [_spelled(analysis, statement) for statement in (*then[1:], *otherwise)]
    if not _has_shape(analysis, loop, place, variable, erase, steps, is_chosen=other is not None):
        return None
    elements = _elements(analysis, predicate, place, variable)
    return None if elements is None else _Site(loop, variable, place, predicate, elements)


def _erase(analysis: Analysis, statement: Node) -> MethodCall | None:
    """``v.erase(...)``, by itself or as ``it = v.erase(it)``."""
    expression = sole_expression(statement)
    if expression is not None and expression.type == "assignment_expression":
        target, value = expression.child_by_field_name("left"), expression.child_by_field_name("right")
        found = method_call(analysis, value)
        if found is None or target is None or len(found.arguments) != 1:
            return None
        same = analysis.text(target) == analysis.text(found.arguments[0]) and target.type == "identifier"
        return (
            found
            if same and found.name == b"erase" and _spelled(analysis, expression).count(b"=") == 1
            else None
        )
    found = method_call(analysis, expression)
    return found if found is not None and found.name == b"erase" and len(found.arguments) == 1 else None


def _has_shape(
    analysis: Analysis,
    loop: Node,
    place: Variable,
    variable: Variable,
    erase: MethodCall,
    steps: list[bytes],
    *,
    is_chosen: bool,
) -> bool:
    """Whether the loop visits every element once, in order, and erases the one that it looks at."""
    v, i = variable.name, place.name
    start = b"".join(analysis.text(place.value).split()) if place.value is not None else b""
    condition = _spelled(analysis, loop.child_by_field_name("condition"))
    update = _spelled(analysis, loop.child_by_field_name("update"))
    erased = _spelled(analysis, erase.arguments[0])
    assigns = erase.call.parent is not None and erase.call.parent.type == "assignment_expression"
    forward, back = {b"++" + i, i + b"++"}, {b"--" + i, i + b"--"}
    if assigns:
        ends = {i + b"!=" + v + b".end()"}
        starts_here = start == v + b".begin()" and condition in ends and erased == i
        return starts_here and not update and is_chosen and len(steps) == 1 and steps[0] in forward
    if erased not in (v + b".begin()+" + i,):
        return False
    upwards = start == b"0" and condition in (i + b"<" + v + b".size()", i + b"<(int)" + v + b".size()")
    if upwards and is_chosen:
        return not update and len(steps) == 1 and steps[0] in forward
    if upwards:
        return update in forward and len(steps) == 1 and steps[0] in back
    last = start in (v + b".size()-1", b"(int)" + v + b".size()-1")
    is_signed = place.type_text in (b"int", b"long", b"long long")
    return last and is_signed and condition == i + b">=0" and update in back and not steps and not is_chosen


def _spelled(analysis: Analysis, node: Node | None) -> bytes:
    return b"" if node is None else b"".join(analysis.text(node).rstrip(b"; \t\r\n").split())


def _elements(
    analysis: Analysis, predicate: Node, place: Variable, variable: Variable
) -> tuple[Node, ...] | None:
    """The mentions of the element, or None where the predicate uses the place or the container otherwise."""
    found: list[Node] = []
    own = {place.leaf.id, variable.leaf.id}
    for leaf in walk(predicate):
        resolved = analysis.resolve(leaf)
        if resolved is None or resolved.leaf.id not in own:
            continue
        node = _element_around(analysis, leaf, place, variable)
        if node is None:
            return None
        if node not in found:
            found.append(node)
    return tuple(found)


def _element_around(analysis: Analysis, leaf: Node, place: Variable, variable: Variable) -> Node | None:
    indexed = variable.name + b"[" + place.name + b"]"
    node = leaf.parent
    if node is not None and node.type == "subscript_argument_list":
        node = node.parent
    if node is None:
        return None
    spelled = _spelled(analysis, node)
    if node.type == "subscript_expression" and spelled == indexed:
        return node
    if node.type == "pointer_expression" and spelled == b"*" + place.name:
        return node
    is_arrow = node.type == "field_expression" and spelled.startswith(place.name + b"->")
    return node if is_arrow and _element_is_iterator(place) else None


def _element_is_iterator(place: Variable) -> bool:
    return place.value is not None and place.value.type == "call_expression"


def _is_sound(analysis: Analysis, site: _Site) -> bool:
    kind = variable_type(analysis, site.container)
    if kind is None or kind.is_const or not (kind.is_string or kind.is_one_of("vector", "deque")):
        return False
    if analysis.hides(site.loop) or not is_plain(analysis, kind.element):
        return False
    if any(analysis.is_in_macro(variable.name) for variable in (site.container, site.place)):
        return False
    gaps = (
        Span(site.loop.start_byte, site.predicate.start_byte),
        Span(site.predicate.end_byte, site.loop.end_byte),
    )
    if not all(has_blank_code(analysis.file.data, gap) for gap in gaps):
        return False
    effects = effects_of(analysis, site.predicate)
    if not effects.is_none or effects.written:
        return False
    if any(_looks_at_all(analysis, node, site) for node in walk(site.predicate)):
        return False
    return all(_stays_put(analysis, leaf, site) for leaf in walk(site.predicate))


def _may_throw(analysis: Analysis, predicate: Node) -> bool:
    """Whether the condition can throw in the middle, when the loop has erased what came before."""
    for node in walk(predicate):
        callee = node.child_by_field_name("function") if node.type == "call_expression" else None
        if callee is None:
            continue
        field = callee.child_by_field_name("field") if callee.type == "field_expression" else None
        name = analysis.text(field if field is not None else callee)
        if name in _THROWERS or (field is None and not is_library_call(analysis, node, VALUES)):
            return True
    return False


def _looks_at_all(analysis: Analysis, call: Node, site: _Site) -> bool:
    """Whether a function that the condition calls could see the container itself."""
    callee = call.child_by_field_name("function") if call.type == "call_expression" else None
    summary = pure_function(analysis, analysis.text(callee)) if callee is not None else None
    if summary is None:
        return False
    if site.container.is_reference and summary.globals_read:
        return True
    found = {name: analysis.scopes.lookup(name, analysis.function) for name in summary.globals_read}
    return site.container.name in found or not all(_is_value(analysis, seen) for seen in found.values())


def _is_value(analysis: Analysis, variable: Variable | None) -> bool:
    """Whether the variable holds all that it means, and no way to an element of something else."""
    if variable is None or variable.is_reference or variable.is_pointer or variable.is_binding:
        return False
    if variable.is_array:
        kind = analysis.names.type_of(variable.type_text)
        return variable.storage is not Storage.PARAMETER and is_plain(analysis, kind)
    return is_plain(analysis, variable_type(analysis, variable))


def _stays_put(analysis: Analysis, leaf: Node, site: _Site) -> bool:
    """Whether what `leaf` names cannot be an element, which would move while others are erased."""
    if leaf.type in ("lambda_expression", "this"):
        return False
    variable = analysis.resolve(leaf)
    if variable is None:
        return leaf.type != "identifier" or _is_known(analysis, leaf)
    if variable.leaf.id in (site.place.leaf.id, site.container.leaf.id):
        return True
    if not _is_value(analysis, variable):
        return False
    if variable.storage is Storage.MEMBER and site.container.storage is not Storage.MEMBER:
        return False
    # A container or array of the program's could be the one that a reference refers to.
    kind = variable_type(analysis, variable)
    is_value = variable.is_own or (kind is not None and kind.is_scalar)
    return is_value or not site.container.is_reference


def _is_known(analysis: Analysis, leaf: Node) -> bool:
    """A name of no variable: a function that is called, or a constant."""
    text = analysis.text(leaf)
    if text in analysis.names.macros:
        return analysis.names.macros[text].body.strip(b"()-").isdigit()
    node: Node = leaf
    while node.parent is not None and node.parent.type in ("qualified_identifier", "template_function"):
        node = node.parent
    call = node.parent
    is_callee = call is not None and call.child_by_field_name("function") == node
    return is_callee or text in _LIMITS


_BEFORE = """\
#include <iostream>
#include <vector>
using namespace std;

int main() {
    vector<int> dates;
    int today, x;
    cin >> today;
    while (cin >> x) dates.push_back(x);
    for (size_t i = 0; i < dates.size();) {
        if (dates[i] < today) {
            dates.erase(dates.begin() + i);
        } else {
            i++;
        }
    }
    cout << dates.size() << '\\n';
}
"""

RULE = Rule(
    document=RuleDocument(
        id="D12",
        title="Remove all the elements in one pass",
        what="Rewrites a loop that erases elements of a vector, deque or string one by one to one erase of "
        "what remove_if leaves behind.",
        when="The loop does nothing else, the condition has no side effects and looks at nothing of the "
        "container but the element, nothing in it could refer to an element, and the elements are plain "
        "values.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace(
            "#include <vector>\n", "#include <vector>\n#include <algorithm>\n"
        ).replace(
            """    for (size_t i = 0; i < dates.size();) {
        if (dates[i] < today) {
            dates.erase(dates.begin() + i);
        } else {
            i++;
        }
    }
""",
            """    dates.erase(remove_if(dates.begin(), dates.end(),
                          [&](const auto& item) { return item < today; }),
                dates.end());
""",
        ),
    ),
    revision=2,
    hint=mentions(rb"\.\s*erase\s*\(", rb"\bfor\b"),
    rewrites=_rewrites,
    grants=frozenset({Grant.INCLUDE}),
)
