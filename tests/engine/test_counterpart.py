"""A function is found again by its name and its order."""

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.counterpart import counterpart

SOURCE = b"int f(int a) { return a; }\nint f(long a) { return 2; }\nint main() { return f(1); }\n"


def test_the_second_of_a_name_stays_the_second() -> None:
    second = find_functions(parse(SOURCE)).functions[1].ref
    changed = b"int g() { return 1; }\n" + SOURCE.replace(b"return a;", b"return a + 0;")
    found = counterpart(second, SOURCE, changed)
    assert found is not None and found.line == 3
    assert changed[found.span.start : found.span.end] == b"int f(long a) { return 2; }"


def test_where_it_could_be_another_none_is_found() -> None:
    second = find_functions(parse(SOURCE)).functions[1].ref
    assert counterpart(second, SOURCE, b"int f(long a) { return 2; }\n") is None
    assert counterpart(second, b"int g() { return 1; }\n", SOURCE) is None
