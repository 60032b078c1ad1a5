"""Marks around a function: where they stand, and what becomes of a function that cannot be marked."""

from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.contract import FunctionSelector
from pie_lsp.engine.measure import measure
from pie_lsp.engine.region import RegionReport, build_marked
from pie_lsp.measure.gem5.backend import RegionCost
from pie_lsp.values.errors import InputError, SettingsError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit

from ..gem5_runner.replay import recorded

SOURCE = b"""#include <cstdio>
#include <vector>
static int plain(int n) { return n + 1; }
template <class T> T generic(T n) { return n * 2; }
struct Pair {
    int a;
    int member() const { return a; }
    bool operator<(const Pair& other) const { return a < other.a; }
    explicit Pair(int n) : a(n) { a++; }
    int outside(int n);
};
int Pair::outside(int n)
{
    if (n > 3) return 1;
    return 2;
}
namespace inner { void quiet() noexcept {} }
constexpr int early(int n) { return n; }
int main() {
    Pair one(plain(1)), two(generic(2));
    inner::quiet();
    std::printf("%d %d %d\\n", one.member(), two.outside(4), int(one < two) + early(1));
}
"""
BEGIN, END = bytes.fromhex("0f045a00"), bytes.fromhex("0f045b00")


@pytest.mark.parametrize(
    "name", ["plain", "generic", "member", "operator<", "Pair::Pair", "outside", "quiet", "main"]
)
async def test_every_kind_of_function_can_be_marked(compiler: Compiler, tmp_path: Path, name: str) -> None:
    function = select(find_functions(parse(SOURCE)), name)
    built = await build_marked(compiler, TranslationUnit("a.cpp", tmp_path, SOURCE), function)
    code = built.path.read_bytes()
    assert BEGIN in code
    assert END in code


async def test_the_original_has_no_marks(compiler: Compiler, tmp_path: Path) -> None:
    built = await compiler.build(TranslationUnit("a.cpp", tmp_path, SOURCE), BuildMode.OPTIMIZED)
    assert isinstance(built, Binary)
    assert BEGIN not in built.path.read_bytes()


async def test_the_share_of_what_gem5_said(tmp_path: Path) -> None:
    """A stand-in plays a recorded run with three entries."""
    gem5 = recorded("regions").but(stdout="").write(tmp_path / "gem5.fast")
    path = tmp_path / "a.cpp"
    path.write_bytes(b"int work(int n) { return n; }\nint main() { return work(0); }\n")
    settings = Settings(backend="gem5", gem5=str(gem5))
    report = await measure(path, path.read_bytes(), (), settings, FunctionSelector("work", None))
    assert report.region is not None
    (cost,) = report.region.costs
    assert (report.region.function, cost.entries) == ("work@1", 3)
    assert (cost.amount, cost.whole) == (10_047_466 // 286, 58_452_966 // 286)
    assert report.baseline.total == cost.whole


async def test_another_backend_cannot_do_it_and_says_so(tmp_path: Path) -> None:
    source = b"int main() {}\n"
    with pytest.raises(SettingsError, match=r"add --backend gem5 .here native measures"):
        await measure(
            tmp_path / "a.cpp", source, (), Settings(backend="native"), FunctionSelector("main", None)
        )


async def test_what_cannot_be_marked_is_told(tmp_path: Path) -> None:
    gem5 = recorded("regions").but(stdout="").write(tmp_path / "gem5.fast")
    source = b"constexpr int early(int n) { return n; }\nint main() { return early(0); }\n"
    settings = Settings(backend="gem5", gem5=str(gem5))
    with pytest.raises(InputError, match=r"early@1 cannot be measured by itself.*constexpr"):
        await measure(tmp_path / "a.cpp", source, (), settings, FunctionSelector("early", None))
    with pytest.raises(InputError, match="no function none"):
        await measure(tmp_path / "a.cpp", source, (), settings, FunctionSelector("none", None))


def test_the_bound_of_amdahl() -> None:
    report = RegionReport("f@1", (RegionCost(1, 30, 100), RegionCost(2, 45, 100)))
    assert report.share == 0.375
    assert report.most_speedup == 1.6
    assert RegionReport("f@1", (RegionCost(1, 100, 100),)).most_speedup is None
    assert RegionReport("f@1", (RegionCost(0, 0, 100),)).most_speedup == 1.0
