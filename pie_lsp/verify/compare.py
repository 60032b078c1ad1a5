"""Compares outputs: with an expected file as judges do, and with the old program byte for byte.

Never float-tolerant, since PIE's own tolerant comparison takes 9007199254740993 for 9007199254740992.
"""

_SHOWN = 40
"""Characters of a line that a sentence shows."""

_LEAD = 12
"""Characters shown before the place where two lines begin to differ."""


def expected_difference(expected: bytes, got: bytes) -> str | None:
    """Where `got` is not what an expected file says, as the end of a sentence; None where it agrees.

    Line by line, any white space between words counting alike; blank lines at the end count for nothing.
    Extra and missing lines are differences.
    """
    wanted, found = _judged_lines(expected), _judged_lines(got)
    return _first_difference([b" ".join(line) for line in wanted], [b" ".join(line) for line in found])


def byte_difference(old: bytes, new: bytes) -> str | None:
    """Where `new` differs from `old` at all, as the end of a sentence; None where every byte is the same."""
    if old == new:
        return None
    return _first_difference(old.split(b"\n"), new.split(b"\n"))


def _judged_lines(data: bytes) -> list[list[bytes]]:
    lines = [line.split() for line in data.replace(b"\r\n", b"\n").split(b"\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _first_difference(wanted: list[bytes], found: list[bytes]) -> str | None:
    for number, (want, got) in enumerate(zip(wanted, found, strict=False), start=1):
        if want != got:
            column = _common_prefix(want, got)
            return f"line {number} is {shown(got, column)} instead of {shown(want, column)}"
    if len(found) > len(wanted):
        return f"line {len(wanted) + 1}, {shown(found[len(wanted)])}, is too much"
    if len(found) < len(wanted):
        return f"line {len(found) + 1}, {shown(wanted[len(found)])}, is missing"
    return None


def _common_prefix(one: bytes, other: bytes) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def shown(line: bytes, column: int = 0) -> str:
    """A piece of `line` around `column` in quotes, in printable characters whatever the bytes are."""
    start = max(0, column - _LEAD) if len(line) > _SHOWN else 0
    piece = line[start : start + _SHOWN].decode("utf-8", "backslashreplace")
    safe = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in piece)
    return f'{"…" if start else ""}"{safe}"{"…" if start + _SHOWN < len(line) else ""}'
