"""Finds annotation macros of headers (``class API Foo``, ``f() NOEXCEPT``) that keep a file from parsing.

Nothing is known of a macro that is defined elsewhere. So a name in capitals that stands where an annotation
could, close to an error, is blanked on trial, and stays blanked only where fewer errors are left.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from tree_sitter import Node, Tree

_CAPITALS = re.compile(rb"(?<![0-9A-Za-z_$])[A-Z][A-Z0-9_]{2,}(?![0-9A-Za-z_$])")
_BEFORE = re.compile(rb"(?:\A|[;{}):>*&]|[A-Za-z_$][0-9A-Za-z_$]*)\s*\Z")
_AFTER = re.compile(rb"\s*(?:[A-Za-z_$~{;:(\[]|\Z)")
_NEAR = 160
"""Bytes around the start and the end of an error in which its cause is looked for."""
_LOOK = 80
"""Bytes on either side of a name that tell whether an annotation can stand there."""
_ERRORS_A_ROUND = 200
_NAMES_A_ROUND = 6
_ROUNDS = 2


def count_errors(node: Node) -> int:
    """How many error and missing nodes there are at and below `node`."""
    return sum(1 for _ in error_nodes(node))


def error_nodes(node: Node) -> Iterator[Node]:
    """The error and missing nodes at and below `node`."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.has_error:
            if node.is_error or node.is_missing:
                yield node
            waiting.extend(node.children)


def blankable(code: bytes, tree: Tree, attempt: Callable[[frozenset[bytes]], Tree]) -> frozenset[bytes]:
    """The names whose blanking lessens the errors of `tree`.

    code     what was parsed, without comments, directives and literals
    attempt  parses the file with some names blanked
    """
    kept: frozenset[bytes] = frozenset()
    for _ in range(_ROUNDS):
        errors = count_errors(tree.root_node)
        before = kept
        names = _candidates(code, tree.root_node, kept)
        # All at once comes last: two macros in one declaration help only together.
        for blanked in (*({name} for name in names), set(names)):
            if not errors or blanked <= kept:
                continue
            tried = attempt(kept | blanked)
            fewer = count_errors(tried.root_node)
            if fewer < errors:
                kept, errors, tree = kept | blanked, fewer, tried
        if kept == before or not errors:
            break
    return kept


def _candidates(code: bytes, root: Node, kept: frozenset[bytes]) -> list[bytes]:
    """Names of annotations that may stand near the errors, the commonest first."""
    found: dict[bytes, set[int]] = {}
    for node in islice(error_nodes(root), _ERRORS_A_ROUND):
        for place in (node.start_byte, node.end_byte):
            start = max(place - _NEAR, 0)
            for word in _CAPITALS.finditer(code, start, place + _NEAR):
                if word[0] not in kept and _could_annotate(code, word.start(), word.end()):
                    found.setdefault(word[0], set()).add(word.start())
    return sorted(found, key=lambda name: (-len(found[name]), name))[:_NAMES_A_ROUND]


def _could_annotate(code: bytes, start: int, end: int) -> bool:
    before = _BEFORE.search(code[max(start - _LOOK, 0) : start])
    return before is not None and _AFTER.match(code[end : end + _LOOK]) is not None
