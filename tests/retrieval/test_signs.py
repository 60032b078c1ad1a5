import pytest

from pie_lsp.corpus.loader import problems
from pie_lsp.retrieval.signs import RECURSION, all_signs, signs_of


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        (b"cout << x << endl;", "flushes lines"),
        (b"s = s + x;", "adds texts"),
        (b"int f(vector<int> v) {", "parameter by value"),
        (b"for (auto word : words) {", "loop variable by value"),
        (b"for (;;)\n    for (;;)\n        for (;;) {}", "loops three deep"),
        (b"map<int, int> m;", "ordered container"),
        (b"int f(int n) { if (n < 2) { return n; } return f(n - 1); }", RECURSION),
    ],
)
def test_a_sign_is_seen_where_it_is(code: bytes, sign: str) -> None:
    assert sign in all_signs()
    assert sign in signs_of(code)


@pytest.mark.parametrize(
    ("code", "sign"),
    [
        (b"cout << x << '\\n';", "flushes lines"),
        (b"s = t + x * 2;", "adds texts"),
        (b"int f(const vector<int>& v) {", "parameter by value"),
        (b"for (const auto& word : words) {", "loop variable by value"),
        (b"for (;;)\n    for (;;) {}", "loops three deep"),
        (b"unordered_map<int, int> m;", "ordered container"),
        (b"int f(int n) { return n; }\nint main() { return f(1); }", RECURSION),
    ],
)
def test_and_not_where_it_is_not(code: bytes, sign: str) -> None:
    assert sign not in signs_of(code)


def test_every_sign_tells_programs_apart() -> None:
    programs = [version.source for problem in problems() for version in problem.versions]
    seen = [signs_of(program) for program in programs]
    for sign in all_signs():
        assert 0 < sum(sign in signs for signs in seen) < len(seen), sign


def test_what_is_no_program_ends_too() -> None:
    assert signs_of(b"") == frozenset()
    assert signs_of(b"f(" * 2000 + b"{" * 2000) <= set(all_signs())
