"""The start-up floor of a program: an empty `main` with the program's own includes."""

import re
from dataclasses import replace

from pie_lsp.cpp.headers import leading_includes
from pie_lsp.cpp.tokens import directives
from pie_lsp.values.toolchain import TranslationUnit

_INCLUDE = re.compile(rb'(?:#|%:)\s*include\s*(<[^>\r\n]+>|"[^"\r\n]+")')


def floor_units(unit: TranslationUnit) -> tuple[TranslationUnit, ...]:
    """Units for the floor of `unit`, the best first; the next one is for where the one before does not build.

    A header of the user may hold a `main` of its own or need what the program says before it, so the second
    has only the system's headers. The last needs none.
    """
    system = replace(unit, source=leading_includes(unit.source))
    empty = replace(unit, source=b"")
    sources = dict.fromkeys(floor_unit(one) for one in (unit, system, empty))
    return tuple(sources)


def floor_unit(unit: TranslationUnit) -> TranslationUnit:
    """Return a unit that starts up as `unit` does and then does nothing.

    The lines that the source begins with are taken as they are, so that a precompiled header fits. A later
    one may stand under a condition and name a header that is not here, so it is taken if it can be found.
    """
    leading = leading_includes(unit.source)
    names: dict[bytes, None] = {}
    for token in directives(unit.source):
        if found := _INCLUDE.match(unit.source, token.span.start, token.span.end):
            names[found[1]] = None
    later = [name for name in names if b"#include %s\n" % name not in leading]
    lines = [b"#if __has_include(%s)\n#include %s\n#endif\n" % (name, name) for name in later]
    return replace(unit, source=leading + b"".join(lines) + b"int main() {}\n")
