"""Where new text goes so that it looks like the user's own: indentation, line ends, includes.

Knows bytes and syntax trees, and nothing of what the text means.
"""

import re

from tree_sitter import Node

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.names import code_only, words
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import directives
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

_LINE_END = re.compile(rb"\r\n|\n|\r")
_INCLUDE = re.compile(rb"#\s*include\b")
_AT_NAME = re.compile(rb"[\w>] &[A-Za-z_]\w*\s*[,)]")
_AT_TYPE = re.compile(rb"[\w>]& ?[A-Za-z_]\w*\s*[,)]")
_FALLBACK_INDENT = b"    "
_PRECOMPILED_ALL = b"bits/stdc++.h"


def insertion(at: int, text: bytes) -> Edit:
    """Insert `text` at the offset `at`."""
    return Edit(Span(at, at), text)


def replacement(node: Node, text: bytes) -> Edit:
    """Put `text` in the place of `node`."""
    return Edit(Span(node.start_byte, node.end_byte), text)


def line_end(data: bytes, at: int) -> bytes:
    """The line end that is used around the offset `at`."""
    found = _LINE_END.search(data, at)
    if found is None:
        before = list(_LINE_END.finditer(data, 0, at))
        return before[-1].group() if before else b"\n"
    return found.group()


def line_start(data: bytes, at: int) -> int:
    """Where the line of the offset `at` begins."""
    return max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1


def indentation(data: bytes, at: int) -> bytes | None:
    """What stands before the offset `at` on its line, or None where that is more than blanks."""
    before = data[line_start(data, at) : at]
    return before if not before.strip(b" \t\f\v") else None


def statement_before(file: ParsedFile, node: Node, statement: bytes) -> Edit:
    """Insert `statement` before the statement `node`, on a line of its own where `node` has one."""
    indent = indentation(file.data, node.start_byte)
    if indent is None:
        return insertion(node.start_byte, statement + b" ")
    return insertion(node.start_byte, statement + line_end(file.data, node.start_byte) + indent)


def statement_after(file: ParsedFile, node: Node, statement: bytes) -> Edit:
    """Insert `statement` behind the statement `node`; a comment behind `node` on its line stays there."""
    indent = indentation(file.data, node.start_byte)
    if indent is None:
        return insertion(node.end_byte, b" " + statement)
    end = _end_of_line(file.data, node.end_byte)
    at = end if _is_rest_of_line(file.data[node.end_byte : end]) else node.end_byte
    return insertion(at, line_end(file.data, at) + indent + statement)


def first_in_body(file: ParsedFile, body: Node, statements: tuple[bytes, ...]) -> Edit:
    """Insert `statements` right behind the opening brace of `body`."""
    data, at = file.data, body.start_byte + 1
    first = next(
        (child for child in body.named_children if child.start_point.row > body.start_point.row), None
    )
    end = _end_of_line(data, at)
    if first is None or not _is_rest_of_line(data[at:end]):
        return insertion(at, b" " + b" ".join(statements))
    indent = data[line_start(data, first.start_byte) : first.start_byte]
    if indent.strip() or first.type.startswith("preproc_"):
        indent = _FALLBACK_INDENT
    newline = line_end(data, at)
    return insertion(end, b"".join(newline + indent + statement for statement in statements))


def _end_of_line(data: bytes, at: int) -> int:
    found = _LINE_END.search(data, at)
    return found.start() if found is not None else len(data)


def _is_rest_of_line(text: bytes) -> bool:
    """Blanks or a comment up to the end of the line, so that new lines can follow."""
    rest = text.strip()
    return not rest or (rest.startswith(b"//") and not rest.endswith(b"\\"))


def include(analysis: Analysis, header: bytes) -> Edit | None:
    """The line that includes `header`, behind the last include of the leading block.

    None where the header is there already, or the file includes nothing that says where it would go.
    """
    data = analysis.file.data
    if has_header(analysis, header):
        return None
    block: Span | None = None
    for token in directives(data):
        if _INCLUDE.match(data, token.span.start):
            block = token.span
        elif block is not None or data[token.span.start : token.span.end].startswith(b"#if"):
            break
    if block is None:
        return None
    return insertion(block.end, line_end(data, block.end) + b"#include <" + header + b">")


def has_header(analysis: Analysis, header: bytes) -> bool:
    """Whether `header` is included, by itself or with everything."""
    return any(found.name in (header, _PRECOMPILED_ALL) for found in analysis.names.includes)


def can_include(analysis: Analysis, header: bytes) -> bool:
    """Whether `header` is there or can be added."""
    return has_header(analysis, header) or include(analysis, header) is not None


def fresh_name(analysis: Analysis, wish: bytes) -> bytes:
    """`wish`, or `wish` with a number, that is no word of the function and no macro."""
    text = analysis.file.data[analysis.function.start_byte : analysis.function.end_byte]
    taken = set(words(code_only(text))) | analysis.names.macro_words | set(analysis.names.macros)
    number, name = 1, wish
    while name in taken:
        number += 1
        name = wish + str(number).encode()
    return name


def reference_mark(file: ParsedFile, written: Node, declarator: Node | None) -> Edit:
    """The ``&`` of a reference: at the type or at the name, as the file mostly has it."""
    code = code_only(file.data)
    at_name = len(_AT_NAME.findall(code)) > len(_AT_TYPE.findall(code))
    return insertion(declarator.start_byte if at_name and declarator is not None else written.end_byte, b"&")


def has_blank_code(data: bytes, span: Span) -> bool:
    """Whether no comment or directive stands in `span`, so that it can be replaced as a whole."""
    piece = data[span.start : span.end]
    return b"//" not in piece and b"/*" not in piece and b"#" not in piece
