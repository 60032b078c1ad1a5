"""Checks that only the selected function changes, but for the exceptions that were granted."""

import re

from tree_sitter import Node

from pie_lsp.cpp.helpers import is_helper
from pie_lsp.cpp.library import STANDARD_HEADERS
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.text.edits import shift
from pie_lsp.values.candidate import Grant
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span
from pie_lsp.verify.guards.change import Change

_INCLUDES = re.compile(rb"(\r?\n)?(?:#include <([a-z0-9_]+(?:\.h)?)>[ \t]*(?:\r?\n|\r|$))+")
_LEAF_KINDS = frozenset({TokenKind.CHARACTER, TokenKind.STRING, TokenKind.NUMBER, TokenKind.WORD})
_BESIDE_HELPERS = frozenset({"comment", ";"})
_REFERENCE = frozenset({b"const", b"&"})
_NOT_LOOKED_UP = frozenset({b".", b"->", b"::"})


def confined(change: Change) -> str | None:
    """Every edit lies in the body of the selected function, or a grant allows it."""
    for edit in change.edits:
        inside = any(_inner(f.ref.body).contains(edit.span) for f in change.selected())
        if not inside and not _granted(change, edit):
            name = change.candidate.function.name
            line = change.old.file.data.count(b"\n", 0, edit.span.start) + 1
            return f"It changes line {line}, which is outside of the function {name}."
    return None


def _inner(body: Span) -> Span:
    return Span(body.start + 1, max(body.start + 1, body.end - 1))


def _granted(change: Change, edit: Edit) -> bool:
    return (
        (change.granted(Grant.INCLUDE) and _adds_includes(change, edit))
        or (change.granted(Grant.HELPER) and _adds_helpers(change, edit))
        or (change.granted(Grant.SIGNATURE) and _changes_parameter(change, edit))
        or (change.granted(Grant.MAIN) and _adds_calls_to_main(change, edit))
        or (change.granted(Grant.WHOLE_FILE) and _replaces_leaf(change, edit))
    )


def _adds_includes(change: Change, edit: Edit) -> bool:
    """Whole lines ``#include <standard header>`` between other lines, outside of every function."""
    data = change.old.file.data
    if len(edit.span) or not _INCLUDES.fullmatch(edit.replacement):
        return False
    names = re.findall(rb"<([^>]+)>", edit.replacement)
    at = edit.span.start
    before, after = data[:at], data[at:]
    starts_line = before.removeprefix(b"\xef\xbb\xbf") == b"" or before.endswith((b"\n", b"\r"))
    ends_line = not after or after.startswith((b"\n", b"\r"))
    whole = (starts_line and edit.replacement.endswith((b"\n", b"\r"))) or (
        ends_line and edit.replacement.startswith((b"\n", b"\r\n"))
    )
    in_function = any(f.ref.span.start < at < f.ref.span.end for f in change.old.table.functions)
    return whole and not in_function and all(name in STANDARD_HEADERS for name in names)


def _adds_helpers(change: Change, edit: Edit) -> bool:
    """Whole functions, types and constants, at the level of namespaces, before a selected function."""
    if len(edit.span) or not any(edit.span.start <= f.ref.span.start for f in change.selected()):
        return False
    at = shift(Span(edit.span.start, edit.span.start), [e for e in change.edits if e.span < edit.span]).start
    added = Span(at, at + len(edit.replacement))
    if added not in change.helpers:
        return False
    level = change.new.file.tree.root_node.descendant_for_byte_range(at, max(at, added.end - 1))
    while level is not None and level.type not in ("translation_unit", "declaration_list"):
        if added.contains(Span(level.start_byte, level.end_byte)):
            level = level.parent
            continue
        return False
    nodes = [] if level is None else [n for n in level.children if _overlaps(n, added)]
    return bool(nodes) and all(
        added.contains(Span(node.start_byte, node.end_byte))
        and (node.type in _BESIDE_HELPERS or is_helper(change.new.file, node))
        for node in nodes
    )


def _overlaps(node: Node, span: Span) -> bool:
    return node.start_byte < span.end and span.start < node.end_byte


def _changes_parameter(change: Change, edit: Edit) -> bool:
    """Only ``const`` and ``&`` come to a parameter of a declaration of a function that is selected."""
    names = {function.ref.name.encode() for function in change.selected()}
    old = change.old.file.data[edit.span.start : edit.span.end]
    return _without_reference(old) == _without_reference(edit.replacement) and any(
        Span(node.start_byte + 1, node.end_byte - 1).contains(edit.span)
        and node.parent is not None
        and _declared_name(change, node.parent) in names
        for node in change.old.nodes("parameter_list")
    )


def _declared_name(change: Change, declarator: Node) -> bytes:
    name = declarator.child_by_field_name("declarator")
    return change.old.file.text(name).rpartition(b"::")[2].strip() if name is not None else b""


def _without_reference(text: bytes) -> list[bytes]:
    words = (text[token.span.start : token.span.end] for token in tokens(text))
    return [word for word in words if word not in _REFERENCE]


def _adds_calls_to_main(change: Change, edit: Edit) -> bool:
    """Statements that are nothing but calls, before the first statement of ``main``."""
    main = next((f for f in change.old.table.functions if f.ref.qualified_name == "main"), None)
    if main is None or len(edit.span):
        return False
    first = next((node for node in main.body.named_children if node.type != "comment"), None)
    end = first.start_byte if first is not None else main.ref.body.end - 1
    if not main.ref.body.start < edit.span.start <= end:
        return False
    at = shift(Span(edit.span.start, edit.span.start), [e for e in change.edits if e.span < edit.span]).start
    added = Span(at, at + len(edit.replacement))
    new_main = next((f for f in change.new.table.functions if f.ref.qualified_name == "main"), None)
    statements = [
        node
        for node in (new_main.body.named_children if new_main is not None else ())
        if node.type != "comment" and added.start <= node.start_byte < added.end
    ]
    return bool(statements) and all(
        _is_call(node) and added.contains(Span(node.start_byte, node.end_byte)) for node in statements
    )


def _is_call(statement: Node) -> bool:
    calls = statement.named_children
    return statement.type == "expression_statement" and [node.type for node in calls] == ["call_expression"]


def _replaces_leaf(change: Change, edit: Edit) -> bool:
    """One word or literal, with ``std::`` before it or not, in the place of another."""
    data = change.old.file.data
    touched = [token.span for token in change.old.code if token.span.overlaps(edit.span)]
    if not touched:
        return False
    start, end = min(edit.span.start, touched[0].start), max(edit.span.end, touched[-1].end)
    new = data[start : edit.span.start] + edit.replacement + data[edit.span.end : end]
    return _is_leaf(data[start:end]) and _is_leaf(new)


def _is_leaf(text: bytes) -> bool:
    found = list(tokens(text.removeprefix(b"std::")))
    return len(found) == 1 and found[0].kind in _LEAF_KINDS and not text[-1:].isspace()


def no_call_of_others_is_taken(change: Change) -> str | None:
    """No helper has a name that code outside of the selected functions calls: it would get that call."""
    refs = (one.ref for one in change.new.table.functions if change.is_helper(one))
    names = {ref.name.encode() for ref in refs if ref.name == ref.qualified_name}
    if not names:
        return None
    fine = [function.ref.span for function in change.selected()]
    fine += [function.ref.name_span for function in change.old.table.functions]
    code, texts = change.old.code, change.old.texts
    for place, word in enumerate(texts[:-1]):
        if word not in names or texts[place + 1] != b"(" or (place and texts[place - 1] in _NOT_LOOKED_UP):
            continue
        if not any(span.contains(code[place].span) for span in fine):
            return f"It adds a function {word.decode()}, whose name other code of the file calls."
    return None


CHECKS = (confined, no_call_of_others_is_taken)
