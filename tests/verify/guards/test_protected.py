"""Preprocessor lines and comments stay."""

from collections.abc import Callable

import pytest

FILE = """#include <vector>
#define LIMIT 10
int solve(int n) {
    // The sum of all.
    int s = 0;
#ifdef LOCAL
    s = 1;
#endif
    /* over
       everything */
    for (int i = 0; i < n; i++) s += i;
    // This is slow on purpose: do not replace it.
    for (int i = 0; i < n; i++) s ^= i;
    return s;  // NOLINT
}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#ifdef LOCAL", "#ifndef LOCAL"),
        ("#ifdef LOCAL\n    s = 1;\n#endif\n", ""),
        ("int s = 0;\n", "int s = 0;\n#pragma GCC unroll 8\n"),
        ("int s = 0;\n", "int s = 0;\n#define n 5\n"),
        ("int s = 0;\n", "int s = 0;\n%:define n 5\n"),
        ("    // The sum of all.\n", ""),
        ("// The sum of all.", "// The sum."),
        ("/* over\n       everything */", ""),
        ("s ^= i", "s ^= i + 0"),
        ("return s;", "return s + 0;"),
        ("int s = 0;", '_Pragma("GCC unroll 8") int s = 0;'),
    ],
)
def test_they_stay(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert old in FILE
    assert guarded(FILE, FILE.replace(old, new, 1)) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("s += i", "s = s + i"),
        ("int s = 0;", "int s = 0;  // starts at nothing"),
        ("    /* over\n       everything */", "  /* over\n     everything */"),
        ("int s = 0;", "int s = 0x0;"),
    ],
)
def test_other_edits_pass(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert old in FILE
    assert guarded(FILE, FILE.replace(old, new, 1)) is None
