"""The start-up floor of a program: an empty `main` with the program's own includes."""

import re
from dataclasses import replace

from pie_lsp.cpp.tokens import directives
from pie_lsp.values.toolchain import TranslationUnit

_INCLUDE = re.compile(rb'(?:#|%:)\s*include\s*(<[^>\r\n]+>|"[^"\r\n]+")')


def floor_unit(unit: TranslationUnit) -> TranslationUnit:
    """Return a unit that starts up as `unit` does and then does nothing.

    An include that stands under a condition may name a header that is not here, so each is taken only
    if it can be found.
    """
    names: dict[bytes, None] = {}
    for token in directives(unit.source):
        if found := _INCLUDE.match(unit.source, token.span.start, token.span.end):
            names[found[1]] = None
    lines = [b"#if __has_include(%s)\n#include %s\n#endif\n" % (name, name) for name in names]
    return replace(unit, source=b"".join(lines) + b"int main() {}\n")
