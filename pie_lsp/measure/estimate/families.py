"""Short names for the functions of libraries: all instances of a template under one name.

``std::vector<int>::push_back(int const&)`` is "std::vector::push_back" here, and so is that of every other
vector. Knows the mangling of the Itanium C++ ABI (section 5.1) as far as such names need it; a symbol that is
mangled otherwise keeps its own name.
"""

import re

from pie_lsp.measure.estimate.functions import readable_name

_STANDARD = {
    "Sa": "std::allocator",
    "Sb": "std::basic_string",
    "Ss": "std::string",
    "Si": "std::istream",
    "So": "std::ostream",
    "Sd": "std::iostream",
    "St": "std",
}
_SIGNS = (
    "ps+ ng- ad& de* co~ pl+ mi- ml* dv/ rm% an& or| eo^ aS= pL+= mI-= mL*= dV/= rM%= aN&= oR|= "
    "eO^= ls<< rs>> lS<<= rS>>= eq== ne!= lt< gt> le<= ge>= ss<=> nt! aa&& oo|| pp++ mm-- cm, "
    "pm->* pt-> cl() ix[] "
)
_OPERATORS = {word[:2]: word[2:] for word in _SIGNS.split()} | {
    "nw": " new",
    "na": " new[]",
    "dl": " delete",
    "da": " delete[]",
}
"""Codes of operators and what is written for them."""
_ALLOCATORS = (
    "_int_malloc _int_free _int_realloc __libc_malloc malloc __malloc __free free cfree __libc_calloc calloc "
    "__libc_realloc realloc malloc_consolidate unlink_chunk sysmalloc systrim _mid_memalign tcache_init "
    "alloc_perturb ptmalloc_init _Znwm _Znam _ZdlPv _ZdaPv _ZdlPvm _ZdaPvm"
)
_ALLOCATION = frozenset(_ALLOCATORS.split())
"""What the C++ and the C library allocate with, which is many functions for one thing."""
_CHOSEN = re.compile(r"__((?:mem|str|wmem|wcs)[a-z]+)_(?:sse2|sse4|ssse3|avx|avx2|avx512|evex|erms)\w*")
"""One of several versions of a C function; which, the C library chooses by the processor."""
_BUILTIN = frozenset("vwbcahstijlmxynofdegz")
_PREFIXES = frozenset("PROKVrCG")
_ANONYMOUS = "_GLOBAL__N_1"
_MOST_DEPTH = 200


class _UnknownError(Exception):
    """The symbol is mangled in a way that is not read here."""


def family_name(symbol: str) -> str:
    """The name of a function without the arguments of its templates; the symbol where it cannot be read."""
    plain = readable_name(symbol)
    if plain in _ALLOCATION:
        return "memory allocation"
    if chosen := _CHOSEN.fullmatch(plain):
        return chosen[1]
    if not plain.startswith("_Z"):
        return plain.replace(_ANONYMOUS, "(anonymous)")
    try:
        return _Reader(plain).function()
    except (_UnknownError, IndexError, RecursionError):
        return plain


class _Reader:
    """Reads one symbol from left to right."""

    def __init__(self, symbol: str) -> None:
        self._text = symbol.removeprefix("_Z")
        self._at = 0
        self._depth = 0

    def function(self) -> str:
        """The name that the symbol begins with; what follows are types of arguments."""
        self._skip("L")
        names = [name for name in self._name() if name != "__cxx11"]
        if not names:
            raise _UnknownError(self._text)
        return "::".join(names)

    def _peek(self, length: int = 1) -> str:
        return self._text[self._at : self._at + length]

    def _skip(self, word: str) -> bool:
        found = self._text.startswith(word, self._at)
        self._at += len(word) * found
        return found

    def _expect(self, word: str) -> None:
        if not self._skip(word):
            raise _UnknownError(self._text)

    def _name(self) -> list[str]:
        if self._skip("N"):
            return self._nested()
        if self._skip("Z"):
            return self._local()
        names = ["std"] if self._skip("St") else []
        names.append(self._part(names))
        self._arguments()
        return names

    def _nested(self) -> list[str]:
        while self._peek() in ("r", "V", "K", "R", "O"):
            self._at += 1
        names: list[str] = []
        while not self._skip("E"):
            if self._peek() == "I":
                self._arguments()
            elif self._peek() == "B":
                self._tag()
            elif self._depth and self._peek() in ("S", "T") and self._peek(2) not in _STANDARD:
                # Within a type only how far the name goes matters, and not what it is.
                self._one_type()
            else:
                names.append(self._part(names))
        return names

    def _local(self) -> list[str]:
        """Something inside a function: ``Z`` function ``E`` name."""
        names = self._name()
        while not self._skip("E"):
            self._type()
        if self._skip("s"):
            return names
        return [*names, *self._name()]

    def _part(self, before: list[str]) -> str:
        """One name between two ``::``."""
        if self._peek().isdigit():
            return self._source_name()
        two = self._peek(2)
        if two in _STANDARD and not before:
            self._at += 2
            return _STANDARD[two]
        if two in _OPERATORS:
            self._at += 2
            return "operator" + _OPERATORS[two]
        if two in ("C1", "C2", "C3", "C4", "D0", "D1", "D2", "D4") and before:
            self._at += 2
            last = before[-1].rpartition("::")[2]
            return f"~{last}" if two[0] == "D" else last
        if self._skip("cv"):
            self._type()
            return "operator conversion"
        if self._skip("Ul"):
            while not self._skip("E"):
                self._type()
            self._number_and_underscore()
            return "lambda"
        if self._skip("L"):
            return self._source_name()
        raise _UnknownError(self._text)

    def _source_name(self) -> str:
        start = self._at
        while self._peek().isdigit():
            self._at += 1
        length = int(self._text[start : self._at] or "0")
        name = self._peek(length)
        if not length or len(name) < length:
            raise _UnknownError(self._text)
        self._at += length
        while self._peek() == "B":
            self._tag()
        return "(anonymous)" if name == _ANONYMOUS else name

    def _tag(self) -> None:
        self._expect("B")
        self._source_name()

    def _number_and_underscore(self) -> None:
        while self._peek().isdigit():
            self._at += 1
        self._expect("_")

    def _arguments(self) -> None:
        """Arguments of a template, if they come."""
        if not self._skip("I"):
            return
        while not self._skip("E"):
            self._argument()

    def _argument(self) -> None:
        if self._skip("J"):
            while not self._skip("E"):
                self._argument()
        elif self._skip("L"):
            self._literal()
        else:
            self._type()

    def _literal(self) -> None:
        """A value: of a type, or a function by its whole symbol."""
        if self._skip("_Z"):
            self._name()
            while not self._skip("E"):
                self._type()
            return
        self._type()
        while not self._skip("E"):
            if not self._peek().isalnum():
                raise _UnknownError(self._text)
            self._at += 1

    def _type(self) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH or self._at >= len(self._text):
            raise _UnknownError(self._text)
        self._one_type()
        self._depth -= 1

    def _one_type(self) -> None:
        if self._skip("Dp") or (self._peek() in _PREFIXES and self._advance()):
            self._type()
        elif self._skip("F") or self._skip("DoF"):
            while not self._skip("E"):
                self._type()
        elif self._skip("A"):
            self._number_and_underscore()
            self._type()
        elif self._skip("M"):
            self._type()
            self._type()
        elif self._skip("T"):
            self._number_and_underscore()
            self._arguments()
        elif self._peek(2) in ("Dn", "Di", "Ds", "Du", "Da", "Dc"):
            self._at += 2
        elif self._peek() == "S" and self._peek(2) != "St":
            self._substitution()
        elif self._peek() in _BUILTIN:
            self._at += 1
        else:
            self._name()

    def _advance(self) -> bool:
        self._at += 1
        return True

    def _substitution(self) -> None:
        if self._peek(2) in _STANDARD:
            self._at += 2
        else:
            self._expect("S")
            while self._peek().isalnum():
                self._at += 1
            self._expect("_")
        self._arguments()
