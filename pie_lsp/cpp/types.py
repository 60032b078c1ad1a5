"""Reads the types that are written down in declarations; knows nothing of variables or of deduction.

A type that is not understood is None, and whoever needed it gives up.
"""

from collections.abc import Callable
from dataclasses import dataclass

INTEGERS = {
    "bool": (1, False),
    "char": (1, True),
    "signed char": (1, True),
    "unsigned char": (1, False),
    "short": (2, True),
    "unsigned short": (2, False),
    "int": (4, True),
    "unsigned int": (4, False),
    "long": (8, True),
    "unsigned long": (8, False),
    "long long": (8, True),
    "unsigned long long": (8, False),
}
"""Width in bytes on x86-64 Linux, and whether it is signed."""

FLOATS = frozenset({"float", "double", "long double"})

_SPELLINGS = {
    "unsigned": "unsigned int",
    "signed": "int",
    "signed int": "int",
    "short int": "short",
    "long int": "long",
    "long long int": "long long",
    "unsigned short int": "unsigned short",
    "unsigned long int": "unsigned long",
    "unsigned long long int": "unsigned long long",
    "long unsigned int": "unsigned long",
    "int64_t": "long",
    "uint64_t": "unsigned long",
    "int32_t": "int",
    "uint32_t": "unsigned int",
    "int16_t": "short",
    "uint16_t": "unsigned short",
    "int8_t": "signed char",
    "uint8_t": "unsigned char",
    "size_t": "unsigned long",
    "ptrdiff_t": "long",
}

_SEQUENCES = frozenset({"vector", "deque", "list", "array", "string", "forward_list"})
ORDERED = frozenset({"set", "multiset", "map", "multimap"})
UNORDERED = frozenset({"unordered_set", "unordered_map", "unordered_multiset", "unordered_multimap"})
CONTAINERS = _SEQUENCES | ORDERED | UNORDERED
CLASSES = CONTAINERS | {
    "pair", "tuple", "bitset", "stack", "queue", "priority_queue", "optional", "complex",
}  # fmt: skip
"""Class templates of the standard library that are values: copying one shares nothing."""


@dataclass(frozen=True, slots=True)
class CppType:
    """A value type as it is written, aliases resolved.

    name    without ``std::``: "vector", "unsigned int", or the name of a class of the user
    args    template arguments; what is not a type (a number) has its text as `name`
    is_std  the name is the standard library's
    """

    name: str
    args: tuple["CppType", ...] = ()
    is_std: bool = False
    is_const: bool = False

    @property
    def is_integer(self) -> bool:
        """A built-in integer type, `bool` and `char` included."""
        return not self.args and self.name in INTEGERS

    @property
    def is_scalar(self) -> bool:
        """A built-in arithmetic type."""
        return self.is_integer or (not self.args and self.name in FLOATS)

    @property
    def is_string(self) -> bool:
        """`std::string`."""
        return self.is_std and self.name == "string"

    def is_one_of(self, *names: str) -> bool:
        """Whether this is one of the standard library's class templates `names`."""
        return self.is_std and self.name in names

    @property
    def element(self) -> "CppType | None":
        """What iterating over a container yields."""
        if self.is_string:
            return CppType("char")
        if not self.is_std or not self.args:
            return None
        if self.name in {"map", "unordered_map", "multimap", "unordered_multimap"} and len(self.args) >= 2:
            return CppType("pair", (self.args[0], self.args[1]), is_std=True)
        if self.name in CONTAINERS:
            return self.args[0]
        return None

    @property
    def subscript(self) -> "CppType | None":
        """What ``operator[]`` yields without changing the container."""
        if self.is_string or self.is_one_of("vector", "deque", "array"):
            return self.element
        return None


NameReader = Callable[[str], "CppType | None"]
"""Tells what a plain name means: a class of the library, one of the user, or what an alias stands for."""


def read_type(text: str, name_of: NameReader) -> CppType | None:
    """Read a type such as ``const std::vector<int>``; None where it is not a plain value type."""
    words = text.split()
    plain = " ".join(
        word for word in words if word not in {"const", "constexpr", "static", "inline", "struct"}
    )
    if any(mark in plain for mark in "*&()[]") or "volatile" in words or "auto" in words:
        return None
    is_const = "const" in words or "constexpr" in words
    name, separator, rest = plain.partition("<")
    found = _named(name.strip(), name_of)
    if found is None or not separator:
        return _with_const(found, is_const)
    if not rest.rstrip().endswith(">") or found.args:
        return None
    args = tuple(_argument(part, name_of) for part in _split(rest.rstrip()[:-1]))
    if any(arg is None for arg in args):
        return None
    return CppType(found.name, tuple(arg for arg in args if arg), found.is_std, is_const)


def _named(name: str, name_of: NameReader) -> CppType | None:
    bare = name.removeprefix("std::").removeprefix("::std::")
    spelled = _SPELLINGS.get(bare, bare)
    if spelled in INTEGERS or spelled in FLOATS:
        # A macro or an alias may give a built-in name another meaning: `#define int long long`.
        return name_of(bare) if bare == name and " " not in bare else CppType(spelled)
    if " " in name:
        return None
    return name_of(name)


def builtin(name: str) -> CppType | None:
    """The built-in arithmetic type of that spelling."""
    spelled = _SPELLINGS.get(name, name)
    return CppType(spelled) if spelled in INTEGERS or spelled in FLOATS else None


def _with_const(found: CppType | None, is_const: bool) -> CppType | None:
    if found is None or not is_const:
        return found
    return CppType(found.name, found.args, found.is_std, is_const=True)


def _argument(text: str, name_of: NameReader) -> CppType | None:
    stripped = text.strip()
    if stripped.isdigit():
        return CppType(stripped)
    return read_type(stripped, name_of)


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for index, mark in enumerate(text):
        if mark == "<":
            depth += 1
        elif mark == ">":
            depth -= 1
        elif mark == "," and not depth:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]
