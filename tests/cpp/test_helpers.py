"""What may come before a function, and what could remember something and may not."""

import pytest

from pie_lsp.cpp.helpers import is_helper
from pie_lsp.cpp.parse import parse


@pytest.mark.parametrize(
    ("code", "may"),
    [
        (b"int half(int n) { return n / 2; }", True),
        (b"struct Pair { int a, b; };", True),
        (b"class Box {};", True),
        (b"enum Kind { A, B };", True),
        (b"using Row = std::vector<int>;", True),
        (b"template <class T> T half(T n) { return n / 2; }", True),
        (b"constexpr int LIMIT = 100;", True),
        (b"static constexpr int LIMITS[] = {1, 2};", True),
        (b"template <class T> constexpr T two = 2;", True),
        (b"int count = 0;", False),
        (b"const int LIMIT = 100;", False),
        # The word is inside of what the variable begins with, and not its own.
        (b"int count = [] { constexpr int k = 1; return k; }();", False),
        (b"std::vector<int> seen;", False),
        (b"using namespace std;", False),
        (b'#pragma GCC target("avx2")\n', False),
    ],
)
def test_only_what_remembers_nothing_is_a_helper(code: bytes, may: bool) -> None:
    file = parse(code)
    assert is_helper(file, file.tree.root_node.named_children[0]) is may
