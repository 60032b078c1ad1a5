"""Which declaration a name inside one function refers to, by C++'s rules of scope.

It errs towards "unknown": a name that could be inherited, or comes from a macro or another file, resolves
to None. It knows nothing of what is done with variables.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from tree_sitter import Node

from pie_lsp.cpp.parsed import ParsedFile

SCOPES = frozenset(
    {
        "compound_statement", "for_statement", "for_range_loop", "if_statement", "while_statement",
        "switch_statement", "lambda_expression", "function_definition", "catch_clause",
    }
)  # fmt: skip
CLASSES = frozenset({"class_specifier", "struct_specifier", "union_specifier"})
_WRAPPERS = frozenset(
    {"reference_declarator", "pointer_declarator", "array_declarator", "parenthesized_declarator",
     "attributed_declarator", "init_declarator", "function_declarator", "pointer_type_declarator"}
)  # fmt: skip


class Storage(Enum):
    """Where a variable lives."""

    LOCAL = "local"
    PARAMETER = "parameter"
    GLOBAL = "global"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Variable:
    """One declared variable.

    leaf         the name in its declaration
    declaration  the declaration, parameter or loop that declares it
    scope        the region in which it can be named
    type_text    its type as written, declarators left out: ``const vector<int>``
    value        its initialiser, where it has one
    is_direct    neither a reference, nor a pointer, nor an array, nor part of a structured binding
    """

    name: bytes
    leaf: Node
    declaration: Node
    scope: Node
    storage: Storage
    type_text: bytes
    value: Node | None = None
    is_reference: bool = False
    is_pointer: bool = False
    is_array: bool = False
    is_binding: bool = False
    is_static: bool = False

    @property
    def is_direct(self) -> bool:
        """Whether the variable is itself an object of the written type."""
        return not (self.is_reference or self.is_pointer or self.is_array or self.is_binding)

    @property
    def is_own(self) -> bool:
        """Whether every call of the function has an object of its own here."""
        local = self.storage in (Storage.LOCAL, Storage.PARAMETER)
        return local and not self.is_static and not self.is_reference and not self.is_pointer


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, in the order of the file."""
    stack = [node]
    while stack:
        top = stack.pop()
        yield top
        stack.extend(reversed(top.children))


def ancestors(node: Node) -> Iterator[Node]:
    """What `node` stands in, the innermost first."""
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


def enclosing(node: Node, types: frozenset[str]) -> Node | None:
    """The innermost node around `node` that is of one of `types`."""
    return next((outer for outer in ancestors(node) if outer.type in types), None)


class Scopes:
    """The variables of one function, and of the class and file around it."""

    def __init__(self, file: ParsedFile, function: Node) -> None:
        self._file = file
        self._function = function
        found: dict[int, list[Variable]] = {}
        for variable in _variables(file, function):
            found.setdefault(variable.scope.id, []).append(variable)
        self._by_scope: Mapping[int, list[Variable]] = MappingProxyType(found)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Everything that is declared inside the function, parameters included."""
        return tuple(variable for several in self._by_scope.values() for variable in several)

    def resolve(self, leaf: Node) -> Variable | None:
        """The variable that the identifier `leaf` names; None where that is not certain."""
        return self.lookup(self._file.text(leaf), leaf)

    def lookup(self, name: bytes, at: Node) -> Variable | None:
        """The variable that `name` would mean at `at`."""
        for outer in (at, *ancestors(at)):
            visible = [
                variable
                for variable in self._by_scope.get(outer.id, ())
                if variable.name == name and variable.leaf.start_byte <= at.start_byte
            ]
            if visible:
                return max(visible, key=lambda variable: variable.leaf.start_byte)
            if outer.id == self._function.id:
                return self._outside(name)
            if outer.type in CLASSES:
                return None
        return None

    def _outside(self, name: bytes) -> Variable | None:
        around = enclosing(self._function, CLASSES | {"namespace_definition"})
        if around is None:
            member_elsewhere = b"::" in self._file.text(self._function)[: self._header_length()]
            return None if member_elsewhere else _global(self._file, name)
        if around.type not in CLASSES or any(c.type == "base_class_clause" for c in around.children):
            return None
        own = _members(self._file, around, name)
        if own:
            return own[0] if len(own) == 1 else None
        nested = enclosing(around, CLASSES | {"namespace_definition", "function_definition"})
        return _global(self._file, name) if nested is None else None

    def _header_length(self) -> int:
        declarator = self._function.child_by_field_name("declarator")
        while declarator is not None and declarator.type != "function_declarator":
            declarator = declarator.child_by_field_name("declarator")
        name = declarator.child_by_field_name("declarator") if declarator is not None else None
        return 0 if name is None else name.end_byte - self._function.start_byte


def _variables(file: ParsedFile, function: Node) -> Iterator[Variable]:
    for node in walk(function):
        if node.type == "declaration":
            scope = enclosing(node, SCOPES)
            if scope is not None:
                yield from _declared(file, node, scope, Storage.LOCAL)
        elif node.type in ("parameter_declaration", "optional_parameter_declaration"):
            owner = _owner_of_parameter(node)
            if owner is not None:
                yield from _declared(file, node, owner, Storage.PARAMETER)
        elif node.type == "for_range_loop":
            yield from _declared(file, node, node, Storage.LOCAL)
        elif node.type == "lambda_capture_initializer" and node.named_children:
            scope = enclosing(node, frozenset({"lambda_expression"}))
            if scope is not None:
                leaf = node.named_children[0]
                yield Variable(file.text(leaf), leaf, node, scope, Storage.LOCAL, b"auto", is_reference=True)


def _declared(file: ParsedFile, node: Node, scope: Node, storage: Storage) -> Iterator[Variable]:
    type_text = _type_text(file, node)
    for declarator in node.children_by_field_name("declarator"):
        value = declarator.child_by_field_name("value") or (
            node.child_by_field_name("value") if node.type == "declaration" else None
        )
        for leaf, marks in _names(declarator):
            # Inside a function `vector<int> v(n);` is a variable; outside it is believed.
            if "function_declarator" in marks and storage in (Storage.GLOBAL, Storage.MEMBER):
                continue
            # A parameter `int a[]` is a pointer to what the caller has; `int (&a)[9]` is a reference to it.
            is_array = "array_declarator" in marks
            decays = is_array and storage is Storage.PARAMETER and "reference_declarator" not in marks
            yield Variable(
                name=file.text(leaf),
                leaf=leaf,
                declaration=node,
                scope=scope,
                storage=storage,
                type_text=type_text,
                value=value,
                is_reference="reference_declarator" in marks,
                is_pointer="pointer_declarator" in marks or decays,
                is_array=is_array and not decays,
                is_binding="structured_binding_declarator" in marks,
                is_static=b"static" in type_text.split() or b"thread_local" in type_text.split(),
            )


def _type_text(file: ParsedFile, node: Node) -> bytes:
    first = node.child_by_field_name("declarator")
    start = node.start_byte
    if node.type == "for_range_loop":
        opening = next(child for child in node.children if child.type == "(")
        start = opening.end_byte
        if node.child_by_field_name("initializer") is not None:
            start = node.child_by_field_name("initializer").end_byte  # type: ignore[union-attr]
    end = first.start_byte if first is not None else node.end_byte
    return b" ".join(file.data[start:end].split())


def _names(declarator: Node) -> Iterator[tuple[Node, frozenset[str]]]:
    marks: set[str] = set()
    node: Node | None = declarator
    while node is not None and node.type in _WRAPPERS:
        marks.add(node.type)
        node = node.child_by_field_name("declarator") or next(
            (c for c in node.named_children if c.type in _WRAPPERS | _LEAVES), None
        )
    if node is None:
        return
    if node.type == "structured_binding_declarator":
        for leaf in node.named_children:
            yield leaf, frozenset(marks | {node.type})
    elif node.type in _LEAVES:
        yield node, frozenset(marks)


_LEAVES = frozenset({"identifier", "field_identifier", "structured_binding_declarator", "type_identifier"})


def _owner_of_parameter(node: Node) -> Node | None:
    """The function, lambda or handler whose parameter this is; None for prototypes and misreads."""
    outer = node.parent.parent if node.parent is not None else None
    if outer is not None and outer.type == "catch_clause":
        return outer
    depth = 0
    while outer is not None and outer.type in _WRAPPERS | {"abstract_function_declarator"}:
        depth += outer.type in ("function_declarator", "abstract_function_declarator")
        outer = outer.parent
    owns = outer is not None and outer.type in ("function_definition", "lambda_expression")
    return outer if owns and depth == 1 else None


def _global(file: ParsedFile, name: bytes) -> Variable | None:
    root = file.tree.root_node
    found = [
        variable
        for node in root.children
        if node.type == "declaration"
        for variable in _declared(file, node, root, Storage.GLOBAL)
        if variable.name == name
    ]
    return found[0] if len(found) == 1 else None


def _members(file: ParsedFile, around: Node, name: bytes) -> list[Variable]:
    body = around.child_by_field_name("body")
    if body is None:
        return []
    fields = [child for child in body.children if child.type == "field_declaration"]
    return [
        variable
        for node in fields
        for variable in _declared(file, node, around, Storage.MEMBER)
        if variable.name == name
    ]
