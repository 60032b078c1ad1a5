"""No safeguard goes."""

from collections.abc import Callable

import pytest

FILE = """#include <bits/stdc++.h>
using namespace std;
int solve(int n, vector<int> v) {
    assert(n > 0);
    static_assert(sizeof(int) == 4);
    if (n < 0 || n > 1000) return -1;
    if (n == 7) {
        throw runtime_error("seven");
    }
    if (v.empty()) exit(3);
    try {
        n += v.at(0);
    } catch (const out_of_range& e) {
        n = 0;
    }
    for (int x : v) {
        if (x == 5) return 5;
        n += x;
    }
    cout << n << flush;
    return n;
}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    assert(n > 0);\n", ""),
        ("    static_assert(sizeof(int) == 4);\n", ""),
        ("    if (n < 0 || n > 1000) return -1;\n", ""),
        ("n < 0 || n > 1000", "n < 0"),
        ('throw runtime_error("seven");', ";"),
        ("    if (v.empty()) exit(3);\n", ""),
        ("v.at(0)", "v[0]"),
        (" catch (const out_of_range& e) {\n        n = 0;\n    }", ""),
        (" << flush", ""),
    ],
)
def test_it_stays(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert old in FILE
    assert guarded(FILE, FILE.replace(old, new)) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("n > 1000) return -1;", "n > 1000) { return -1; }"),
        ("        if (x == 5) return 5;\n        n += x;", "        n += x;"),
        ("n > 1000) return -1;", "n > 1000 || n == 1001) return -1;"),
        ("int x : v", "const int& x : v"),
        ("    assert(n > 0);\n", "    assert(n > 0);\n    assert(n != 0);\n"),
    ],
)
def test_other_edits_pass(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert old in FILE
    assert guarded(FILE, FILE.replace(old, new)) is None
