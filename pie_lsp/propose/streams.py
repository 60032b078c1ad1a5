"""Whether the names of the standard streams mean what they say, nothing runs before `main`, no width waits.

Used by the input and output rules. It reads syntax and names, errs towards "no", and knows nothing of edits.
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.library import MANIPULATORS
from pie_lsp.cpp.names import FileNames, code_only
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import ancestors, captures
from pie_lsp.propose.chains import chain_operands

_STREAM_NAMES = frozenset({b"cin", b"cout", b"cerr", b"clog", b"endl"})
_NAMES = "[(identifier) (field_identifier) (type_identifier) (namespace_identifier)] @leaf"
_DEFINED = """[(function_definition) (class_specifier) (struct_specifier) (union_specifier)
    (alias_declaration) (type_definition)] @node"""
_USES = frozenset(
    {
        "argument_list",
        "binary_expression",
        "comma_expression",
        "condition_clause",
        "conditional_expression",
        "expression_statement",
        "parenthesized_expression",
        "unary_expression",
        "using_declaration",
    }
)
_BODIES = frozenset({"function_definition", "lambda_expression", "compound_statement"})
_WORK = re.compile(rb"\b(?:cin|cout|cerr|getline|[io]*stream)\b")
_LAMBDA = re.compile(rb"\[[=&\w\s,]*\]\s*(?:\([^)]*\))?\s*(?:mutable)?\s*\{")
_WORD = re.compile(rb"[A-Za-z_]\w*")
_CALLED = re.compile(rb"([A-Za-z_]\w*)\s*[({]")
_SETW = re.compile(rb"\bsetw\b")


def hides_streams(file: ParsedFile, headers: tuple[bytes, ...]) -> bool:
    """Whether some variable, parameter or member is called like a standard stream or `endl`."""
    return any(
        source.text(leaf) in _STREAM_NAMES and not _is_use(source, leaf)
        for source in (file, *(parse(header) for header in headers))
        for leaf in captures(_NAMES, source.tree.root_node).get("leaf", [])
    )


def _is_use(file: ParsedFile, leaf: Node) -> bool:
    node, outer = leaf, leaf.parent
    if outer is not None and outer.type == "qualified_identifier":
        if file.text(outer).replace(b" ", b"") not in (
            b"std::" + file.text(leaf),
            b"::std::" + file.text(leaf),
        ):
            return False
        node, outer = outer, outer.parent
    if outer is not None and outer.type == "preproc_def":
        return True
    if outer is None or leaf.type in ("type_identifier", "namespace_identifier"):
        return False
    if outer.type == "field_expression":
        return outer.child_by_field_name("argument") == node
    return outer.type in _USES


def works_before_main(file: ParsedFile, headers: tuple[bytes, ...], names: FileNames) -> bool:
    """Whether the initialiser of a global may use the streams before `main` could unsynchronise them."""
    sources = (file, *(parse(header) for header in headers))
    working = _working_names(sources, names)
    return any(_works(source, node, working) for source in sources for node in _globals(source))


def _working_names(sources: tuple[ParsedFile, ...], names: FileNames) -> set[bytes]:
    """Names of functions, classes, aliases and macros of the user behind which the streams are used."""
    insides: list[tuple[bytes, bytes]] = [(name, macro.body) for name, macro in names.macros.items()]
    insides += list(names.aliases.items())
    for source in sources:
        for node in captures(_DEFINED, source.tree.root_node).get("node", []):
            insides += [(name, code_only(source.text(node))) for name in _defined(source, node)]
    working: set[bytes] = set()
    grown = True
    while grown:
        found = {
            name for name, text in insides if _WORK.search(text) or working.intersection(_WORD.findall(text))
        }
        grown = not found <= working
        working |= found
    return working


def _defined(file: ParsedFile, node: Node) -> Iterator[bytes]:
    name = node.child_by_field_name("name")
    if name is not None:
        yield file.text(name)
    elif node.type == "function_definition":
        declarator = next(
            iter(captures("(function_declarator declarator: (_) @name)", node).get("name", [])), None
        )
        if declarator is not None:
            yield from _WORD.findall(file.text(declarator))[-1:]
    else:
        yield from _WORD.findall(file.text(node))


def _globals(file: ParsedFile) -> Iterator[Node]:
    """Declarations at file or namespace scope, and static members of classes."""
    for node in captures("[(declaration) (field_declaration)] @node", file.tree.root_node).get("node", []):
        if any(outer.type in _BODIES for outer in ancestors(node)):
            continue
        if node.type == "declaration" or b"static" in file.text(node):
            yield node


def _works(file: ParsedFile, node: Node, working: set[bytes]) -> bool:
    text = code_only(file.text(node))
    declarators = captures("(function_declarator declarator: (_) @name)", node).get("name", [])
    if not declarators:
        words = set(_WORD.findall(text))
        return bool(words & working) or _WORK.search(text) is not None or _LAMBDA.search(text) is not None
    # It may declare a function, or a variable that is made of what a call returns.
    kind = node.child_by_field_name("type")
    own = {name for one in declarators for name in _WORD.findall(file.text(one))}
    called = set(_CALLED.findall(text)) - own
    made = set(_WORD.findall(file.text(kind))) if kind is not None else set()
    return bool((called | made) & working)


def leaves_width(file: ParsedFile, headers: tuple[bytes, ...], names: FileNames) -> bool:
    """Whether a width that ``setw`` set may still wait for its value when a line ends."""
    code = [code_only(source) for source in (file.data, *headers)]
    if b"setw" in names.macro_words:
        return True
    count = sum(len(_SETW.findall(one)) for one in code)
    if not count:
        return False
    if any(re.search(rb"\boperator\s*<<\s*\(", one) for one in code):
        return True
    calls = captures(
        '(call_expression function: (_) @name (#match? @name "^(std::)?setw$")) @call', file.tree.root_node
    )
    found = calls.get("call", [])
    return len(found) != count or not all(_is_used_up(file, call, names) for call in found)


def _is_used_up(file: ParsedFile, call: Node, names: FileNames) -> bool:
    """Whether the chain of ``<<`` around a ``setw`` goes on with a value that is printed."""
    chain = call.parent
    if chain is None or chain.type != "binary_expression" or chain.child_by_field_name("right") != call:
        return False
    while chain.parent is not None and chain.parent.type == "binary_expression":
        chain = chain.parent
    operands = chain_operands(file, chain)
    after = operands[operands.index(call) + 1 :] if call in operands else []
    for operand in after:
        name = file.text(operand).removeprefix(b"std::").partition(b"(")[0].strip()
        if name in (b"endl", b"ends", b"flush", b"ws"):
            return False
        if name not in MANIPULATORS:
            words = set(_WORD.findall(file.text(operand)))
            is_function = operand.type == "identifier" and name in names.functions
            return not is_function and not words & set(names.macros)
    return False
