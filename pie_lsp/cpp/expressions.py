"""The type of an expression where it can be read off the declarations; None everywhere else."""

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import field_type
from pie_lsp.cpp.scope import Variable
from pie_lsp.cpp.types import INTEGERS, CppType

_ULONG = CppType("unsigned long")
_INT = CppType("int")
_SIZES = frozenset({b"size", b"length"})
_ARITHMETIC = frozenset({b"+", b"-", b"*", b"/", b"%", b"&", b"|", b"^"})
_TRUTH = frozenset({b"<", b">", b"<=", b">=", b"==", b"!=", b"&&", b"||"})


def variable_type(analysis: Analysis, variable: Variable | None) -> CppType | None:
    """The value type of a variable, or of what a reference refers to."""
    if variable is None or variable.is_pointer or variable.is_array:
        return None
    if variable.is_binding:
        return _bound(analysis, variable)
    if analysis.names.is_users(variable.name) and variable.name in analysis.names.macros:
        return None
    if b"auto" in variable.type_text.split():
        return _deduced(analysis, variable)
    return analysis.names.type_of(variable.type_text)


def type_of(analysis: Analysis, node: Node) -> CppType | None:
    """The value type of an expression."""
    readers = {
        "identifier": _of_identifier,
        "parenthesized_expression": _of_parentheses,
        "number_literal": _of_number,
        "char_literal": _of_character,
        "subscript_expression": _of_subscript,
        "call_expression": _of_call,
        "field_expression": _of_field,
        "binary_expression": _of_binary,
        "cast_expression": _of_cast,
        "pointer_expression": _of_dereference,
    }
    reader = readers.get(node.type)
    return None if reader is None or analysis.hides(node) else reader(analysis, node)


def _of_identifier(analysis: Analysis, node: Node) -> CppType | None:
    return variable_type(analysis, analysis.resolve(node))


def _of_parentheses(analysis: Analysis, node: Node) -> CppType | None:
    return type_of(analysis, node.named_children[0]) if len(node.named_children) == 1 else None


def _of_number(analysis: Analysis, node: Node) -> CppType | None:
    text = analysis.text(node).lower().replace(b"'", b"")
    if text.isdigit() and not (text.startswith(b"0") and len(text) > 1):
        return _INT if int(text) < 1 << 31 else CppType("long")
    suffixes = {b"u": "unsigned int", b"ull": "unsigned long long", b"ll": "long long", b"l": "long"}
    digits = text.rstrip(b"ul")
    return (
        CppType(suffixes[text[len(digits) :]])
        if digits.isdigit() and text[len(digits) :] in suffixes
        else None
    )


def _of_character(analysis: Analysis, node: Node) -> CppType | None:
    return CppType("char") if analysis.text(node).startswith(b"'") else None


def _of_subscript(analysis: Analysis, node: Node) -> CppType | None:
    base = node.child_by_field_name("argument")
    if base is None:
        return None
    if base.type == "identifier":
        variable = analysis.resolve(base)
        if variable is not None and variable.is_array:
            return _array_element(analysis, variable)
        if variable is not None and variable.is_pointer:
            return analysis.names.type_of(variable.type_text) if _depth(variable) == 1 else None
    found = type_of(analysis, base)
    return found.subscript if found is not None else None


def _array_element(analysis: Analysis, variable: Variable) -> CppType | None:
    return analysis.names.type_of(variable.type_text) if _depth(variable) == 1 else None


def _depth(variable: Variable) -> int:
    """How many array and pointer layers the declarator has."""
    count, node = 0, variable.leaf.parent
    while node is not None and node.id != variable.declaration.id:
        count += node.type in ("array_declarator", "pointer_declarator")
        node = node.parent
    return count


def _of_call(analysis: Analysis, node: Node) -> CppType | None:
    callee = node.child_by_field_name("function")
    if callee is None:
        return None
    if callee.type == "field_expression":
        return _of_method(analysis, callee)
    name = analysis.text(callee)
    bare = name.removeprefix(b"std::")
    is_library = name != bare or analysis.names.reaches_std(bare)
    if bare in (b"to_string", b"string") and is_library and not analysis.names.is_users(bare):
        return CppType("string", is_std=True)
    return None


def _of_method(analysis: Analysis, callee: Node) -> CppType | None:
    base, field = callee.child_by_field_name("argument"), callee.child_by_field_name("field")
    is_arrow = any(child.type == "->" for child in callee.children)
    reader = _pointee if is_arrow else type_of
    found = reader(analysis, base) if base is not None else None
    if found is None or not found.is_std or field is None:
        return None
    method = analysis.text(field)
    if method in _SIZES:
        return _ULONG
    if found.is_string and method == b"substr":
        return found
    return found.subscript if method in (b"at", b"front", b"back") else None


def _of_field(analysis: Analysis, node: Node) -> CppType | None:
    base, field = node.child_by_field_name("argument"), node.child_by_field_name("field")
    is_arrow = any(child.type == "->" for child in node.children)
    reader = _pointee if is_arrow else type_of
    found = reader(analysis, base) if base is not None else None
    if found is None or field is None:
        return None
    index = {b"first": 0, b"second": 1}.get(analysis.text(field))
    if found.is_one_of("pair") and index is not None:
        return found.args[index]
    return field_type(analysis, found, analysis.text(field))


def _of_dereference(analysis: Analysis, node: Node) -> CppType | None:
    inner = node.child_by_field_name("argument")
    return _pointee(analysis, inner) if inner is not None and node.children[0].type == "*" else None


def _pointee(analysis: Analysis, node: Node) -> CppType | None:
    """What an iterator declared as ``auto it = v.begin()`` stands at."""
    variable = analysis.resolve(node)
    value = variable.value if variable is not None else None
    if variable is None or value is None or variable.type_text != b"auto" or value.type != "call_expression":
        return None
    callee = value.child_by_field_name("function")
    base = callee.child_by_field_name("argument") if callee is not None else None
    field = callee.child_by_field_name("field") if callee is not None else None
    if base is None or field is None or analysis.text(field) not in (b"begin", b"cbegin", b"rbegin"):
        return None
    found = type_of(analysis, base)
    return found.element if found is not None else None


def _of_binary(analysis: Analysis, node: Node) -> CppType | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None:
        return None
    one, two = type_of(analysis, left), type_of(analysis, right)
    sign = analysis.text(operator)
    if one is not None and two is not None and one.is_integer and two.is_integer:
        if sign in _TRUTH:
            return CppType("bool")
        return _promoted(one, two) if sign in _ARITHMETIC else None
    strings = (one is not None and one.is_string) or (two is not None and two.is_string)
    return CppType("string", is_std=True) if sign == b"+" and strings else None


def _promoted(one: CppType, two: CppType) -> CppType:
    """The usual arithmetic conversions of integers ([expr.arith.conv])."""
    wide = [kind if INTEGERS[kind.name][0] >= 4 else _INT for kind in (one, two)]
    if INTEGERS[wide[0].name][0] != INTEGERS[wide[1].name][0]:
        return max(wide, key=lambda kind: INTEGERS[kind.name][0])
    return min(wide, key=lambda kind: INTEGERS[kind.name][1])


def _of_cast(analysis: Analysis, node: Node) -> CppType | None:
    target = node.child_by_field_name("type")
    return analysis.names.type_of(analysis.text(target)) if target is not None else None


def _bound(analysis: Analysis, variable: Variable) -> CppType | None:
    """The type of a name in ``for (auto [key, value] : map)``."""
    element, names = _deduced(analysis, variable), variable.leaf.parent
    if element is None or names is None or not element.is_one_of("pair", "tuple"):
        return None
    place = [child.id for child in names.named_children].index(variable.leaf.id)
    return element.args[place] if place < len(element.args) else None


def _deduced(analysis: Analysis, variable: Variable) -> CppType | None:
    if variable.declaration.type != "for_range_loop":
        return None
    source = variable.declaration.child_by_field_name("right")
    found = type_of(analysis, source) if source is not None else None
    return found.element if found is not None else None
