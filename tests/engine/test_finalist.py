"""What only lies better is not offered, what does less work is; on real programs."""

import asyncio
from pathlib import Path

import pytest

from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.measure.layout import AS_BUILT
from pie_lsp.values.report import Stage
from pie_lsp.values.settings import MIN_SPEEDUP, Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit

from .conftest import Project
from .replacing import Replacing, report_on

# A loop so short that it fits into one block of 16 bytes, where it lies well, and has to fetch none after it.
TIGHT = b"""\
#include <cstdio>

static unsigned mix(unsigned n, unsigned seed) {
    unsigned s = START;
    for (unsigned i = 0; i < n; ++i) s = (s >> 1) ^ i;
    return s;
}

int main() {
    unsigned n = 0, seed = 0;
    if (scanf("%u %u", &n, &seed) != 2) return 1;
    printf("%u\\n", mix(n, seed));
    return 0;
}
"""
ALIKE = (
    b"seed + (n > 4000000000u)",
    b"n > 4000000000u ? seed + 1 : seed",
    b"n <= 4000000000u ? seed : seed + 1",
    b"seed - (n <= 4000000000u) + 1",
    b"(n > 4000000000u) * 1u + seed",
    b"seed + !(n < 4000000001u)",
    b"n > 4000000000u ? -~seed : seed",
)
"""One value, written in many ways; the loop behind it comes to lie where their lengths leave it."""
GIVEN = b"300000 7\n"


async def costs_of(sources: list[bytes], folder: Path) -> list[int]:
    """What each program costs as it is built."""
    async with open_workbench(Settings(), folder / "program.cpp", expected_builds=2) as bench:

        async def cost(source: bytes) -> int:
            unit = TranslationUnit("program.cpp", folder, source)
            binary = await bench.compiler.build(unit, BuildMode.OPTIMIZED)
            assert isinstance(binary, Binary)
            return (await bench.backend.measure(binary, TestCase("1", GIVEN))).amount

        return list(await asyncio.gather(*(cost(source) for source in sources)))


async def test_an_edit_that_gains_by_alignment_alone_is_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = await costs_of([TIGHT.replace(b"START", words) for words in ALIKE], tmp_path)
    by_cost = sorted(zip(costs, ALIKE, strict=True))
    (least, lucky), (most, unlucky) = by_cost[0], by_cost[-1]
    if most < MIN_SPEEDUP * least:
        pytest.skip("this compiler lays every one of these programs out alike")
    cosmetic = Replacing("cosmetic", unlucky, lucky, "mix")
    report = await report_on(TIGHT.replace(b"START", unlucky), [cosmetic], [GIVEN], tmp_path, monkeypatch)
    assert report.suggestions == ()
    (rejected,) = report.rejected
    assert rejected.rejection.stage is Stage.LAYOUT
    assert rejected.rejection.reason.startswith(f"It is {most / least:.2f}x as fast as it is built, ")
    assert "over 4 layouts of the same code" in rejected.rejection.reason
    assert "where the code happens to lie" in rejected.rejection.reason
    assert report.advice[-1] == "No faster equivalent found: 1 faster by layout alone."


async def test_a_real_gain_is_offered_with_its_range_also_where_the_loop_is_tight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (
        TIGHT.replace(b"START", b"seed").replace(b"i < n", b"i < 2 * n").replace(b"(s >> 1) ^ i", b"(s >> 1)")
    )
    shorter = Replacing("shorter", b"i < 2 * n", b"i < n", "mix")
    report = await report_on(source, [shorter], [GIVEN], tmp_path, monkeypatch)
    (suggestion,) = report.suggestions
    layouts = suggestion.layouts
    assert layouts is not None
    assert [figure.layout for figure in layouts.figures] == [
        AS_BUILT,
        "code aligned",
        "code packed",
        "stack moved",
    ]
    assert layouts.figures[0].speedup == suggestion.comparison.speedup
    assert 1.5 < layouts.low <= layouts.high
    assert (
        f"x faster [{layouts.low:.2f}, {layouts.high:.2f} over 4 layouts], estimated" in suggestion.headline
    )


async def test_on_tiny_inputs_the_range_is_the_net_one(project: Project) -> None:
    for name in ("1", "2", "big"):
        (project.tests / f"{name}.in").write_bytes(b"abcdefgh 60\n")
    (project.tests / "1.out").unlink()
    (project.tests / "2.out").unlink()
    report = await optimize(project.request("repeat"), lambda event: None)
    best = report.suggestions[0]
    assert best.layouts is not None
    assert "on tiny inputs" in best.headline
    assert best.layouts.figures[0].speedup == best.comparison.speedup_net > best.comparison.speedup
