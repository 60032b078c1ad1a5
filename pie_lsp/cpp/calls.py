"""What is called: a function of the library or of this file; knows syntax and names alone."""

from collections.abc import Iterable

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.names import file_declarators, without_scope
from pie_lsp.cpp.scope import CLASSES, ancestors, enclosing

_PARAMETERS = frozenset({"parameter_declaration", "optional_parameter_declaration"})


def is_library_call(analysis: Analysis, call: Node, known: frozenset[bytes]) -> bool:
    """Whether `call` calls one of the standard functions `known`, and not something of that name."""
    callee = call.child_by_field_name("function")
    if callee is None:
        return False
    if callee.type == "template_function":
        callee = callee.child_by_field_name("name") or callee
    name = analysis.text(callee)
    bare = without_scope(name)
    if bare not in known:
        return False
    if name.startswith((b"std::", b"::std::")):
        return True
    if callee.type == "primitive_type" or bare.startswith(b"__builtin"):
        return True
    if callee.type != "identifier" or name != bare or analysis.names.is_users(bare):
        return False
    return analysis.scopes.lookup(bare, callee) is None


def sole_definition(analysis: Analysis, name: bytes) -> Node | None:
    """The only definition of a free function `name` in this file, not a template, not overloaded."""
    if name in analysis.names.macros:
        return None
    definitions = []
    for leaf in file_declarators(analysis.file):
        if without_scope(analysis.text(leaf)) != name:
            continue
        holder = next((outer for outer in ancestors(leaf) if not outer.type.endswith("_declarator")), None)
        if holder is None or leaf.type != "identifier" or enclosing(leaf, CLASSES):
            return None
        if holder.type == "function_definition":
            definitions.append(holder)
    if len(definitions) != 1 or definitions[0].parent is None:
        return None
    return definitions[0] if definitions[0].parent.type == "translation_unit" else None


def returns_value(analysis: Analysis, definition: Node) -> bool:
    """Whether the function returns an object or nothing: no reference, no pointer, nothing deduced."""
    declarator, written = definition.child_by_field_name("declarator"), definition.child_by_field_name("type")
    if declarator is None or declarator.type != "function_declarator" or written is None:
        return False
    if any(child.type == "trailing_return_type" for child in declarator.children):
        return False
    text = analysis.text(written)
    return text == b"void" or analysis.names.type_of(text) is not None


def taken_by(definition: Node, call: Node, leaf: Node) -> Node | None:
    """The parameter of `definition` that takes the one argument of `call` in which `leaf` stands."""
    declarator = definition.child_by_field_name("declarator")
    parameters = declarator.child_by_field_name("parameters") if declarator is not None else None
    given = call.child_by_field_name("arguments")
    if parameters is None or given is None:
        return None
    taken = [child for child in parameters.named_children if child.type in _PARAMETERS]
    around = {leaf.id, *(outer.id for outer in ancestors(leaf))}
    written = [node for node in given.named_children if node.type != "comment"]
    places = [number for number, child in enumerate(written) if child.id in around]
    return taken[places[0]] if len(places) == 1 and places[0] < len(taken) else None


def takes_a_look(analysis: Analysis, call: Node, leaf: Node) -> bool:
    """Whether the called function of this file takes the argument around `leaf` as a copy or as const.

    A parameter of another kind than a plain value, or a const reference to one, does not count.
    """
    callee = call.child_by_field_name("function")
    if callee is None or callee.type != "identifier" or analysis.resolve(callee) is not None:
        return False
    definition = sole_definition(analysis, analysis.text(callee))
    taken = taken_by(definition, call, leaf) if definition is not None else None
    written = taken.child_by_field_name("type") if taken is not None else None
    if taken is None or written is None or analysis.names.type_of(analysis.text(written)) is None:
        return False
    text = analysis.text(taken)
    return not any(mark in text for mark in (b"*", b"[", b"&&")) and (
        b"&" not in text or b"const" in text.split()
    )


def constructs(analysis: Analysis, callee: Node) -> bool:
    """Whether the call makes a value of a built-in type or of a class of the library."""
    kind = analysis.names.type_of(analysis.text(callee))
    return kind is not None and (kind.is_std or kind.is_scalar)


def declares_library_class(analysis: Analysis, node: Node) -> bool:
    """Whether the declaration around `node` makes values of the library, which copy what they are given."""
    declaration = node if node.type == "declaration" else node.parent
    written: Iterable[Node] = declaration.children_by_field_name("type") if declaration is not None else ()
    kinds = [analysis.names.type_of(analysis.text(part)) for part in written]
    return bool(kinds) and all(kind is not None and (kind.is_std or kind.is_scalar) for kind in kinds)
