"""C1: a container that is passed by value is copied for every call; a const reference copies nothing."""

import re
from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import is_costly, is_plain
from pie_lsp.cpp.effects import effects_of, sole_definition
from pie_lsp.cpp.expressions import variable_type
from pie_lsp.cpp.names import code_only
from pie_lsp.cpp.query import captures
from pie_lsp.cpp.scope import Variable, ancestors, enclosing
from pie_lsp.propose.argument_safety import argument_stays
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.layout import insertion, reference_mark
from pie_lsp.propose.readonly import is_parameter, only_looked_at
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse
from pie_lsp.values.candidate import Grant
from pie_lsp.values.edit import Edit

_PARAMETERS = frozenset({"parameter_declaration", "optional_parameter_declaration"})
_BORROWS = re.compile(rb"[&*]|\bauto\b|\bdecltype\b|_view\b|\bspan\b|iterator\b|reference")


def _hint(context: ProposeContext) -> bool:
    """Whether some parameter of a class type is taken by value."""
    return any(
        child.child_by_field_name("declarator") is not None
        and (child.child_by_field_name("declarator") or child).type == "identifier"
        and (child.child_by_field_name("type") or child).type
        not in ("primitive_type", "sized_type_specifier")
        for child in _parameters(context.function.node.child_by_field_name("declarator"))
    )


def _parameters(declarator: Node | None) -> list[Node]:
    while declarator is not None and declarator.type != "function_declarator":
        declarator = declarator.child_by_field_name("declarator")
    found = declarator.child_by_field_name("parameters") if declarator is not None else None
    return [child for child in found.named_children if child.type in _PARAMETERS] if found is not None else []


def _rewrites(context: ProposeContext) -> Iterator[Rewrite]:
    analysis = analyse(context)
    if analysis is None or not _is_free_function(analysis):
        return
    name = context.function.ref.name.encode()
    mentions = _mentions(context, analysis, name)
    if mentions is None or (context.other_units and b"static" not in _before_name(analysis).split()):
        return
    declarations, calls = mentions
    own = _parameters(analysis.function.child_by_field_name("declarator"))
    chosen = [
        number
        for number, node in enumerate(own)
        if _is_sound(analysis, name, _variable(analysis, node), number, calls)
    ]
    if not chosen or not _agree(analysis, own, declarations):
        return
    edits = [
        edit
        for parameters in (own, *(_parameters(node) for node in declarations))
        for number in chosen
        for edit in _edits(analysis, parameters[number])
    ]
    yield Rewrite(
        title="Pass the argument by const reference",
        explanation="Every call copies the argument with everything in it (O(n) per call); a reference "
        "costs O(1).",
        edits=tuple(edits),
        grants=frozenset({Grant.SIGNATURE}),
    )


def _is_free_function(analysis: Analysis) -> bool:
    """An ordinary function at file scope, that gives nothing of its arguments away."""
    function = analysis.function
    if function.parent is None or function.parent.type != "translation_unit":
        return False
    declarator = function.child_by_field_name("declarator")
    name = declarator.child_by_field_name("declarator") if declarator is not None else None
    if (
        declarator is None
        or declarator.type != "function_declarator"
        or name is None
        or name.type != "identifier"
    ):
        return False
    if any(child.type == "trailing_return_type" for child in declarator.children):
        return False
    same = sole_definition(analysis, analysis.text(name)) == function
    return same and analysis.text(name) != b"main" and not _BORROWS.search(_before_name(analysis))


def _before_name(analysis: Analysis) -> bytes:
    declarator = analysis.function.child_by_field_name("declarator")
    end = declarator.start_byte if declarator is not None else analysis.function.start_byte
    return analysis.file.data[analysis.function.start_byte : end]


def _mentions(
    context: ProposeContext, analysis: Analysis, name: bytes
) -> tuple[list[Node], list[Node]] | None:
    """Every declaration and every call; None where the name is used or hidden in any other way."""
    leaves = captures(f'((identifier) @name (#eq? @name "{name.decode()}"))', analysis.file.tree.root_node)
    word = re.compile(rb"\b%b\b" % re.escape(name))
    everywhere = len(word.findall(code_only(analysis.file.data)))
    found = leaves.get("name", [])
    hidden = name in analysis.names.macro_words or any(
        word.search(code_only(h)) for h in context.local_headers
    )
    if hidden or everywhere != len(found):
        return None
    declarations, calls = [], []
    for leaf in found:
        outer = leaf.parent
        if outer is None or any(node.is_error for node in ancestors(leaf)):
            return None
        if outer.type == "call_expression" and outer.child_by_field_name("function") == leaf:
            calls.append(outer)
        elif outer.type != "function_declarator" or outer.parent is None:
            return None
        elif outer.parent.type == "declaration" and outer.parent.parent == analysis.file.tree.root_node:
            declarations.append(outer)
        elif outer.parent != analysis.function:
            return None
    return declarations, calls


def _variable(analysis: Analysis, node: Node) -> Variable | None:
    found = [v for v in analysis.scopes.variables if v.declaration == node and is_parameter(v)]
    return found[0] if len(found) == 1 and found[0].is_direct else None


def _is_sound(
    analysis: Analysis, name: bytes, variable: Variable | None, number: int, calls: list[Node]
) -> bool:
    """Whether the parameter may refer to the argument instead of copying it."""
    kind = variable_type(analysis, variable)
    if variable is None or kind is None or not is_costly(analysis, kind) or not is_plain(analysis, kind):
        return False
    if not only_looked_at(analysis, variable, kind):
        return False
    body = analysis.function.child_by_field_name("body")
    if body is None or not calls:
        return False
    effects = effects_of(analysis, body, within=frozenset({name}))
    changes_nothing = not effects.opaque and not effects.indirect
    return all(_call_is_sound(analysis, call, variable, number, changes_nothing) for call in calls)


def _call_is_sound(
    analysis: Analysis, call: Node, parameter: Variable, number: int, changes_nothing: bool
) -> bool:
    caller = enclosing(call, frozenset({"function_definition"}))
    if caller is None or caller.has_error:
        return False
    inside = analysis if caller == analysis.function else Analysis(analysis.file, caller, analysis.headers)
    return argument_stays(inside, call, number, parameter, changes_nothing)


def _agree(analysis: Analysis, own: list[Node], declarations: list[Node]) -> bool:
    """Whether every declaration is of this very function, with the same types in the same words."""
    wanted = [_type_words(analysis, node) for node in own]
    return all([_type_words(analysis, node) for node in _parameters(d)] == wanted for d in declarations)


def _type_words(analysis: Analysis, node: Node) -> list[bytes]:
    declarator = node.child_by_field_name("declarator")
    default = node.child_by_field_name("default_value")
    end = declarator.start_byte if declarator is not None else node.end_byte
    if declarator is None and default is not None:
        end = default.start_byte
    text = analysis.file.data[node.start_byte : end].replace(b"std::", b"").replace(b"=", b" ")
    marks = [declarator.type] if declarator is not None and declarator.type != "identifier" else []
    return [*text.split(), *(mark.encode() for mark in marks)]


def _edits(analysis: Analysis, node: Node) -> Iterator[Edit]:
    written = node.child_by_field_name("type")
    qualifiers = [child for child in node.children if child.type == "type_qualifier"]
    if written is None:
        return
    last = max([written, *qualifiers], key=lambda child: child.end_byte)
    if not any(analysis.text(child) == b"const" for child in qualifiers):
        yield insertion(node.start_byte, b"const ")
    yield reference_mark(analysis.file, last, node.child_by_field_name("declarator"))


_BEFORE = """\
#include <iostream>
#include <string>
#include <vector>
using namespace std;

int total(vector<int> values, int from) {
    int sum = 0;
    for (size_t i = from; i < values.size(); i++) sum += values[i];
    return sum % 1000;
}

int main() {
    vector<int> values;
    int x;
    while (cin >> x) {
        values.push_back(x % 1000);
        cout << total(values, (int)values.size() - 1) << '\\n';
    }
}
"""

RULE = Rule(
    document=RuleDocument(
        id="C1",
        title="Pass the argument by const reference",
        what="Rewrites a parameter f(vector<T> v) to f(const vector<T>& v), in all its declarations in "
        "the file.",
        when="The parameter is only looked at; nothing can change the argument while the call runs; the "
        "function is a free function that is only ever called, has no overload, and is not known to other "
        "files.",
        example_before=_BEFORE,
        example_after=_BEFORE.replace("total(vector<int> values,", "total(const vector<int>& values,"),
    ),
    revision=2,
    hint=_hint,
    rewrites=_rewrites,
    grants=frozenset({Grant.SIGNATURE}),
)
