"""Reads what a compiler says: the first error as a sentence, and warnings that can be compared."""

import re

_ERROR = re.compile(
    r"^(?!collect2: )(?P<place>[^\n]*?:\d+(?::\d+)?: |\S+: )?(?:fatal )?error: (?P<text>.+)$", re.MULTILINE
)
"""The line of collect2 only repeats that the linker, which said why, gave up."""

_LINE = re.compile(r":(\d+)(?::\d+)?: $")
_LINKER = re.compile(
    r"^[^\n]*(undefined reference to .+|multiple definition of .+|cannot find .+)$", re.MULTILINE
)
_NOT_STATIC = re.compile(r"cannot find (?:-l|.*\.a\b)|attempted static link of dynamic object")
_WARNING = re.compile(r"^[^\n]*?: warning: (?P<text>.+)$", re.MULTILINE)
_NUMBERS = re.compile(r"\d+")


def first_error(diagnostics: str, static: bool = False) -> str:
    """Return the compiler's first error as one sentence, with its line where it has one.

    static  the program was to be linked statically, which not every library allows
    """
    if found := _ERROR.search(diagnostics):
        line = _LINE.search(found["place"] or "")
        where = f" at line {line[1]}" if line else ""
        text = found["text"].strip()
        stop = "" if not where and text.endswith(("?", "!", ".")) else "."
        return f"It does not compile: {text}{where}{stop}"
    if static and _NOT_STATIC.search(diagnostics):
        return "It cannot be linked statically, since a library has no static version; use --link dynamic."
    if found := _LINKER.search(diagnostics):
        return f"It does not link: {found[1].strip()}."
    last = diagnostics.strip().rpartition("\n")[2]
    return f"It does not compile: {last or 'the compiler gave no reason'}."


def normalised_warnings(diagnostics: str) -> tuple[str, ...]:
    """Return the different warnings in order, without places and numbers, so that sources compare."""
    texts = (_NUMBERS.sub("N", found["text"].strip()) for found in _WARNING.finditer(diagnostics))
    return tuple(sorted(set(texts)))
