"""Names that hide the streams, globals that use them before main, widths that wait for a line end."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

TOP = "#include <bits/stdc++.h>\nusing namespace std;\n"

MAIN = "\nint main() { int m; cin >> m; cout << m << endl; }"
HIDES = {
    "a parameter": 'void f(string endl) { cout << "x" << endl; } int main() { f("--"); cout << endl; }',
    "of a lambda": 'int main() { auto e = [](string endl = " ") { cout << endl; }; e(); cout << endl; }',
    "a local": 'int main() { auto endl = "E"; cout << "x" << endl << std::endl; }',
    "a binding": "int main() { map<int, int> v{{1, 2}}; for (auto [a, endl] : v) cout << a << endl << 1; }",
    "a member": """struct S { string endl = ";"; void p() { cout << "x" << endl; } };
        int main() { S s; s.p(); cout << endl; }""",
    "a stream": 'void f(ostream& cout) { cout << "x" << endl; } int main() { ofstream o("f"); f(o); }',
}
EARLY = {
    "an underscore": "int rd_in() { int x; cin >> x; return x; } int n = rd_in();",
    "braces": "int rd() { int x; cin >> x; return x; } const int n{rd()};",
    "parentheses": "int rd() { int x; cin >> x; return x; } vector<int> v(rd());",
    "a namespace": "namespace A { int rd() { int x; cin >> x; return x; } int n = rd(); }",
    "a condition": "int rd() { int x; cin >> x; return x; }\n#ifdef __GNUC__\nint n = rd();\n#endif",
    "through another": "int rd() { int x; cin >> x; return x; } int two() { return rd(); } int n = two();",
    "a static member": "int rd() { int x; cin >> x; return x; } struct S { static int n; }; int S::n = rd();",
    "a class": "int rd() { int x; cin >> x; return x; } struct S { int n = rd(); }; S s;",
    "an alias": "struct S { int n; S() { cin >> n; } }; using T = S; vector<T> all(2);",
    "an attribute": "__attribute__((constructor)) void pre() { cout << 1 << endl; }",
}
PADS = {
    "nothing": "int main() { cout << setw(3) << endl; }",
    "the next statement": "int main() { cout << setw(5); cout << endl; }",
    "behind a macro": "#define W setw(5)\nint main() { cout << W << endl; }",
    "an empty operand": """struct P {}; ostream& operator<<(ostream& o, const P&) { return o; }
        int main() { cout << setw(5) << P() << endl; }""",
    "a manipulator": "ostream& nop(ostream& o) { return o; } int main() { cout << setw(5) << nop << endl; }",
}


@pytest.mark.parametrize("name", HIDES)
def test_what_is_called_like_a_stream_is_none(rewrites: Rewrites, name: str) -> None:
    assert rewrites("IO4", TOP + HIDES[name]) == []


@pytest.mark.parametrize("name", EARLY)
def test_globals_that_use_the_streams_first(rewrites: Rewrites, name: str) -> None:
    assert rewrites("IO4", TOP + EARLY[name] + MAIN) == []


@pytest.mark.parametrize("name", PADS)
def test_a_width_that_waits_for_a_line_end(rewrites: Rewrites, name: str) -> None:
    assert rewrites("IO4", TOP + PADS[name]) == []
