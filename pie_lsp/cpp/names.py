"""What names mean in a whole file: macros, aliases, the user's own types and functions.

Everything here is read from the text of the file and of the user's headers, and errs towards "declared
by the user". It knows nothing of scopes inside functions.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from tree_sitter import Node, Query, QueryCursor

from pie_lsp.cpp.parse import language
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, directives, opaque
from pie_lsp.cpp.types import CLASSES, CppType, builtin, read_type

_DEFINE = re.compile(rb"#\s*define\s+(\w+)(\([^)]*\))?(.*)", re.DOTALL)
_INCLUDE = re.compile(rb'#\s*include\s*([<"])([^>"]*)[>"]')
_WORD = re.compile(rb"[A-Za-z_]\w*")
_USING_STD = re.compile(rb"\busing\s+namespace\s+std\s*;")
_USING_NAME = re.compile(rb"\busing\s+(?:::\s*)?std\s*::\s*(\w+)\s*;")
_ALIAS = re.compile(rb"\busing\s+(\w+)\s*=\s*([^;{}]+);")
_TYPEDEF = re.compile(rb"\btypedef\s+([^;{}()\[\]]+?)\s*\b(\w+)\s*;")
_TYPE = re.compile(rb"\b(?:class|struct|union|enum)\s+(?:class\s+|struct\s+)?(\w+)")
_CALLABLE = re.compile(rb"(?<![.>:\w])(\w+)\s*\(")
_ALIAS_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Macro:
    """One ``#define``; `parameters` is None for a macro without parentheses."""

    name: bytes
    parameters: tuple[bytes, ...] | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Include:
    """One ``#include``."""

    name: bytes
    is_local: bool


@dataclass(frozen=True, slots=True)
class FileNames:
    """The meaning of names at file scope.

    macro_words  every word that some macro puts into the program besides its own parameters
    aliases      what alias names stand for; one with two meanings is in `types` instead
    types        classes, enumerations and template aliases of the user
    functions    functions of the user, in the file or in a header, members included
    """

    macros: Mapping[bytes, Macro]
    macro_words: frozenset[bytes]
    includes: tuple[Include, ...]
    aliases: Mapping[bytes, bytes]
    types: frozenset[bytes]
    functions: frozenset[bytes]
    imported: frozenset[bytes]
    using_std: bool

    def reaches_std(self, name: bytes) -> bool:
        """Whether `name` alone means ``std::name`` unless something hides it."""
        return self.using_std or name in self.imported

    def is_users(self, name: bytes) -> bool:
        """Whether the user declares something of that name at file or class scope."""
        return name in self.macros or name in self.aliases or name in self.types or name in self.functions

    def type_of(self, text: bytes) -> CppType | None:
        """The value type that `text` spells."""
        try:
            return read_type(text.decode("ascii"), self._meaning)
        except UnicodeDecodeError:
            return None

    def qualified(self, name: bytes) -> bytes:
        """How a standard name must be written at file scope to mean the standard library's."""
        return name if self.reaches_std(name) and not self.is_users(name) else b"std::" + name

    def _meaning(self, name: str, depth: int = 0) -> CppType | None:
        word = name.encode()
        if name.startswith(("std::", "::std::")):
            bare = name.rpartition("::")[2]
            return builtin(bare) or (CppType(bare, is_std=True) if bare in CLASSES else None)
        if depth > _ALIAS_DEPTH:
            return None
        stands_for = self._stands_for(word)
        if stands_for is not None:
            return read_type(stands_for, lambda inner: self._meaning(inner, depth + 1))
        if word in self.macros:
            return None
        if word in self.types:
            return CppType(name)
        known = builtin(name)
        if known is not None:
            return known
        return CppType(name, is_std=True) if name in CLASSES and self.reaches_std(word) else None

    def _stands_for(self, word: bytes) -> str | None:
        macro = self.macros.get(word)
        if macro is not None:
            text = macro.body if macro.parameters is None else b""
            same = text.split() == [word]
            return text.decode("ascii", "replace") if text and not same else None
        text = self.aliases.get(word, b"")
        return text.decode("ascii", "replace") if text else None


@lru_cache(maxsize=4)
def read_names(file: ParsedFile, headers: tuple[bytes, ...] = ()) -> FileNames:
    """Read the names of `file` and of the user's `headers`; once for all functions and rules."""
    sources = (file.data, *headers)
    macros = {macro.name: macro for source in sources for macro in _macros(source)}
    codes = [code_only(source) for source in sources]
    aliases, doubtful = _aliases(codes)
    types = {name for code in codes for name in _TYPE.findall(code)} | doubtful
    return FileNames(
        macros=MappingProxyType(macros),
        macro_words=frozenset(_macro_words(macros.values())),
        includes=tuple(include for source in sources for include in _includes(source)),
        aliases=MappingProxyType(aliases),
        types=frozenset(types),
        functions=frozenset((*_functions(file), *(w for code in codes[1:] for w in _CALLABLE.findall(code)))),
        imported=frozenset(name for code in codes for name in _USING_NAME.findall(code)),
        using_std=any(_USING_STD.search(code) for code in codes),
    )


@lru_cache(maxsize=8)
def code_only(data: bytes) -> bytes:
    """`data` with comments, literals and preprocessor lines blanked at equal length."""
    pieces: list[bytes] = []
    done = 0
    for token in opaque(data):
        pieces += (data[done : token.span.start], b" " * len(token.span))
        done = token.span.end
    return b"".join((*pieces, data[done:]))


def without_comments(data: bytes) -> bytes:
    """`data` with its comments blanked at equal length."""
    pieces: list[bytes] = []
    done = 0
    for token in opaque(data):
        if token.kind is TokenKind.COMMENT:
            pieces += (data[done : token.span.start], b" " * len(token.span))
            done = token.span.end
    return b"".join((*pieces, data[done:]))


def words(data: bytes) -> Iterator[bytes]:
    """Every word of `data`."""
    return (found.group() for found in _WORD.finditer(data))


@cache
def _continuation() -> re.Pattern[bytes]:
    return re.compile(rb"\\[ \t]*(?:\r\n|\n|\r)")


def _macros(data: bytes) -> Iterator[Macro]:
    for token in directives(data):
        line = _continuation().sub(b" ", data[token.span.start : token.span.end])
        found = _DEFINE.match(line)
        if found:
            parameters = found.group(2)
            names = tuple(_WORD.findall(parameters)) if parameters is not None else None
            yield Macro(found.group(1), names, without_comments(found.group(3)).strip())


def _macro_words(macros: Iterable[Macro]) -> Iterator[bytes]:
    for macro in macros:
        own = set(macro.parameters or ())
        yield from (word for word in words(macro.body) if word not in own)


def _includes(data: bytes) -> Iterator[Include]:
    for token in directives(data):
        found = _INCLUDE.match(data, token.span.start, token.span.end)
        if found:
            yield Include(found.group(2).strip(), found.group(1) == b'"')


def _aliases(codes: Iterable[bytes]) -> tuple[dict[bytes, bytes], set[bytes]]:
    found: dict[bytes, bytes] = {}
    doubtful: set[bytes] = set()
    for code in codes:
        pairs = [(match.group(1), match.group(2)) for match in _ALIAS.finditer(code)]
        pairs += [(match.group(2), match.group(1)) for match in _TYPEDEF.finditer(code)]
        for name, text in pairs:
            meaning = b" ".join(text.split())
            if found.setdefault(name, meaning) != meaning:
                doubtful.add(name)
        doubtful |= set(re.findall(rb"\btemplate\s*<[^;{}]*>\s*using\s+(\w+)", code))
    return {name: text for name, text in found.items() if name not in doubtful}, doubtful


def _functions(file: ParsedFile) -> Iterator[bytes]:
    for node in file_declarators(file):
        yield without_scope(file.text(node))


def file_declarators(file: ParsedFile) -> list[Node]:
    """The names that something of the form ``name(...)`` declares, misread variables included."""
    return QueryCursor(_declarators()).captures(file.tree.root_node).get("name", [])


def without_scope(name: bytes) -> bytes:
    """``Graph::add`` without ``Graph::``."""
    return name.rpartition(b"::")[2].strip()


@cache
def _declarators() -> Query:
    return Query(language(), "(function_declarator declarator: (_) @name)")
