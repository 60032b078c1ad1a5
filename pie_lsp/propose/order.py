"""In which order a program prints, reads and may throw: whether its output can be awaited, or be lost.

A program that reads after it printed may talk with somebody; one that throws after it printed may end with
its output unwritten. Reads syntax and names alone, and knows nothing of edits.
"""

import re
from dataclasses import dataclass

from tree_sitter import Node

from pie_lsp.cpp.names import FileNames, code_only
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.query import captures
from pie_lsp.propose.definitions import Definition, definitions
from pie_lsp.propose.walk import CALLBACK, NEUTRAL, THROWING_METHODS, THROWS, Conduct, Walk

_STD_EXCEPTION = (
    rb"(?:runtime_error|logic_error|invalid_argument|out_of_range|domain_error|length_error|"
    rb"overflow_error|underflow_error|range_error|exception|bad_alloc)"
)
_STD_THROW = re.compile(rb"\bthrow\s+(?:std\s*::\s*)?%b\s*[({]|\bthrow\s*;" % _STD_EXCEPTION)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_INPUTS = re.compile(
    rb"\b(?:(?:basic_)?io?stream(?:\s*<[^<>;]*>)?\s*(?:const\s*)?[&*]+|"
    rb"\bistream(?:buf)?_iterator\s*<[^;()]*?>)\s*(\w+)"
)
_OUTPUTS = re.compile(
    rb"\b(?:(?:basic_)?i?ostream(?:\s*<[^<>;]*>)?\s*(?:const\s*)?[&*]+|"
    rb"\bostream(?:buf)?_iterator\s*<[^;()]*?>)\s*(\w+)"
)
_NEUTRAL_TEXT = re.compile(
    rb"\bc(?:in|out|err)\s*\.\s*(?:%b)\b" % b"|".join(sorted(NEUTRAL))
    + rb"|\bcout\s*(?:<<\s*(?:std\s*::\s*)?(?:fixed|setprecision\s*\([^()]*\))\s*)+(?!\s*<<)"
)
_THROWING = THROWS | THROWING_METHODS | {b"throw"}


@dataclass(frozen=True, slots=True)
class Order:
    """The verdict on a whole program; `names` are the functions and macros that do something."""

    talks: bool
    may_lose_output: bool


def read_order(file: ParsedFile, headers: tuple[bytes, ...], names: FileNames) -> Order:
    """Find out in which order a program prints, reads and throws."""
    files = (file, *(parse(header) for header in headers))
    code = b"\n".join(code_only(one.data) for one in files)
    known: dict[bytes, Conduct] = {}
    short = _abbreviations(names)
    for name in (b"cin", *_INPUTS.findall(code)):
        _learn(known, name, Conduct(reads=True))
    for name in (b"cout", b"cerr", *_OUTPUTS.findall(code)):
        _learn(known, name, Conduct(prints=True))
    if re.search(rb"\bvariant\b", code):
        for name in (b"get", b"visit"):
            _learn(known, name, Conduct(throws=True))
    std_only = len(_STD_THROW.findall(code)) == len(re.findall(rb"\bthrow\b", code))
    callables = [one for source in files for one in definitions(source)]
    talks = _settle(callables, short, known, std_only)
    hidden = any(_is_hidden(known[name], name, file, code) for name in names.macros if name in known)
    odd = any(_is_odd(one, known) for one in callables)
    readers = {one.name for one in callables if known.get(one.name, Conduct()).reads}
    passed = any(_is_passed(source, readers) for source in files)
    return Order(talks or hidden or odd or passed, known.get(b"main", Conduct()).late or odd)


def _learn(known: dict[bytes, Conduct], name: bytes, found: Conduct) -> bool:
    """Whether it was news that `name` does what was found."""
    before = known.get(name, Conduct())
    known[name] = before | found
    return known[name] != before


def _settle(
    callables: list[Definition], short: dict[bytes, set[bytes]], known: dict[bytes, Conduct], std_only: bool
) -> bool:
    """Learn what every function does until nothing is new; whether any of them reads after it printed."""
    talks, changed = False, True
    while changed:
        changed = False
        for name, words in short.items():
            inside = Conduct(throws=bool(words & _THROWING))
            for word in words & known.keys():
                inside |= known[word]
            if inside != Conduct():
                changed |= _learn(known, name, inside)
        for definition in callables:
            walk = Walk(definition, known, std_only)
            found = walk.conduct()
            talks = talks or walk.talks
            changed |= _learn(known, definition.name, found)
            if definition.name != b"main" and not definition.name.startswith((b"operator", b"~")):
                changed |= _learn(known, CALLBACK, found)
    return talks


def _abbreviations(names: FileNames) -> dict[bytes, set[bytes]]:
    """The words that macros and aliases stand for."""
    found = {name: set(_WORD.findall(_NEUTRAL_TEXT.sub(b"", one.body))) for name, one in names.macros.items()}
    found.update({name: set(_WORD.findall(text)) for name, text in names.aliases.items()})
    return found


def _is_hidden(conduct: Conduct, name: bytes, file: ParsedFile, code: bytes) -> bool:
    """Whether a macro that prints or reads does both, or stands where the tree does not show it."""
    uses = len(re.findall(rb"\b%b\b" % name, code))
    if not uses or not (conduct.reads or conduct.prints):
        return False
    leaves = captures("(identifier) @leaf", file.tree.root_node).get("leaf", [])
    shown = [leaf for leaf in leaves if file.text(leaf) == name and not _is_defined_by(leaf)]
    return (conduct.reads and conduct.prints) or len(shown) != uses


def _is_passed(file: ParsedFile, readers: set[bytes]) -> bool:
    """Whether a function that reads is kept in a variable or passed, to be called by another name."""
    for leaf in captures("[(identifier) (field_identifier)] @leaf", file.tree.root_node).get("leaf", []):
        outer = leaf.parent
        if file.text(leaf) not in readers or outer is None:
            continue
        if outer.type in ("qualified_identifier", "field_expression", "template_function"):
            leaf, outer = outer, outer.parent or outer
        is_named = outer.type in ("function_declarator", "init_declarator", "assignment_expression")
        is_called = outer.type == "call_expression" and outer.child_by_field_name("function") == leaf
        if not is_called and not (is_named and outer.children[0] == leaf):
            return True
    return False


def _is_defined_by(leaf: Node) -> bool:
    return leaf.parent is not None and leaf.parent.type.startswith("preproc_")


def _is_odd(definition: Definition, known: dict[bytes, Conduct]) -> bool:
    """Whether something that is called without its name does what must be seen at the call."""
    conduct = known.get(definition.name, Conduct())
    if definition.name.startswith(b"~"):
        return conduct != Conduct()
    if definition.name.startswith(b"operator"):
        is_shift = definition.name.removeprefix(b"operator").strip() in (b"<<", b">>")
        words = set(_WORD.findall(code_only(definition.file.text(definition.node))))
        silent = not words & {b"cin", b"cout", b"cerr"} if is_shift else not (conduct.reads or conduct.prints)
        return conduct.throws or not silent
    head = definition.file.text(definition.node).partition(b"{")[0]
    return conduct.throws and b"noexcept" in head
