"""What a model is shown of a file: everything, or what the function needs."""

from collections.abc import Callable

from pie_lsp.prompting.target import Target

from .conftest import PROGRAM

Targets = Callable[..., Target]


def test_the_whole_file_has_line_ends_as_models_know_them(target_of: Targets) -> None:
    shown = target_of("total", b"\xef\xbb\xbf" + PROGRAM.replace(b"\n", b"\r\n")).whole()
    assert shown.code == PROGRAM.decode() and shown.whole


def test_a_part_holds_what_the_function_uses_and_what_that_uses(target_of: Targets) -> None:
    shown = target_of("total").part()
    assert not shown.whole
    assert shown.code == "\n".join(
        [
            "#include <iostream>",
            "#include <vector>",
            "struct Item {\n    int weight;\n};",
            "int weight_of(const Item &item);",
            PROGRAM[PROGRAM.index(b"int total") : PROGRAM.index(b"\n\nclass Box")].decode(),
        ]
    )


def test_a_member_is_shown_in_its_class_and_the_others_without_bodies(target_of: Targets) -> None:
    shown = target_of("size").part().code
    assert "class Box {" in shown and "return k * 2;" in shown and "int other();" in shown
    assert "return 1;" not in shown and "Item" not in shown


def test_globals_aliases_macros_and_using_are_shown(target_of: Targets) -> None:
    source = b"""\
#include <map>
#define TWICE(x) ((x) * 2)
#ifdef LOCAL
#endif
using namespace std;
typedef long long ll;
using Row = map<int, ll>;
enum Way { UP, DOWN };
int far_away[10];
static Row rows;
template <class T> T same(T t) { return t; }
namespace deep {
int f(int n) { return TWICE(n) + rows[UP] + same(n); }
}
"""
    assert target_of("f", source).part().code == "\n".join(
        [
            "#include <map>",
            "#define TWICE(x) ((x) * 2)",
            "using namespace std;",
            "typedef long long ll;",
            "using Row = map<int, ll>;",
            "enum Way { UP, DOWN };",
            "static Row rows;",
            "template <class T> T same(T t);",
            "int f(int n) { return TWICE(n) + rows[UP] + same(n); }",
        ]
    )
