"""S8: `strlen` in the condition of a loop that writes to the string counts it again every round."""

from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp import library
from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import is_plain
from pie_lsp.cpp.effects import effects_of, is_library_call
from pie_lsp.cpp.idioms import arguments, block_of, contains, is_always_run
from pie_lsp.cpp.intervals import value_range
from pie_lsp.cpp.scope import Storage, Variable, ancestors, walk
from pie_lsp.cpp.usage import Use, UseKind
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import fresh_name, replacement, statement_before
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, mentions

_STRLEN = frozenset({b"strlen"})
_CHARS = (b"char", b"const char")


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None:
        return
    for loop in analysis.of_type("for_statement", "while_statement"):
        call = _length_call(analysis, loop)
        variable = analysis.resolve(arguments(call)[0]) if call is not None else None
        if call is None or variable is None or not _keeps_length(analysis, loop, call, variable):
            continue
        name = fresh_name(analysis, variable.name + b"_length")
        declaration = b"const auto " + name + b" = " + analysis.text(call) + b";"
        yield Rewrite(
            title="Take the length of the string once, before the loop",
            explanation="strlen walks through the whole string in every round (O(n²) in all), since the "
            "compiler cannot know that the loop keeps the length; once before the loop is O(n).",
            edits=(statement_before(analysis.file, loop, declaration), replacement(call, name)),
        )


def _length_call(analysis: Analysis, loop: Node) -> Node | None:
    """The call of `strlen` that the condition always evaluates first."""
    condition = loop.child_by_field_name("condition")
    if condition is None or block_of(loop) is None or analysis.hides(loop):
        return None
    for node in walk(condition):
        if node.type == "call_expression" and is_library_call(analysis, node, _STRLEN):
            given = arguments(node)
            if len(given) == 1 and given[0].type == "identifier" and is_always_run(node, condition):
                return node
    return None


def _keeps_length(analysis: Analysis, loop: Node, call: Node, variable: Variable) -> bool:
    """Whether the loop neither shortens nor lengthens the string, nor makes the name mean another."""
    if variable.type_text.removeprefix(b"static ") not in _CHARS or not _is_text(variable):
        return False
    if analysis.is_in_macro(variable.name):
        return False
    uses = analysis.uses(variable)
    if variable.is_pointer and any(use.kind is UseKind.WRITE and use.is_whole for use in uses):
        return False
    inside = [use for use in uses if contains(loop, use.leaf)]
    if not all(_only_reads(analysis, use) or _writes_a_letter(analysis, loop, call, use) for use in inside):
        return False
    return _others_keep_away(analysis, loop, variable)


def _is_text(variable: Variable) -> bool:
    """An array of characters, or a pointer to characters that is a parameter."""
    nested = [outer.type for outer in _declarators(variable)]
    if variable.is_array:
        return nested.count("array_declarator") == 1 and not variable.is_pointer
    marks = (["pointer_declarator"], ["array_declarator"])
    return variable.is_pointer and nested in marks and variable.storage is Storage.PARAMETER


def _declarators(variable: Variable) -> Iterator[Node]:
    for outer in ancestors(variable.leaf):
        if outer.id == variable.declaration.id:
            return
        if outer.type != "init_declarator":
            yield outer


def _only_reads(analysis: Analysis, use: Use) -> bool:
    if use.in_lambda:
        return False
    if use.kind is UseKind.ARGUMENT and use.is_whole:
        return is_library_call(analysis, use.node, frozenset({b"strlen"}))
    if use.kind is UseKind.ARGUMENT:
        return is_library_call(analysis, use.node, library.VALUES)
    # Printing the whole string only reads it; any other flow of the pointer is an escape already.
    return use.kind is UseKind.READ


def _writes_a_letter(analysis: Analysis, loop: Node, call: Node, use: Use) -> bool:
    """Whether the use is ``s[i] = x``, where i is below the length and x is not the end mark."""
    target = use.expression
    if use.kind is not UseKind.WRITE or use.node.type != "assignment_expression":
        return False
    index = _index(target)
    if index is None or not _is_below_length(analysis, loop, call, index, use.node):
        return False
    found = value_range(analysis, use.node, target, loop)
    return found is not None and (
        (found[0] >= 1 and found[1] <= 127) or (found[0] >= -128 and found[1] <= -1)
    )


def _index(target: Node) -> Node | None:
    if target.type != "subscript_expression":
        return None
    holder = target.child_by_field_name("indices")
    inner = holder.named_children if holder is not None else []
    return inner[0] if len(inner) == 1 and inner[0].type == "identifier" else None


def _is_below_length(analysis: Analysis, loop: Node, call: Node, index: Node, write: Node) -> bool:
    """Whether `index` is the loop's counter, which starts at 0 or more and changes only between rounds."""
    condition, update = loop.child_by_field_name("condition"), loop.child_by_field_name("update")
    initial = loop.child_by_field_name("initializer")
    counter = analysis.resolve(index)
    if condition is None or update is None or initial is None or counter is None:
        return False
    # A length behind a cast to a narrower type is smaller at most.
    bound = call.parent if call.parent is not None and call.parent.type == "cast_expression" else call
    if bound.parent != condition:
        return False
    left, sign = condition.child_by_field_name("left"), condition.child_by_field_name("operator")
    if left is None or sign is None or analysis.text(sign) != b"<" or analysis.text(left) != counter.name:
        return False
    starts = counter.declaration.id == initial.id and counter.value is not None
    if not starts or not analysis.text(counter.value or index).isdigit() or not counter.is_direct:
        return False
    rises = {b"++" + counter.name, counter.name + b"++"}
    body = loop.child_by_field_name("body")
    steady = body is not None and counter.leaf.id not in effects_of(analysis, body).written
    return steady and b"".join(analysis.text(update).split()) in rises and contains(loop, write)


def _others_keep_away(analysis: Analysis, loop: Node, variable: Variable) -> bool:
    """Whether nothing in the loop but the name itself could write to the string."""
    effects = effects_of(analysis, loop)
    if effects.opaque:
        return False
    for other in _written(analysis, loop, effects.written):
        if other.leaf.id == variable.leaf.id:
            continue
        kind = analysis.names.type_of(other.type_text)
        if other.is_reference or other.is_pointer or not is_plain(analysis, kind):
            return False
        # A pointer that a caller gave cannot point into a variable that this call made.
        if not (variable.is_array or other.is_own or _is_number(analysis, other)):
            return False
    return True


def _is_number(analysis: Analysis, variable: Variable) -> bool:
    """A plain number, or an array of numbers other than characters."""
    kind = analysis.names.type_of(variable.type_text)
    return kind is not None and kind.is_scalar and kind.name not in ("char", "signed char", "unsigned char")


def _written(analysis: Analysis, loop: Node, written: frozenset[int]) -> list[Variable]:
    found = {}
    for leaf in walk(loop):
        variable = analysis.resolve(leaf)
        if variable is not None and variable.leaf.id in written:
            found[variable.leaf.id] = variable
    return list(found.values())


_BEFORE = """\
#include <cstring>
#include <iostream>
using namespace std;

char line[100001];

int main() {
    while (cin.getline(line, sizeof line)) {
        for (size_t i = 0; i < strlen(line); i++) {
            if (line[i] >= '0' && line[i] <= '9') line[i] = '#';
        }
        cout << line << '\\n';
    }
}
"""

RULE = Rule(
    document=RuleDocument(
        id="S8",
        title="Take the length of the string once, before the loop",
        what="Takes strlen(s) out of the condition of a for or while loop into a constant before it.",
        when="s is an array of characters or a parameter char*, the loop writes to it only at its counter "
        "and never the end mark, and nothing else in the loop could write to it.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace(
            "        for (size_t i = 0; i < strlen(line); i++)",
            "        const auto line_length = strlen(line);\n"
            "        for (size_t i = 0; i < line_length; i++)",
        ),
    ),
    revision=2,
    hint=mentions(rb"\b(?:for|while)\s*\([^{}]*\bstrlen\s*\("),
    rewrites=_rewrites,
)
