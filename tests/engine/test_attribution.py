"""A profile has every function of the source, and its parts are the whole."""

from pathlib import Path

import pytest

from pie_lsp.engine.apart import build_apart
from pie_lsp.engine.attribution import attribute
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.profile import Profile
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import TranslationUnit

PROGRAM = b"""\
#include <cstdio>
#include <vector>
template <class T>
T work(T n) {
    T sum = 0;
    for (T i = 0; i < n; i++) sum += i * i % 7;
    return sum;
}
int small(int n) { return n + 1; }
inline __attribute__((always_inline)) int folded(int n) { return n * 3; }
int idle(int n) { std::vector<int> v(n); return v[0]; }
int main() {
    int n = 0;
    if (std::scanf("%d", &n) != 1) return 1;
    if (n < 0) return idle(n);
    std::printf("%d %ld %d\\n", work(n), work((long)n), folded(small(n)));
}
"""
TESTS = (TestCase("one", b"30000\n"), TestCase("two", b"10000\n"))


async def profile(folder: Path, settings: Settings, source: bytes = PROGRAM) -> Profile:
    unit = TranslationUnit("a.cpp", folder, source)
    async with open_workbench(settings, folder / "a.cpp", expected_builds=1) as bench:
        old = await bench.build_original(unit)
        return await attribute(bench.backend, await build_apart(bench.compiler, unit), old, TESTS)


async def test_the_function_that_does_the_work_has_nearly_everything(tmp_path: Path) -> None:
    """In the real build all of them are inlined into `main`."""
    found = await profile(tmp_path, Settings())
    assert found.functions[0].function.name == "work"
    shares = {it.function.name: it for it in found.functions}
    assert set(shares) == {"work", "small", "folded", "idle", "main"}
    assert shares["work"].share > 0.75 and shares["work"].out_of_line
    assert shares["work"].cost.called == ()
    assert 0 < shares["small"].share < 0.01
    assert shares["idle"].cost.amount == 0 and shares["idle"].out_of_line
    assert shares["folded"].cost.amount == 0 and not shares["folded"].out_of_line
    assert {cost.name for cost in shares["main"].cost.called} >= {"__vfscanf_internal"}
    assert sum(it.cost.amount for it in found.functions) + found.rest == found.total
    assert found.rest > 0
    assert found.share_of(shares["work"].function) == shares["work"].share
    assert found.share_of(shares["idle"].function) == 0.0
    assert found.share_of(shares["folded"].function) is None


async def test_two_profiles_are_equal(tmp_path: Path) -> None:
    folder = tmp_path / "deeper" / "still"
    folder.mkdir(parents=True)
    assert await profile(tmp_path, Settings()) == await profile(folder, Settings())


async def test_a_clock_cannot_tell(tmp_path: Path) -> None:
    with pytest.raises(MeasurementError, match="--backend estimate"):
        await profile(tmp_path, Settings(backend="native"))
