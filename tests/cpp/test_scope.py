"""Which declaration a name refers to."""

from tree_sitter import Node

from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.scope import Scopes, Storage, Variable, walk


def scopes_of(source: str, number: int = -1) -> tuple[ParsedFile, Scopes, Node]:
    file = parse(source.encode())
    functions = [node for node in walk(file.tree.root_node) if node.type == "function_definition"]
    return file, Scopes(file, functions[number]), functions[number]


def last_use(source: str, name: str, number: int = -1) -> Variable | None:
    file, scopes, function = scopes_of(source, number)
    leaves = [n for n in walk(function) if n.type in ("identifier", "type_identifier")]
    return scopes.resolve([leaf for leaf in leaves if file.text(leaf) == name.encode()][-1])


def line_of(variable: Variable | None) -> int:
    assert variable is not None
    return variable.leaf.start_point.row


def test_the_innermost_declaration_is_meant() -> None:
    source = "int x;\nvoid f(int y) {\n int x = 1;\n {\n  int x = 2;\n  y = x;\n }\n}"
    assert line_of(last_use(source, "x")) == 4
    found = last_use(source, "y")
    assert found is not None and found.storage is Storage.PARAMETER


def test_a_declaration_is_not_visible_before_it() -> None:
    source = "int x;\nvoid f() {\n int y = x;\n int x = y;\n}"
    file, scopes, function = scopes_of(source)
    first = next(n for n in walk(function) if n.type == "identifier" and file.text(n) == b"x")
    assert line_of(scopes.resolve(first)) == 0


def test_loops_conditions_bindings_and_handlers() -> None:
    source = """void f(int n) {
  for (int i = 0; i < n; i++) n = i;
  if (int j = n) n = j;
  for (auto [k, v] : m) n = k + v;
  try { } catch (int &e) { n = e; }
}"""
    for name, line in (("i", 1), ("j", 2), ("k", 3), ("v", 3), ("e", 4)):
        assert line_of(last_use(source, name)) == line
    binding = last_use(source, "k")
    assert binding is not None and binding.is_binding and not binding.is_direct


def test_a_name_leaves_with_its_scope() -> None:
    assert last_use("void f() { for (int i = 0; i < 3; i++) { }\n i = 3; }", "i") is None


def test_lambdas_have_scopes_and_parameters() -> None:
    source = "void f(int x) {\n auto g = [&, z = x](int y) { return x + y + z; };\n}"
    assert line_of(last_use(source, "y")) == 1
    found = last_use(source, "y")
    assert found is not None and found.scope.type == "lambda_expression"
    captured = last_use(source, "z")
    assert captured is not None and captured.is_reference, "nothing is known of what it holds"


def test_a_vector_with_a_size_is_a_variable() -> None:
    found = last_use("void f(int n) { vector<int> v(n); v[0] = 1; }", "v")
    assert found is not None and found.type_text == b"vector<int>"
    size = last_use("void f(int n) { vector<int> v(n); }", "n")
    assert size is not None and size.storage is Storage.PARAMETER


def test_declarators() -> None:
    source = "void f() { static int a[3], *b = a, &c = a[0], d = 1; a; b; c; d; }"
    a, b, c, d = (last_use(source, name) for name in "abcd")
    assert a is not None and a.is_array and a.is_static and not a.is_own
    assert b is not None and b.is_pointer and b.value is not None
    assert c is not None and c.is_reference
    assert d is not None and d.is_direct


def test_members_and_globals() -> None:
    source = "int g;\nstruct S {\n int m;\n int f() { return m + g; }\n};"
    member, outside = last_use(source, "m"), last_use(source, "g")
    assert member is not None and member.storage is Storage.MEMBER
    assert outside is not None and outside.storage is Storage.GLOBAL


def test_what_could_be_inherited_is_unknown() -> None:
    assert last_use("int g;\nstruct S : B { int f() { return g; } };", "g") is None
    assert last_use("int g;\nint S::f() { return g; }", "g") is None
    assert last_use("struct S { int m; int m; int f() { return m; } };", "m") is None
    assert last_use("int g;\nvoid f() { struct T { int h() { return g; } }; }", "g", 0) is None


def test_a_global_with_two_declarations_is_unknown() -> None:
    assert last_use("extern int g;\nint g;\nint f() { return g; }", "g") is None


def test_parameters_of_prototypes_are_nobodys() -> None:
    _, scopes, _ = scopes_of("void f(int (*call)(int inner)) { int g(int other); }")
    assert {variable.name for variable in scopes.variables} == {b"call", b"g"}


def test_functions_are_no_variables() -> None:
    assert last_use("int g(int x);\nint f() { return g(1); }", "g") is None
    assert last_use("struct S { int m(); int f() { return m(); } };", "m") is None
