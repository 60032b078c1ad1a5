"""Lists every place of a file where a bound stands: sizes of storage, limits of loops, named constants.

Decides nothing; what a bound is worth is `constants`' business.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from tree_sitter import Node

from pie_lsp.cpp.tokens import TokenKind
from pie_lsp.verify.guards.change import Version
from pie_lsp.verify.guards.constants import Value, evaluate, named_constants

_SIZE_CALLS = {
    b"resize": 0,
    b"assign": 0,
    b"reserve": 0,
    b"fill_n": 1,
    b"memset": 2,
    b"malloc": 0,
    b"calloc": 0,
}
"""Calls with the argument that says how much: the tests' sizes must not creep in here."""

_SIZE_ARGUMENTS = {b"bitset": 0, b"array": 1}
_CONTAINERS = frozenset({b"vector", b"string", b"basic_string", b"deque", b"valarray", b"list"})
_UPPER, _LOWER = (b"<", b"<=", b"!="), (b">", b">=")
_MIRRORED = {b"<": b">", b"<=": b">=", b">": b"<", b">=": b"<=", b"!=": b"!="}


class Pool(Enum):
    """What a bound limits. Within a pool, bounds are compared whatever their names."""

    SIZE = "size"
    LOOP = "limit of a loop"
    CONSTANT = "constant"
    CAP = "cap on a loop"
    """A constant limit beside another limit of the same variable."""
    START = "initial value"


@dataclass(frozen=True, slots=True)
class Site:
    """One bound.

    name   what it belongs to: the array, the container, the loop variable, the constant
    text   the expression as it stands
    value  where it is constant; limits of loops that count downwards are negated
    """

    pool: Pool
    name: bytes
    text: bytes
    value: Value | None


def find_sites(version: Version) -> list[Site]:
    """Every bound of a file, in no particular order."""
    known = named_constants(_definitions(version))
    constants = [
        Site(pool, name, text.strip(), evaluate(text, known)) for pool, name, text in _constants(version)
    ]
    # A size can also come from a variable that starts at a constant and has its name to itself.
    sized = {**_starting_values(constants), **known}
    sizes = [Site(pool, name, text.strip(), evaluate(text, sized)) for pool, name, text in _sizes(version)]
    return [*constants, *sizes, *_loops(version, known), *_macro_arguments(version)]


def _starting_values(constants: list[Site]) -> dict[bytes, Value]:
    starts = [site for site in constants if site.pool is Pool.START]
    counts = Counter(site.name for site in starts)
    return {
        site.name: site.value
        for site in starts
        if counts[site.name] == 1 and site.value is not None and site.value > 1
    }


def _field(node: Node, name: str) -> Node | None:
    return node.child_by_field_name(name)


def declared_name(version: Version, declarator: Node | None) -> bytes:
    """The innermost name of a declarator."""
    while declarator is not None:
        inner = _field(declarator, "declarator") or next(
            (
                child
                for child in declarator.named_children
                if child.type.endswith(("declarator", "identifier"))
            ),
            None,
        )
        if inner is None:
            return version.file.text(declarator)
        declarator = inner
    return b""


def _definitions(version: Version) -> Iterator[tuple[bytes, bytes]]:
    found = [(node.start_byte, name, text) for node, name, text in _named(version)]
    return ((name, text) for _, name, text in sorted(found))


def _named(version: Version) -> Iterator[tuple[Node, bytes, bytes]]:
    """Names with a constant expression: macros, enumerators and constants."""
    text = version.file.text
    for node in version.nodes("preproc_def"):
        name, value = _field(node, "name"), _field(node, "value")
        if name is not None and value is not None:
            yield node, text(name), text(value)
    for node in version.nodes("enumerator"):
        name, value = _field(node, "name"), _field(node, "value")
        if name is not None and value is not None:
            yield node, text(name), text(value)
    for node in version.nodes("declaration"):
        if _is_constant(version, node):
            for declarator in _initialised(node):
                value = _field(declarator, "value")
                if value is not None:
                    yield node, declared_name(version, declarator), _inner(text(value))


def _inner(text: bytes) -> bytes:
    """The expression in ``(5)`` or ``{5}``."""
    return text[1:-1] if text[:1] == b"{" else text


def _is_constant(version: Version, declaration: Node) -> bool:
    qualifiers = [child for child in declaration.children if child.type == "type_qualifier"]
    return any(version.file.text(child) in (b"const", b"constexpr", b"constinit") for child in qualifiers)


def _initialised(declaration: Node) -> list[Node]:
    return [child for child in declaration.named_children if child.type == "init_declarator"]


def _constants(version: Version) -> Iterator[tuple[Pool, bytes, bytes]]:
    for _, name, text in _named(version):
        yield Pool.CONSTANT, name, text
    for node in version.nodes("declaration"):
        if not _is_constant(version, node):
            for declarator in _initialised(node):
                value = _field(declarator, "value")
                if value is not None and value.type not in ("argument_list", "initializer_list"):
                    yield Pool.START, declared_name(version, declarator), version.file.text(value)


def _sizes(version: Version) -> Iterator[tuple[Pool, bytes, bytes]]:
    text = version.file.text
    for node in version.nodes("array_declarator"):
        size = _field(node, "size")
        if size is not None:
            yield Pool.SIZE, declared_name(version, node), text(size)
    for node in version.nodes("new_declarator"):
        length = _field(node, "length")
        if length is not None:
            yield Pool.SIZE, b"new", text(length)
    for node in version.nodes("template_type"):
        name, arguments = _field(node, "name"), _field(node, "arguments")
        given = _arguments(arguments) if arguments is not None else []
        place = _SIZE_ARGUMENTS.get(text(name)) if name is not None else None
        for at, argument in enumerate(given):
            # The grammar takes a name for a type, so that only of these templates it is known to be a size.
            if at == place or argument.type != "type_descriptor":
                yield Pool.SIZE, _owner(version, node), text(argument)
    yield from _constructed(version)
    yield from _called(version)


def _owner(version: Version, node: Node) -> bytes:
    """The name that is declared with a type."""
    above = node.parent
    return declared_name(version, _field(above, "declarator")) if above is not None else b""


def _constructed(version: Version) -> Iterator[tuple[Pool, bytes, bytes]]:
    """``vector<int> v(n)``, which the grammar takes for a function inside of functions, and ``v(n + 1)``."""
    text = version.file.text
    for node in version.nodes("declaration"):
        kind = _field(node, "type")
        if kind is None or not _is_container(text(kind)):
            continue
        for declarator in node.named_children:
            call = _field(declarator, "value") or _field(declarator, "parameters")
            if declarator.type in ("init_declarator", "function_declarator") and call is not None:
                arguments = _arguments(call)
                if call.type in ("argument_list", "parameter_list") and arguments:
                    yield Pool.SIZE, declared_name(version, declarator), text(arguments[0])


def _is_container(type_text: bytes) -> bool:
    return type_text.partition(b"<")[0].rpartition(b"::")[2].strip() in _CONTAINERS


def _called(version: Version) -> Iterator[tuple[Pool, bytes, bytes]]:
    text = version.file.text
    for node in version.nodes("call_expression"):
        called, given = _field(node, "function"), _field(node, "arguments")
        if called is None or given is None:
            continue
        arguments = _arguments(given)
        owner, _, name = text(called).replace(b"->", b".").rpartition(b".")
        name = name.rpartition(b"::")[2]
        place = 0 if _is_container(text(called)) and b"<" in text(called) else _SIZE_CALLS.get(name)
        if place is not None and place < len(arguments):
            yield Pool.SIZE, owner or name, text(arguments[place])


def _arguments(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _loops(version: Version, known: dict[bytes, Value]) -> Iterator[Site]:
    for kind in ("for_statement", "while_statement", "do_statement"):
        for node in version.nodes(kind):
            condition = _field(node, "condition")
            limits = [_limit(version, comparison, known) for comparison in _comparisons(condition)]
            found = [limit for limit in limits if limit is not None]
            yield from found
            names = Counter(limit.name for limit in found)
            yield from (
                replace(limit, pool=Pool.CAP)
                for limit in found
                if names[limit.name] > 1 and limit.value is not None and limit.value > 1
            )


def _comparisons(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    if node.type == "binary_expression":
        operator = _field(node, "operator")
        if operator is not None and operator.type.encode() in (*_UPPER, *_LOWER):
            yield node
            return
    for child in node.named_children:
        yield from _comparisons(child)


def _limit(version: Version, comparison: Node, known: dict[bytes, Value]) -> Site | None:
    left, right = _field(comparison, "left"), _field(comparison, "right")
    operator = _field(comparison, "operator")
    if left is None or right is None or operator is None:
        return None
    sign = operator.type.encode()
    name, limit = version.file.text(left), version.file.text(right)
    if evaluate(name, known) is not None:
        name, limit, sign = limit, name, _MIRRORED[sign]
    value = evaluate(limit, known)
    if value is not None:
        value = value if sign in _UPPER else -value
        # So that `i < 10` and `i <= 9` are one limit, and `i > 0` is one more than `i >= 0`.
        value += sign in (b"<=", b">=")
    return Site(Pool.LOOP, name.strip(), limit.strip(), value)


def _macro_arguments(version: Version) -> Iterator[Site]:
    """Numbers in invocations of loop macros, which the parser does not see."""
    data, masked = version.file.data, version.file.masked
    for token in version.code if data != masked else ():
        start, end = token.span.start, token.span.end
        if token.kind is TokenKind.NUMBER and data[start:end] != masked[start:end]:
            yield Site(Pool.LOOP, b"", data[start:end], evaluate(data[start:end], {}))
