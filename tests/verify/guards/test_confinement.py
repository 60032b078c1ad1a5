"""Nothing outside of the selected function changes, but for what was granted."""

from collections.abc import Callable

import pytest

from pie_lsp.values.candidate import Grant, ProposerKind

FILE = """#include <iostream>
using namespace std;
int solve(string s);
int other(int n) { return n + 1; }
int solve(string s) {
    int n = s.size();
    return n;
}
int main() {
    string s;
    cin >> s;
    cout << solve(s) << endl;
}
"""
LATER = [
    ("n + 1", "1 + n"),
    ("    cin >> s;\n", "    cin >> s;\n    cin >> s;\n"),
    ("int other", "static int other"),
    ("string s) {", "const string& s) {"),
    ("string s);", "const string& s);"),
    ("<iostream>\n", "<iostream>\n#include <vector>\n"),
    ("string s;\n", "ios::sync_with_stdio(false);\n    string s;\n"),
    ("endl", "'\\n'"),
]


def _with(old: str, new: str) -> str:
    assert old in FILE
    return FILE.replace(old, new, 1)


@pytest.mark.parametrize(("old", "new"), LATER)
def test_outside_of_the_function_nothing_changes(
    guarded: Callable[..., str | None], old: str, new: str
) -> None:
    assert guarded(FILE, _with(old, new)) is not None


def test_inside_it_may(guarded: Callable[..., str | None]) -> None:
    assert guarded(FILE, _with("int n = s.size();", "const int n = (int)s.size();")) is None


def test_the_line_is_said(guarded: Callable[..., str | None]) -> None:
    reason = guarded(FILE, _with("n + 1", "1 + n"))
    assert reason == "It changes line 4, which is outside of the function solve."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<iostream>\n", "<iostream>\n#include <vector>\n"),
        ("#include <io", "#include <vector>\n#include <string>\n#include <io"),
    ],
)
def test_headers_may_be_granted(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE, _with(old, new), grants=[Grant.INCLUDE]) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<iostream>\n", '<iostream>\n#include "mine.h"\n'),
        ("<iostream>\n", "<iostream>\n#include <../secret>\n"),
        ("<iostream>\n", "<iostream>\n#define size() length()\n"),
        ("<iostream>\n", "<iostream>\n#pragma GCC optimize(3)\n"),
        ("<iostream>\n", "<iostream>\n#include <vector>\nint cache[9];\n"),
        ("using namespace std;\n", ""),
        ("    int n = s.size();\n", "#include <vector>\n    int n = s.size();\n"),
    ],
)
def test_nothing_but_standard_headers_is_granted(
    guarded: Callable[..., str | None], old: str, new: str
) -> None:
    assert guarded(FILE, _with(old, new), grants=[Grant.INCLUDE]) is not None


def test_all_declarations_may_change_together(guarded: Callable[..., str | None]) -> None:
    new = FILE.replace("solve(string s)", "solve(const string& s)")
    assert guarded(FILE, new, grants=[Grant.SIGNATURE]) is None


@pytest.mark.parametrize(
    "new",
    [
        FILE.replace("solve(string s)", "solve(const string& t)"),
        FILE.replace("solve(string s)", "solve(string s, int k = 0)"),
        FILE.replace("int solve(string s)", "const int& solve(string s)"),
        FILE.replace("int solve(string s)", "static int solve(string s)"),
        FILE.replace("other(int n)", "other(const int& n)"),
    ],
)
def test_only_how_arguments_are_passed_is_granted(guarded: Callable[..., str | None], new: str) -> None:
    assert guarded(FILE, new, grants=[Grant.SIGNATURE]) is not None


MAIN_START = "int main() {\n"


@pytest.mark.parametrize(
    "added",
    [
        "    ios::sync_with_stdio(false);\n    cin.tie(nullptr);\n",
        "    ios_base::sync_with_stdio(0);\n",
    ],
)
def test_calls_at_the_start_of_main_may_be_granted(guarded: Callable[..., str | None], added: str) -> None:
    assert guarded(FILE, _with(MAIN_START, MAIN_START + added), grants=[Grant.MAIN]) is None


@pytest.mark.parametrize(
    "added",
    [
        "    return 0;\n",
        "    int x = 5;\n",
        "    if (cin.peek()) cin.tie(nullptr);\n",
        "    cin.tie(nullptr); for (;;) {}\n",
        "    {\n",
    ],
)
def test_main_gets_nothing_but_calls(guarded: Callable[..., str | None], added: str) -> None:
    assert guarded(FILE, _with(MAIN_START, MAIN_START + added), grants=[Grant.MAIN]) is not None


def test_main_gets_them_at_its_start(guarded: Callable[..., str | None]) -> None:
    late = _with("    cin >> s;\n", "    cin >> s;\n    cin.tie(nullptr);\n")
    assert guarded(FILE, late, grants=[Grant.MAIN]) is not None


@pytest.mark.parametrize(("old", "new"), [("endl", "'\\n'"), ("endl", '"\\n"')])
def test_leaves_may_be_granted(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE, _with(old, new), grants=[Grant.WHOLE_FILE]) is None


def test_a_leaf_may_have_its_namespace_with_it(guarded: Callable[..., str | None]) -> None:
    old = FILE.replace("<< endl", "<< std::endl")
    assert guarded(old, old.replace("std::endl", "'\\n'"), grants=[Grant.WHOLE_FILE]) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("endl", "'\\n' << flush"),
        ("endl", "endl, cin >> s"),
        ("cin >> s;", ""),
        ("n + 1", "n"),
    ],
)
def test_more_than_leaves_is_not_granted(guarded: Callable[..., str | None], old: str, new: str) -> None:
    assert guarded(FILE, _with(old, new), grants=[Grant.WHOLE_FILE]) is not None


def test_a_combination_may_change_several_functions(guarded: Callable[..., str | None]) -> None:
    new = FILE.replace("n + 1", "1 + n").replace("int n = s.size()", "int n = s.length()")
    assert guarded(FILE, new) is not None
    assert guarded(FILE, new, kind=ProposerKind.COMBINATION) is None


def test_a_combination_stays_in_functions(guarded: Callable[..., str | None]) -> None:
    new = _with("using namespace std;\n", "using namespace std;\nint cache[9];\n")
    assert guarded(FILE, new, kind=ProposerKind.COMBINATION) is not None


TAKEN = """#include <algorithm>
using namespace std;
struct Box { int least() { return 1; } };
int solve(int n) {
    return n < 7 ? n : 7;
}
int main() {
    Box box;
    return min(solve(3), box.least()) + std::max(1, 2);
}
"""


@pytest.mark.parametrize(
    ("name", "fine"), [("min", False), ("max", True), ("least", True), ("smaller", True)]
)
def test_a_helper_takes_no_call_of_other_code(
    guarded: Callable[..., str | None], name: str, fine: bool
) -> None:
    changed = TAKEN.replace("return n < 7 ? n : 7", f"return {name}(n, 7)").replace(
        "int solve", f"int {name}(int a, int b) {{ return a < b ? a : b; }}\n\nint solve", 1
    )
    reason = guarded(TAKEN, changed, grants={Grant.HELPER, Grant.REWRITE})
    assert reason == (
        None if fine else f"It adds a function {name}, whose name other code of the file calls."
    )
