"""What a look at a program tells of the edits that it may profit from: signs, found by patterns alone.

A sign decides nothing. Which kinds of edit go with which signs is learned from pairs (`by_kind.py`).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_COPIED = rb"(?:vector<[^()&]*>|string|[A-Z]\w+) "

_PATTERNS: Mapping[str, re.Pattern[bytes]] = MappingProxyType(
    {
        name: re.compile(pattern)
        for name, pattern in {
            "flushes lines": rb"\bendl\b",
            "unties streams": rb"sync_with_stdio",
            "reads by streams": rb"\bcin\b",
            "uses stdio": rb"\b(?:scanf|printf)\b",
            "reads characters": rb"\b(?:getchar|fread|fwrite)\b",
            "adds texts": rb"\b(\w+) = \1 \+|= [^;\n]*\+ \w+;",
            "declares a string": rb"\bstring\b[^;]*;",
            "cuts strings": rb"\bsubstr\b",
            "turns texts to numbers": rb"stringstream|to_string|\bsto[il]",
            "ordered container": rb"\b(?:map|set|multiset)\s*<",
            "hash table": rb"\bunordered_",
            "list or queue": rb"\b(?:list|deque|queue)\s*<",
            "inserts or erases": rb"\b(?:erase|insert)\b",
            "looks up": rb"\b(?:find|count)\b",
            "parameter by value": rb"[(,]\s*(?:const )?" + _COPIED + rb"\w+\s*[,)]",
            "loop variable by value": rb"for \((?:auto|pair<[^&]*>|" + _COPIED + rb") ?\w+ :",
            "vector of vectors": rb"vector<vector<",
            "container made in a loop": rb"for \([^\n]*\{\n(?:[^\n]*\n){0,3}\s+(?:vector<|string )",
            "grows a vector": rb"push_back",
            "reserves": rb"reserve\(",
            "wide integers": rb"\blong long\b",
            "remainders": rb"%",
            "divisions": rb" / ",
            "powers and roots": rb"\b(?:pow|sqrt)\(",
            "floating point": rb"\bdouble\b",
            "sorts": rb"\bsort\(",
            "loops three deep": rb"for[^\n]*\n\s+for[^\n]*\n\s+for",
            "loops two deep": rb"for[^\n]*\n\s+for",
            "while": rb"\bwhile\b",
            "flag": rb"bool \w+ = (?:true|false)",
            "structure": rb"\bstruct\b",
            "chain of conditions": rb"else if",
            "switch": rb"\bswitch\b",
            "class": rb"\b(?:virtual|class)\b",
            "allocates": rb"\bnew\b|unique_ptr|shared_ptr",
            "conditional expression": rb"\?",
            "least and largest": rb"\b(?:abs|max|min)\(",
        }.items()
    }
)

_HEAD = re.compile(rb"\b(\w+)\([^;{}]*\)\s*\{")
_NO_FUNCTIONS = frozenset((b"if", b"for", b"while", b"switch", b"catch", b"main"))

RECURSION = "calls itself"


def signs_of(source: bytes) -> frozenset[str]:
    """The signs that `source` shows; comments count as well, since nothing depends on it."""
    found = {name for name, pattern in _PATTERNS.items() if pattern.search(source)}
    if _calls_itself(source):
        found.add(RECURSION)
    return frozenset(found)


def all_signs() -> tuple[str, ...]:
    """Every sign that there is."""
    return (*_PATTERNS, RECURSION)


def _calls_itself(source: bytes) -> bool:
    for head in _HEAD.finditer(source):
        if head[1] not in _NO_FUNCTIONS:
            body = source[head.end() : _end_of_block(source, head.end())]
            if re.search(rb"\b" + head[1] + rb"\(", body):
                return True
    return False


def _end_of_block(source: bytes, start: int) -> int:
    depth = 1
    for brace in re.compile(rb"[{}]").finditer(source, start):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            return brace.start()
    return len(source)
