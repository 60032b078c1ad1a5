"""Tells whether a program seems to talk with somebody: it prints a question and then waits for an answer.

Such a program must not hold its output back. Knows syntax alone, and errs towards "it talks".
"""

import re
from collections.abc import Iterator

from tree_sitter import Node

from pie_lsp.cpp.idioms import contains
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import captures
from pie_lsp.cpp.scope import ancestors
from pie_lsp.propose.chains import chain_operands

_ASKS = re.compile(
    rb"(?i)\b(?:enter|please|guess|password|press|input\s+(?:the|a|an|your|n)\b|type\s+(?:the|a|in)\b)"
)
_QUESTION_END = re.compile(rb"[:?>=$#]\s*$")
_PROTOCOL = re.compile(rb"^[?!]\s*$|^[?!]\s")
_TERMINAL = re.compile(rb"\\(?:r(?!\\n)|b|a|e|033|x1[bB])")
_READS = re.compile(rb"\b(?:cin|getline)\b")
_OUTPUTS = frozenset({b"cout", b"std::cout", b"cerr", b"std::cerr"})
_LOOPS = frozenset({"while_statement", "for_statement", "do_statement"})
_LINE_ENDS = frozenset({b"endl", b"std::endl", b"'\\n'", b'"\\n"'})
_ESCAPED_SPACE = re.compile(rb"(?:\\[nrt]|\s)+$")


def has_prompt(file: ParsedFile) -> bool:
    """Whether something is printed that looks like a prompt before a read."""
    literals = captures("[(string_literal) (char_literal)] @text", file.tree.root_node).get("text", [])
    for literal in literals:
        chain = _chain_around(literal)
        if chain is None:
            continue
        operands = chain_operands(file, chain)
        if operands and file.text(operands[0]) in _OUTPUTS and _asks(file, literal, chain, operands):
            return True
    return False


def _chain_around(node: Node) -> Node | None:
    chain = None
    for outer in ancestors(node):
        if outer.type == "binary_expression":
            chain = outer
        elif outer.type not in ("parenthesized_expression", "conditional_expression", "concatenated_string"):
            break
    return chain


def _asks(file: ParsedFile, literal: Node, chain: Node, operands: list[Node]) -> bool:
    text = file.text(literal).strip(b"\"'")
    if literal.type == "char_literal" and not _TERMINAL.search(text) and not _QUESTION_END.search(text):
        return False
    if (
        _TERMINAL.search(text)
        or _ASKS.search(text)
        or (literal.id == operands[1].id and _PROTOCOL.search(text))
    ):
        return True
    shown = [operand for operand in operands[1:] if file.text(operand) not in _LINE_ENDS]
    if not shown or not contains(shown[-1], literal):
        return False
    open_line = shown[-1].id == operands[-1].id and not text.endswith(b"\\n")
    question = _QUESTION_END.search(_ESCAPED_SPACE.sub(b"", text)) is not None
    return (open_line or question) and any(
        _READS.search(file.text(node)) for node in _next_work(chain, question)
    )


def _next_work(chain: Node, question: bool) -> Iterator[Node]:
    """What runs right after the statement of `chain`, declarations without a value skipped."""
    statement = next(
        (outer for outer in (chain, *ancestors(chain)) if outer.type == "expression_statement"), None
    )
    if statement is None:
        yield chain
        return
    following = statement.next_named_sibling
    while following is not None and (following.type == "comment" or _is_plain(following)):
        following = following.next_named_sibling
    if following is not None:
        yield following
        return
    loop = next((outer for outer in ancestors(statement) if outer.type in _LOOPS), None)
    if loop is not None and question:
        yield from (child for child in loop.children if child.type != "compound_statement")
        body = loop.child_by_field_name("body")
        first = body.named_children[0] if body is not None and body.named_children else None
        if first is not None:
            yield first


def _is_plain(node: Node) -> bool:
    return node.type == "declaration" and all(child.type != "init_declarator" for child in node.children)
