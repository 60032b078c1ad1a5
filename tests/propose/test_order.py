"""Programs whose output is awaited, or would be lost, and those that only look like it."""

from collections.abc import Callable

import pytest

Rewrites = Callable[..., list[str]]

TOP = "#include <bits/stdc++.h>\nusing namespace std;\n"

TALKS = {
    "a menu": "int main() { int c; do { cout << 1 << endl; cin >> c; if (c) cout << c; } while (c); }",
    "a menu in a function": """void menu() { cout << "1 Insert" << endl; }
        int main() { int c = 1; while (c) { menu(); cin >> c; } }""",
    "a sentence": 'int main() { int n; cout << "Unesite broj" << endl; cin >> n; cout << n << endl; }',
    "a heading": 'int main() { int n; cout << "Numbers\\n"; while (cin >> n) cout << n << endl; }',
    "a variable": 'int main() { string p = "n "; int n; cout << p; cin >> n; cout << n << endl; }',
    "a parameter": """int ask(string p) { int n; cout << p; cin >> n; return n; }
        int main() { cout << ask("How many? ") << endl; }""",
    "a chain": """int rd() { int n; cin >> n; return n; }
        int main() { cout << "Size " << rd() << endl; }""",
    "a search": """int main() {
        int l = 0, r = 9;
        while (l < r) { int m = (l + r) / 2; cout << m << endl; int x; cin >> x; x ? r = m : l = m + 1; }
    }""",
    "work between": """int main() {
        int x = 1; while (x) { cout << x << endl; vector<int> used(x); used[0] = x; cin >> x; }
    }""",
    "a key": 'int main() { int n; cin >> n; cout << n << endl << "Continue" << endl; cin.get(); }',
    "a query function": """void ask(int p) { cout << p << endl; cin >> p; }
        int main() { int n; cin >> n; ask(n); }""",
    "a lambda that reads": """int main() {
        auto get = [&] { int k; cin >> k; return k; };
        auto dfs = [&](auto self, int v) -> void { cout << v << endl; if (get()) self(self, v + 1); };
        dfs(dfs, 1);
    }""",
    "all at once": "int main() { int n; cin >> n; for (int i = 0; i < n; i++) cout << i << endl; cin >> n; }",
    "a callback": """template <class F> void twice(F f) { f(); f(); }
        int main() { twice([] { int n; cin >> n; cout << n << endl; }); }""",
    "a macro": """#define ASK(x) cout << "x " << endl; cin >> x
        int main() { int n; ASK(n); cout << n << endl; }""",
    "two macros": """#define OUT(x) cout << (x) << endl
        #define IN(x) cin >> x
        int main() { int n = 1; OUT(n); IN(n); }""",
    "a macro of a function": """int rd() { int n; cin >> n; return n; }
        #define IN rd()
        int main() { cout << 1 << endl; int n = IN; cout << n << endl; }""",
    "a stream parameter": """int rd(istream& in) { int n; in >> n; return n; }
        int main() { cout << 1 << endl; return rd(cin); }""",
    "an iterator": """int main() {
        istream_iterator<int> in(cin); cout << *in << endl; ++in; cout << *in << endl;
    }""",
    "a constructor": """struct S { int n; S() { cin >> n; } };
        int main() { cout << 1 << endl; S s; cout << s.n << endl; }""",
    "a destructor": "struct S { ~S() { int n; cin >> n; } }; int main() { S s; cout << 1 << endl; }",
    "an alias": "int main() { auto& in = cin; int n; cout << 1 << endl; in >> n; }",
    "a switch": """int main() { int n; cin >> n;
        switch (n) { case 1: cout << 1 << endl; case 2: cin >> n; } cout << n << endl; }""",
    "a handler": """int main() { int n; cin >> n;
        try { cout << 1 << endl; n = n / 1; } catch (...) { cin >> n; } }""",
    "a function object": """struct Ask { void operator()() { cout << 1 << endl; } };
        int main() { Ask ask; ask(); int n; cin >> n; }""",
    "a stream of the user": """struct Log {}; Log& operator<<(Log& l, int n) { cout << n << endl; return l; }
        int main() { Log l; l << 1; int n; cin >> n; }""",
    "a conversion": """struct In { operator int() { int n; cin >> n; return n; } };
        int main() { In in; cout << 1 << endl; return int(in); }""",
    "a base": """struct A { int n; A() { cin >> n; } }; struct B : A {};
        int main() { cout << 1 << endl; B b; cout << b.n << endl; }""",
    "a member": """struct A { int n; A() { cin >> n; } }; struct B { A a; };
        int main() { cout << 1 << endl; B b; cout << b.a.n << endl; }""",
    "another name": """int rd() { int n; cin >> n; return n; }
        int main() { auto f = rd; cout << 1 << endl; cout << f() << endl; }""",
    "an alias of a class": """struct A { int n; A() { cin >> n; } }; using T = A;
        int main() { cout << 1 << endl; T b; cout << b.n << endl; }""",
    "a line that is written over": 'int main() { int n; cin >> n; cout << "\\r" << n << "%"; cout << endl; }',
    "a hidden loop": """#define EACH(x) for (int j = 0; j < x; j++)
        int main() { int n; cin >> n; for (;;) { if (n) { EACH(n) { cout << 1 << endl; continue; } }
        cin >> n; } }""",
}
LOSES = {
    "a number": "int main() { string s; while (cin >> s) { cout << stoi(s) << endl; } }",
    "noexcept": """void f() noexcept { vector<int> v; v.at(0); }
        int main() { cout << 1 << endl; f(); }""",
    "not caught": """struct E {}; void f() { throw E(); }
        int main() { cout << 1 << endl; try { f(); } catch (int) { } }""",
    "not of std": """struct E {}; void f() { throw E(); }
        int main() { cout << 1 << endl; try { f(); } catch (exception& e) { } }""",
    "thrown again": """int main() { cout << 1 << endl; vector<int> v;
        try { v.at(1); } catch (exception& e) { throw; } }""",
    "in a function": """int f(string s) { cout << s << endl; return stoi(s); }
        int main() { string s; cin >> s; return f(s); }""",
    "in the next round": """#define REP(i, n) for (int i = 0; i < n; i++)
        int main() { vector<int> v(3); REP(i, 4) { v.at(i); cout << i << endl; } }""",
    "a piece": "int main() { string s; while (cin >> s) cout << s.substr(3) << endl; }",
    "an optional": "int main() { optional<int> o; cout << 1 << endl; cout << o.value() << endl; }",
    "a variant": "int main() { variant<int, char> v; cout << 1 << endl; cout << get<char>(v) << endl; }",
    "a macro": """#define PART(s) s.at(3)
        int main() { string s; while (cin >> s) cout << PART(s) << endl; }""",
    "a cast": """struct A { virtual ~A() {} }; struct B : A {};
        int main() { A a; cout << 1 << endl; dynamic_cast<B&>(a); }""",
}


@pytest.mark.parametrize("name", TALKS)
def test_a_program_that_reads_after_it_printed_keeps_its_flushes(rewrites: Rewrites, name: str) -> None:
    assert rewrites("IO4", TOP + TALKS[name]) == []


@pytest.mark.parametrize("name", LOSES)
def test_output_before_an_exception_is_not_held_back(rewrites: Rewrites, name: str) -> None:
    assert rewrites("IO4", TOP + LOSES[name]) == []


@pytest.mark.parametrize(
    "program",
    [
        "int main() { int x, sum = 0; while (cin >> x) { sum += x; cout << sum << endl; } }",
        "int main() { int t; cin >> t; while (t--) { int n; cin >> n; cout << n << endl; } }",
        """void solve() { int n; cin >> n; cout << n << endl; }
        int main() { int t; cin >> t; for (int i = 0; i < t; i++) solve(); }""",
        """int main() { int q, x; cin >> q; while (q--) { cin >> x;
        if (x == 2) { cout << x << endl; continue; } cin >> x; } }""",
        "int main() { int n; cin >> n; if (n < 0) { cout << 0 << endl; return 0; } cin >> n; }",
        "int main() { cout << fixed << setprecision(9); double x; cin >> x; cout << x << endl; }",
        """#define OUT(x) cout << (x) << endl
        int main() { int n; cin >> n; OUT(n); cout << endl; }""",
        "int main() { string s; cin >> s; int n = stoi(s); vector<int> v(n); v.at(0)++; cout << n << endl; }",
        """int main() { string s; while (cin >> s) {
        try { cout << stoi(s) << endl; } catch (const exception& e) { cout << 0 << endl; } } }""",
        """int main() { string s; cin >> s;
        for (size_t i = 0; i < s.size(); i += 60) { cout << s.substr(i, 60) << endl; } }""",
        "int n{3}; vector<int> v(n); int twice(int x); int main() { cin >> n; cout << n << endl; }",
    ],
)
def test_ordinary_programs_are_buffered(rewrites: Rewrites, program: str) -> None:
    (changed,) = rewrites("IO4", TOP + program)
    assert "sync_with_stdio(false)" in changed
    assert "'\\n'" in changed
