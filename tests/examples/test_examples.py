"""The bundled examples keep their promise: tests, a gain of 1.5x, and figures that repeat bit for bit."""

import asyncio
from pathlib import Path

import pytest

from pie_lsp.engine.measure import measure
from pie_lsp.values.settings import Settings

from .figures import FOLDER, NAMES, copy_out, figures_of, recorded, run, toolchain_of
from .inputs import LARGE

LEAST_GAIN = 1.5


def test_there_is_enough_to_look_at() -> None:
    assert len(NAMES) >= 6
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.cpp"))
    for name in NAMES:
        lines = (FOLDER / f"{name}.cpp").read_text().count("\n")
        inputs = {path.stem for path in (FOLDER / f"{name}.tests").glob("*.in")}
        outputs = {path.stem for path in (FOLDER / f"{name}.tests").glob("*.out")}
        assert 30 <= lines <= 150, name
        assert len(inputs) >= 5, name
        assert inputs == outputs, name


def test_the_examples_stay_small_on_disk() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.*") if path.is_file()) < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_the_large_input_is_the_generated_one(name: str) -> None:
    assert (FOLDER / f"{name}.tests" / "large.in").read_bytes() == LARGE[name]().encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_gain_and_the_same_figures_in_two_processes(name: str, tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "another folder" / ("deep" * 20)
    copy_out(name, here)
    copy_out(name, there)
    report = run(here, "optimize", f"{name}.cpp", environment={"LC_ALL": "C"})
    other = run(
        there, "measure", str(there / f"{name}.cpp"), environment={"LC_ALL": "C.UTF-8", "X": "x" * 999}
    )
    best = report["suggestions"][0]
    assert report["tests"]["left_out"] == []
    assert best["tests_passed"] == best["tests_total"] >= 5
    assert best["speedup"] >= LEAST_GAIN
    costs = {test["name"]: test["old_cost"] for test in best["per_test"]}
    assert {it["name"]: it["cost"] for it in other["per_input"]} == costs
    assert other["floor"] == report["baseline"]["floor"]
    assert other["model"] == report["baseline"]["model"]
    assert costs["large"] > 5 * other["floor"]
    toolchain = toolchain_of(report)
    known = recorded(toolchain)
    if not known:
        pytest.skip(f"all held, but no figures are recorded to compare with for {toolchain}")
    assert figures_of(report) == known[name]


def test_two_runs_in_one_process_give_the_same_figures() -> None:
    path = FOLDER / "queens.cpp"

    def once() -> tuple[object, ...]:
        report = asyncio.run(measure(path, path.read_bytes(), (), Settings()))
        return report.baseline.floor, report.baseline.costs

    assert once() == once()
