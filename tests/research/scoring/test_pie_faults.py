"""Each fault of PIE's released evaluator that could be repeated here, with a case that would show it.

The numbers are those of `pie_lsp/research/scoring/bench.py`.
"""

from pathlib import Path

import pytest

from pie_lsp.research.scoring.bench import ModelBench, bench_models
from tests.models.served import serving

from .conftest import COUNT, COUNTED, FASTER, Pie, by_program, fenced, settings_for

ECHO = """\
#include <cstdio>
static void print(const char *text) { for (int i = 0; i < 1; ++i) printf("%s", text); }
int main() {
    char word[99] = "";
    if (scanf("%98s", word) != 1) return 0;
    print(word);
}
"""


async def scored(pie: Pie, folder: Path, *answers: str, first: int = 2) -> ModelBench:
    """The tasks from `first` on, to each of which `answers` are given."""
    fenced_answers = tuple(map(fenced, answers))
    async with serving(by_program(fenced_answers, fenced_answers)) as served:
        settings = settings_for(served.address, len(answers))
        return await bench_models(pie.tasks[first:], settings, folder, lambda sentence: None)


def correct(found: ModelBench) -> list[bool]:
    return [one.outcome.correct for one in found.programs[0].samples]


async def test_1_a_part_of_the_programs_is_not_padded_with_failures(pie: Pie, tmp_path: Path) -> None:
    found = await scored(pie, tmp_path / "out", COUNTED, first=1)
    assert len(pie.tasks) == 2 and len(found.programs) == 1
    assert found.scores[0].pct_opt == 100.0


@pytest.mark.parametrize("more", ['printf("999");', 'printf("\\n999\\n");'])
async def test_5_what_is_printed_too_much_is_a_difference(pie: Pie, tmp_path: Path, more: str) -> None:
    pie.add("p3", ECHO)
    pie.test("p3", 0, "5\n", "5\n")
    answer = ECHO.replace("print(word);", f"print(word);\n    {more}")
    assert correct(await scored(pie, tmp_path / "out", answer)) == [False]


async def test_5_numbers_are_not_compared_with_a_tolerance(pie: Pie, tmp_path: Path) -> None:
    pie.add("p3", ECHO)
    pie.test("p3", 0, "0.0002\n", "0.0002\n")
    answer = ECHO.replace("print(word);", "print(word[0] == '0' ? \"0.0009\" : word);")
    assert correct(await scored(pie, tmp_path / "out", answer)) == [False]


async def test_5_an_empty_expected_output_is_one(pie: Pie, tmp_path: Path) -> None:
    pie.add("p3", ECHO)
    pie.test("p3", 0, "", "")
    answer = ECHO.replace("char word", "static char word")
    talks = ECHO.replace("return 0;", 'return puts("5"), 0;')
    assert correct(await scored(pie, tmp_path / "out", answer, talks)) == [True, False]


async def test_6_what_answers_otherwise_where_it_is_measured_has_no_speedup(pie: Pie, tmp_path: Path) -> None:
    """The emulated processor has no AVX, so this is right natively and not where it is measured."""
    sees = COUNTED.replace("int main() {", 'int main() {\n    if (!__builtin_cpu_supports("avx")) return 3;')
    found = await scored(pie, tmp_path / "out", sees, first=1)
    (sample,) = found.programs[0].samples
    assert sample.outcome.correct and sample.outcome.speedup is None
    assert sample.verdict is not None and "differently" in sample.verdict.reason
    assert found.scores[0].speedup == 1.0


async def test_7_the_original_is_measured_here_whatever_the_file_says_of_it(pie: Pie, tmp_path: Path) -> None:
    pie.add("p2", COUNT, src_agg_runtime=1000.0, tgt_agg_runtime=0.001)
    found = await scored(pie, tmp_path / "out", COUNT, COUNTED, first=1)
    recorded, plain = found.programs[1], found.programs[0]
    assert [one.outcome for one in recorded.samples] == [one.outcome for one in plain.samples]
    assert recorded.samples[0].outcome.speedup == 1.0


async def test_9_lines_with_one_program_are_one_row_each(pie: Pie, tmp_path: Path) -> None:
    pie.add("p2", COUNT)
    pie.add("p2", COUNT)
    async with serving(by_program((fenced("int x;"),), (fenced(COUNTED),))) as served:
        settings = settings_for(served.address, 1)
        found = await bench_models(pie.tasks, settings, tmp_path / "out", lambda sentence: None)
        assert len(served.asked) == 2
    assert len(found.programs) == 4
    assert found.scores[0].pct_opt == 75.0


async def test_10_one_sample_is_scored_as_several_are(pie: Pie, tmp_path: Path) -> None:
    found = await scored(pie, tmp_path / "out", COUNTED, first=1)
    assert [(it.k, it.pct_opt) for it in found.scores] == [(1, 100.0)]


async def test_12_a_failure_has_its_reason(pie: Pie, tmp_path: Path) -> None:
    pie.add("p3", ECHO)
    pie.test("p3", 0, "5\n", "5\n")
    answer = ECHO.replace("print(word);", 'fprintf(stderr, "\\xff\\n"); return 3;')
    (sample,) = (await scored(pie, tmp_path / "out", answer)).programs[0].samples
    assert sample.verdict is not None and "status 3" in sample.verdict.reason


async def test_16_the_geometric_mean_and_the_median_stand_beside_the_mean(pie: Pie, tmp_path: Path) -> None:
    async with serving(by_program((fenced(FASTER),), (fenced(COUNT),))) as served:
        settings = settings_for(served.address, 1)
        found = await bench_models(pie.tasks, settings, tmp_path / "out", lambda sentence: None)
    (score,) = found.scores
    assert 1.0 < score.speedup_geometric < score.speedup
    assert score.speedup_median == score.speedup
