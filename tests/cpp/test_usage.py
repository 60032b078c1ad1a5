"""What is done to a variable at one place."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk
from pie_lsp.cpp.usage import Use, UseKind


def uses(body: str, name: str = "v", parameters: str = "vector<int> v, int n, int *p") -> tuple[Use, ...]:
    file = parse(f"using namespace std;\nint f({parameters}) {{ {body} }}\n".encode())
    function = next(node for node in walk(file.tree.root_node) if node.type == "function_definition")
    analysis = Analysis(file, function)
    variable = next(one for one in analysis.scopes.variables if one.name == name.encode())
    return analysis.uses(variable)


@pytest.mark.parametrize(
    ("body", "kind", "is_whole"),
    [
        ("n = v[0];", UseKind.READ, False),
        ("n = (v)[0] + 1;", UseKind.READ, False),
        ("w = v;", UseKind.READ, True),
        ("auto w = v;", UseKind.READ, True),
        ("return v[0].first;", UseKind.READ, False),
        ("cout << v[0];", UseKind.READ, False),
        ("if (v == w) n++;", UseKind.READ, True),
        ("n = w[v.at(1)];", UseKind.READ, False),
        ("v = w;", UseKind.WRITE, True),
        ("v[0] = 1;", UseKind.WRITE, False),
        ("v[0].first += 1;", UseKind.WRITE, False),
        ("v.front()++;", UseKind.WRITE, False),
        ("cin >> v[0];", UseKind.WRITE, False),
        ("cin >> n >> v[0];", UseKind.WRITE, False),
        ("(n ? v : w) = u;", UseKind.WRITE, True),
        ("v.push_back(1);", UseKind.METHOD, True),
        ("v[0].push_back(1);", UseKind.METHOD, False),
        ("g(v);", UseKind.ARGUMENT, True),
        ("g(n, v[0]);", UseKind.ARGUMENT, False),
        ("vector<int> w(v);", UseKind.ARGUMENT, True),
        ("vector<int> w{v};", UseKind.ARGUMENT, True),
        ("w.push_back({1, v});", UseKind.ARGUMENT, True),
        ("for (int x : v) n += x;", UseKind.RANGE, True),
        ("for (int x : v[0]) n += x;", UseKind.RANGE, False),
        ("auto &r = v;", UseKind.ESCAPE, True),
        ("auto &r = v[0];", UseKind.ESCAPE, False),
        ("auto q = &v;", UseKind.ESCAPE, True),
        ("auto q = &v[0];", UseKind.ESCAPE, False),
        ("auto q = (vector<int> &)v;", UseKind.ESCAPE, True),
        ("auto g = [v] { return 1; };", UseKind.ESCAPE, True),
        ("throw v;", UseKind.ESCAPE, True),
        ("new W(v);", UseKind.ESCAPE, True),
        ("return {v};", UseKind.ESCAPE, True),
        ("decltype(v) w;", UseKind.ESCAPE, True),
    ],
)
def test_kinds(body: str, kind: UseKind, is_whole: bool) -> None:
    found = uses(body)
    assert [(use.kind, use.is_whole) for use in found] == [(kind, is_whole)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("n = p[0];", UseKind.READ),
        ("n = *p;", UseKind.READ),
        ("*p = 1;", UseKind.WRITE),
        ("p[n] = 1;", UseKind.WRITE),
        ("p++;", UseKind.WRITE),
        ("int *q = p;", UseKind.ESCAPE),
        ("q = p + 1;", UseKind.ESCAPE),
        ("return p;", UseKind.ESCAPE),
        ("g(p + n);", UseKind.ARGUMENT),
        ("if (p != q) n++;", UseKind.READ),
    ],
)
def test_a_pointer_gives_access_where_its_value_goes(body: str, kind: UseKind) -> None:
    assert [use.kind for use in uses(body, "p")] == [kind]


def test_shifts_of_numbers_are_no_input() -> None:
    assert [use.kind for use in uses("n = 1 >> v[0];")] == [UseKind.READ]


def test_the_expression_and_the_method_are_told() -> None:
    (use,) = uses("n = v[n].size();")
    assert use.method == b"size"
    assert use.expression.text == b"v[n]"


def test_lambdas_are_noted() -> None:
    outside, inside = uses("n = v[0]; auto g = [&] { return v[1]; };")
    assert not outside.in_lambda and inside.in_lambda
    assert not uses("auto g = [&](int x) { return x; };", "x")[0].in_lambda


def test_shadowed_names_are_others() -> None:
    assert len(uses("n = v[0]; { int v = 1; n = v; }")) == 1


def test_macros_that_may_use_it_are_escapes() -> None:
    file = parse(b"#define SHOW cout << v\n#define rep(i, n) for (int i = 0; i < n; i++)\n"
                 b"void f(int v, int n, int k) { rep(i, n) k++; }\n")  # fmt: skip
    function = next(node for node in walk(file.tree.root_node) if node.type == "function_definition")
    analysis = Analysis(file, function)
    kinds = {one.name: [use.kind for use in analysis.uses(one)] for one in analysis.scopes.variables}
    assert kinds == {b"v": [UseKind.ESCAPE], b"n": [UseKind.ESCAPE], b"k": [UseKind.WRITE]}
