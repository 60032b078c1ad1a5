import pytest

from pie_lsp.cpp.annotations import count_errors
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse, parse_with

GOOGLE = b"""\
#include "benchmark/export.h"
namespace benchmark {
class BENCHMARK_EXPORT Reporter : public Base {
 public:
  BENCHMARK_ALWAYS_INLINE int Run() const BENCHMARK_NOEXCEPT(true) { return 1; }
  void Stop() BENCHMARK_OVERRIDE { running_ = false; }
};
BENCHMARK_EXPORT
void Initialize(int* argc) { *argc = 0; }
}
"""


def names(data: bytes) -> list[str]:
    return [one.ref.qualified_name for one in find_functions(parse(data)).functions]


@pytest.mark.parametrize(
    ("data", "blanked"),
    [
        (b"class API Foo : Base { int f() { return 1; } };", {b"API"}),
        (b"int f() NOEXCEPT { return 1; }", {b"NOEXCEPT"}),
        (b"NODISCARD inline int f() { return 1; }", {b"NODISCARD"}),
        (b"struct S { FORCE_INLINE int f() const SAFE(true) { return 1; } };", {b"FORCE_INLINE", b"SAFE"}),
        (b"int f() { SETUP int n; return n; }", {b"SETUP"}),
    ],
)
def test_an_annotation_that_helps_is_blanked(data: bytes, blanked: set[bytes]) -> None:
    file = parse(data)
    assert file.annotations == blanked
    assert count_errors(file.tree.root_node) == 0
    assert [one.ref.name for one in find_functions(file).functions] == ["f"]


@pytest.mark.parametrize(
    "data",
    [
        b"int f() { return MAX; }",
        b"int f() { const int MAXN = 3 int x; }",
        b"int f() { return a[MAXN] + ; }",
        b"TEST(Suite, Name) { EXPECT_EQ(1, 1); }",
    ],
)
def test_names_that_do_not_help_stay(data: bytes) -> None:
    assert parse(data).annotations == frozenset()


def test_fewer_errors_are_left_in_the_style_of_real_projects() -> None:
    before = count_errors(parse_with(GOOGLE, frozenset()).tree.root_node)
    file = parse(GOOGLE)
    assert before > 0
    assert count_errors(file.tree.root_node) == 0
    assert file.data == GOOGLE
    assert names(GOOGLE) == ["benchmark::Reporter::Run", "benchmark::Reporter::Stop", "benchmark::Initialize"]


def test_qt_is_refused_where_it_is_no_cpp_and_read_everywhere_else() -> None:
    data = b"""\
class Window : public QObject {
  Q_OBJECT
 public slots:
  void open() { show(); }
 signals:
  void closed();
 public:
  int count() const { return 3; }
};
"""
    assert names(data) == ["Window::open", "Window::count"]
