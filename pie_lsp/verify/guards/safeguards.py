"""Checks that no safeguard goes: assertions, exceptions, handlers, bounds checks and early returns."""

from collections import Counter

from tree_sitter import Node

from pie_lsp.values.candidate import Grant
from pie_lsp.verify.guards.change import Change, Version

_WORDS = {
    b"assert": "an assertion",
    b"static_assert": "an assertion",
    b"throw": "an exception",
    b"catch": "the handling of an exception",
    b"exit": "an end of the program",
    b"abort": "an end of the program",
    b"terminate": "an end of the program",
    b"quick_exit": "an end of the program",
    b"fflush": "a flush of the output",
    b"flush": "a flush of the output",
}
_LEAVES = frozenset({"return_statement", "throw_statement"})
_LOOPS = frozenset({"for_statement", "for_range_loop", "while_statement", "do_statement"})


def words_stay(change: Change) -> str | None:
    """Not fewer of the words above than there were."""
    lost = change.old.words - change.new.words
    return next((f"It removes {what}." for word, what in _WORDS.items() if lost[word]), None)


def bounds_checks_stay(change: Change) -> str | None:
    """Not fewer calls of ``at``, which check the index."""
    old, new = _checked_accesses(change.old), _checked_accesses(change.new)
    return "It removes the check of an index (at)." if new < old else None


def _checked_accesses(version: Version) -> int:
    texts = version.texts
    triples = zip(texts, texts[1:], texts[2:], strict=False)
    return sum(a in (b".", b"->") and b == b"at" and c == b"(" for a, b, c in triples)


def early_returns_stay(change: Change) -> str | None:
    """Conditions outside of loops that leave a function at once are not fewer, and ask not less.

    Where a function is written anew without its recursion, the conditions that ended that go with it.
    """
    old, new = _guards(change.old), _guards(change.new)
    for place, count in old.items():
        if new[place] < count and place not in _no_more_recursive(change):
            return f"It removes a condition on which {place.decode('utf-8', 'replace')} returns early."
    return None


def _no_more_recursive(change: Change) -> frozenset[bytes]:
    """Names of the functions that called themselves and do so no more."""
    if not change.granted(Grant.REWRITE):
        return frozenset()
    names = {function.ref.name.encode() for function in change.selected()}
    return frozenset(n for n in names if _calls_itself(change.old, n) and not _calls_itself(change.new, n))


def _calls_itself(version: Version, name: bytes) -> bool:
    for function in version.table.functions:
        if function.ref.name.encode() == name:
            body = function.ref.body
            words = (version.text(token) for token in version.code if body.contains(token.span))
            if name in words:
                return True
    return False


def _guards(version: Version) -> Counter[bytes]:
    """For each function, how many alternatives lead to an early leave outside of its loops."""
    found: Counter[bytes] = Counter()
    for statement in version.nodes("if_statement"):
        function = _function_of(statement)
        condition = statement.child_by_field_name("condition")
        if function is None or condition is None or not _leaves(statement.child_by_field_name("consequence")):
            continue
        name = function.child_by_field_name("declarator")
        alternatives = 1 + version.file.text(condition).count(b"||")
        found[_bare(version.file.text(name) if name is not None else b"")] += alternatives
    return found


def _bare(declarator: bytes) -> bytes:
    """The name in a declarator."""
    return declarator.partition(b"(")[0].strip(b"*& \t\r\n")


def _function_of(node: Node) -> Node | None:
    """The function around `node`; None where a loop or a lambda lies between them."""
    above = node.parent
    while above is not None and above.type != "function_definition":
        if above.type in _LOOPS or above.type == "lambda_expression":
            return None
        above = above.parent
    return above


def _leaves(statement: Node | None) -> bool:
    if statement is not None and statement.type == "compound_statement":
        inside = [node for node in statement.named_children if node.type != "comment"]
        return bool(inside) and inside[-1].type in _LEAVES
    return statement is not None and statement.type in _LEAVES


CHECKS = (words_stay, bounds_checks_stay, early_returns_stay)
