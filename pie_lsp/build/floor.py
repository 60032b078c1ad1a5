"""The start-up floor of a program: an empty `main` with the program's own system includes."""

import re
from dataclasses import replace

from pie_lsp.values.toolchain import TranslationUnit

_SYSTEM_INCLUDE = re.compile(rb"^[ \t]*#[ \t]*include[ \t]*(<[^>\r\n]+>)", re.MULTILINE)


def floor_unit(unit: TranslationUnit) -> TranslationUnit:
    """Return a unit that starts up as `unit` does and then does nothing."""
    names = dict.fromkeys(_SYSTEM_INCLUDE.findall(unit.source))
    lines = [b"#include " + name for name in names]
    return replace(unit, source=b"\n".join([*lines, b"int main() {}", b""]))
