"""Runs a function in the order of its text, to see what it prints, reads and may throw, and when.

Loops are run once for reads, since printing one answer per round and then reading the next question is what
programs do that talk with nobody; they are run twice for exceptions. Knows syntax and what the names do that
it is told of, and errs towards "it does".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tree_sitter import Node

from pie_lsp.cpp.library import MANIPULATORS
from pie_lsp.cpp.names import code_only, without_scope
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import ancestors
from pie_lsp.propose.chains import chain_operands
from pie_lsp.propose.definitions import CLASSES, Definition, lambda_name, parameters, parts_of

_LEAVES = ("identifier", "field_identifier", "type_identifier", "namespace_identifier")
_SKIPPED = (*CLASSES, "function_definition", "comment", "using_declaration", "alias_declaration")
_LOOPS = ("for_statement", "for_range_loop", "while_statement", "do_statement")
NEUTRAL = frozenset(
    b"tie sync_with_stdio precision setf unsetf flags fill eof fail good bad clear setstate imbue".split()
)
THROWS = frozenset(
    b"stoi stol stoll stoul stoull stof stod stold any_cast rethrow_exception throw_with_nested "
    b"rethrow_if_nested rethrow_nested regex wregex".split()
)
THROWING_METHODS = frozenset(b"at value substr to_ulong to_ullong".split())
_EXITS = frozenset({b"exit", b"std::exit"})
_CATCH = re.compile(
    rb"catch\s*\(\s*(?:const\s+)?(?:std\s*::\s*)?exception\b(?:\s+const\b)?\s*&?\s*\w*\s*\)\s*\{"
)
_CATCH_ALL = re.compile(rb"catch\s*\(\s*\.\.\.\s*\)")
_SUBSTR = re.compile(rb"(\w+)\s*\.\s*substr\s*\(\s*(\w+)\s*[,)]")
_WORD = re.compile(rb"[A-Za-z_]\w*")
CALLBACK = b"*"
"""Stands for whatever function of the program a parameter may be."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """What happens when a name is used: it reads, prints, may throw, and may throw after it printed."""

    reads: bool = False
    prints: bool = False
    throws: bool = False
    late: bool = False

    def __or__(self, other: "Conduct") -> "Conduct":
        return Conduct(
            self.reads or other.reads,
            self.prints or other.prints,
            self.throws or other.throws,
            self.late or other.late,
        )


@dataclass(slots=True)
class Walk:
    """Runs a definition in the order of its text. A state says whether something was printed; None means
    that this point is not reached."""

    definition: Definition
    known: dict[bytes, Conduct]
    std_only: bool
    talks: bool = False
    reads: bool = False
    prints: bool = False
    throws: bool = False
    late: bool = False
    caught: int = 0
    rerun: int = 0
    left: list[bool] = field(default_factory=list)

    def conduct(self) -> Conduct:
        """Run all of it."""
        state: bool | None = False
        for part in self.definition.parts:
            state = self.run(part, state)
        return Conduct(self.reads, self.prints, self.throws, self.late)

    def run(self, node: Node, state: bool | None) -> bool | None:
        """The state after `node`."""
        if state is None or node.type in _SKIPPED or node.type.startswith("preproc_def"):
            return state
        if node.type in _LEAVES:
            return self._word(node, state)
        if any(child.type == "lambda_expression" and lambda_name(child) for child in node.children):
            return state
        if node.type in _LOOPS:
            return self._loop(node, state)
        special = {
            "if_statement": self._branches,
            "try_statement": self._try,
            "switch_statement": self._switch,
            "lambda_expression": self._lambda,
            "return_statement": self._leave,
            "continue_statement": self._jump,
            "break_statement": self._jump,
            "throw_statement": self._throw,
            "binary_expression": self._chain,
            "call_expression": self._call,
        }.get(node.type)
        return special(node, state) if special is not None else self._all(node.children, state)

    def _all(self, nodes: Iterable[Node], state: bool | None) -> bool | None:
        for node in nodes:
            state = self.run(node, state)
        return state

    def _event(self, conduct: Conduct, state: bool) -> bool:
        if conduct.reads and not self.rerun:
            self.reads = True
            self.talks = self.talks or state
        if not self.caught:
            self.throws = self.throws or conduct.throws
            self.late = self.late or conduct.late or (conduct.throws and state)
        self.prints = self.prints or conduct.prints
        return state or conduct.prints

    def _word(self, node: Node, state: bool) -> bool:
        text = self.definition.file.text(node)
        if text in THROWS or (node.type == "field_identifier" and self._throws(node, text)):
            state = self._event(Conduct(throws=True), state)
        conduct = self.known.get(text)
        if conduct is None or self._is_neutral(node):
            return state
        return self._event(conduct, state)

    def _throws(self, node: Node, text: bytes) -> bool:
        outer = node.parent.parent if node.parent is not None else None
        if text not in THROWING_METHODS or outer is None or outer.type != "call_expression":
            return False
        return text != b"substr" or not _is_inside(self.definition.file, outer)

    def _is_neutral(self, node: Node) -> bool:
        outer = node.parent
        if outer is not None and outer.type == "qualified_identifier":
            outer = outer.parent
        member = outer.child_by_field_name("field") if outer is not None else None
        return member is not None and member != node and self._text(member) in NEUTRAL

    def _text(self, node: Node) -> bytes:
        return self.definition.file.text(node)

    def _chain(self, node: Node, state: bool) -> bool | None:
        operands = chain_operands(self.definition.file, node)
        base = without_scope(self._text(operands[0])) if operands else b""
        if base not in self.known or not self.known[base].prints or self.known[base].reads:
            return self._all(node.children, state)
        now: bool | None = state
        for operand in operands[1:]:
            now = self.run(operand, now)
            text = without_scope(self._text(operand).partition(b"(")[0])
            if now is not None and (text not in MANIPULATORS or text == b"endl"):
                now = self._event(Conduct(prints=True), now)
        return now

    def _call(self, node: Node, state: bool) -> bool | None:
        callee, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        now = self.run(given, state) if given is not None else state
        if callee is None or now is None:
            return now
        if callee.type == "identifier" and self._text(callee) in self.definition.parameters:
            now = self._event(self.known.get(CALLBACK, Conduct()), now)
        if callee.type == "template_function" and self._text(callee).startswith(b"dynamic_cast"):
            now = self._event(Conduct(throws=b"&" in self._text(callee)), now)
        after = self.run(callee, now)
        return None if self._text(callee) in _EXITS else after

    def _lambda(self, node: Node, state: bool) -> bool:
        file = self.definition.file
        inner = Walk(
            Definition(file, node, b"", parts_of(node), parameters(file, node)), self.known, self.std_only
        )
        found = inner.conduct()
        self.talks = self.talks or inner.talks
        return self._event(found, state)

    def _leave(self, node: Node, state: bool) -> None:
        self._all(node.children, state)

    def _jump(self, node: Node, state: bool) -> bool | None:
        if not _is_of_loop(node):
            return state
        self.left.append(state)
        return None

    def _throw(self, node: Node, state: bool) -> None:
        after = self._all(node.children, state)
        self._event(Conduct(throws=True), bool(after))

    def _branches(self, node: Node, state: bool) -> bool | None:
        branches = ("consequence", "alternative")
        inner = [one for name in branches if (one := node.child_by_field_name(name)) is not None]
        now = self._all((one for one in node.children if one not in inner), state)
        ends = [self.run(one, now) for one in inner]
        return _join(*ends, *((now,) if len(inner) < len(branches) else ()))

    def _loop(self, node: Node, state: bool) -> bool | None:
        outer, self.left = self.left, []
        after = _join(self._rounds(node, state), *self.left)
        self.left = outer
        return after

    def _rounds(self, node: Node, state: bool) -> bool | None:
        body = node.child_by_field_name("body")
        if node.type == "do_statement" or body is None:
            after = self._all(node.children, state)
        else:
            head = (one for one in node.children if one != body)
            is_counted = node.type == "for_statement"
            now = self._header(node, body, state) if is_counted else self._all(head, state)
            after = _join(now, self.run(body, now))
        if (after or any(self.left)) and not self.rerun:
            # What the next round throws is thrown after this round has printed.
            self.rerun += 1
            self._all(node.children, True)
            self.rerun -= 1
        return after

    def _header(self, node: Node, body: Node, state: bool) -> bool:
        """A ``for`` up to its body, by its words: the arguments of a loop macro are in no tree."""
        head = self.definition.file.data[node.start_byte : body.start_byte]
        for word in _WORD.findall(code_only(head)):
            throws = word in THROWS or word in THROWING_METHODS
            state = self._event(self.known.get(word, Conduct()) | Conduct(throws=throws), state)
        return state

    def _switch(self, node: Node, state: bool) -> bool | None:
        body = node.child_by_field_name("body")
        now = self._all((one for one in node.children if one != body), state)
        after = now
        for one in body.children if body is not None else ():
            after = _join(after, self.run(one, _join(now, after)))
        return after

    def _try(self, node: Node, state: bool) -> bool | None:
        body = node.child_by_field_name("body")
        handlers = [one for one in node.children if one.type == "catch_clause"]
        texts = [self._text(one) for one in handlers]
        sure = any(_CATCH_ALL.match(text) or (self.std_only and _CATCH.match(text)) for text in texts)
        self.caught += sure
        before, self.prints = self.prints, False
        after = self.run(body, state) if body is not None else state
        self.caught -= sure
        printed, self.prints = self.prints or state, before or self.prints
        return _join(after, *(self.run(one, printed) for one in handlers))


def _is_of_loop(jump: Node) -> bool:
    """Whether a ``break`` or ``continue`` surely leaves the loop around it: no macro may hide another one."""
    for outer in ancestors(jump):
        if outer.type in _LOOPS:
            return True
        in_block = outer.parent is not None and outer.parent.type == "compound_statement"
        if outer.type not in ("compound_statement", "if_statement", "else_clause") or (
            outer.type == "compound_statement" and in_block
        ):
            return False
    return False


def _is_inside(file: ParsedFile, call: Node) -> bool:
    """Whether a ``substr`` begins at 0 or at the counter of a loop over the same text, so cannot throw."""
    found = _SUBSTR.match(file.text(call))
    if found is None or found[2] == b"0":
        return found is not None
    base, counter = found[1], found[2]
    loop = next((outer for outer in ancestors(call) if outer.type == "for_statement"), None)
    body = loop.child_by_field_name("body") if loop is not None else None
    condition = loop.child_by_field_name("condition") if loop is not None else None
    if body is None or condition is None or file.text(condition) != b"%b < %b.size()" % (counter, base):
        return False
    text = file.text(body)
    changes = rb"\b%b\b(?!\s*\.\s*(?:substr|size)\b)|(?:\+\+|--|&)\s*%b\b|\b%b\s*(?:\+\+|--|[-+*/%%]?=)"
    return re.search(changes % (base, counter, counter), text) is None


def _join(*states: bool | None) -> bool | None:
    reached = [state for state in states if state is not None]
    return any(reached) if reached else None
