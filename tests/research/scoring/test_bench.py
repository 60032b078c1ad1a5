"""A scripted model is scored with exactly the figures that its answers deserve, and nothing is done twice."""

import asyncio
import dataclasses
import json
import os
from pathlib import Path

import pytest

from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.research.scoring.bench import NO_ANSWER, OFFERED, ModelBench, ScoredSample, bench_models
from pie_lsp.research.scoring.kept import VerdictRow
from pie_lsp.research.scoring.metrics import Outcome
from pie_lsp.research.scoring.report import write_samples
from pie_lsp.research.scoring.tasks import Task
from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.retrieval.local import save
from pie_lsp.values.errors import InputError, MeasurementError, ModelError, PieError
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import Stage
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import TranslationUnit
from tests.models.local.tiny import build_causal, build_translating, needs_torch
from tests.models.served import Asked, Fault, Reply, Texts, in_turn, says, serving

from .conftest import (
    BROKEN,
    COUNT,
    COUNTED,
    FASTER,
    KNOWING,
    REPEAT,
    SLOWER,
    WRONG,
    Pie,
    by_program,
    fenced,
    settings_for,
)

HEADERS = "#include <unistd.h>\n#include <cstdio>\n#include <sys/socket.h>\n"


def hostile(line: str) -> str:
    """The good answer, which does something else too before it starts."""
    return HEADERS + FASTER.replace("int main() {", f"int main() {{\n    {line}")


def within(line: str) -> str:
    """The same in the function that is asked for."""
    return HEADERS + FASTER.replace("std::string out;", f"{line}\n    std::string out;")


SHORT = """\
#include <cstdio>
static int twice(int n) { return n * 2; }
int main() {
    int n = 0;
    if (scanf("%d", &n) != 1) return 1;
    printf("%d\\n", twice(n));
}
"""
WRITES = 'if (std::FILE *f = fopen("left-behind", "w")) fclose(f);'
FORKS = "if (fork() == 0) for (;;) fork();"
CONNECTS = 'if (socket(AF_INET, SOCK_STREAM, 0) >= 0) puts("connected");'


def quiet(sentence: str) -> None:
    """Nobody listens."""


def stages(found: ModelBench) -> list[list[str]]:
    return [[one.stage for one in program.samples] for program in found.programs]


async def cost_of(source: str, task: Task, settings: Settings) -> int:
    """What a program costs on all tests, measured without anything that is tested here."""

    async def measured(bench: Workbench) -> int:
        binary = await bench.build_original(TranslationUnit("a.cpp", task.path.parent, source.encode()))
        return sum([(await bench.backend.measure(binary, one)).amount for one in task.tests()])

    async with open_workbench(settings, task.path, expected_builds=1) as bench:
        return await measured(bench)


async def test_the_scores_are_those_that_the_answers_deserve(pie: Pie, tmp_path: Path) -> None:
    repeat = (SLOWER, WRONG, BROKEN, FASTER)
    count = ("", *map(fenced, ("int x;", COUNT, COUNTED)))
    async with serving(by_program(tuple(map(fenced, repeat)), count)) as served:
        settings = settings_for(served.address, 4)
        found = await bench_models(pie.tasks, settings, tmp_path / "out", quiet)
    first, second = pie.tasks
    one = await cost_of(REPEAT, first, settings) / await cost_of(FASTER, first, settings)
    other = await cost_of(COUNT, second, settings) / await cost_of(COUNTED, second, settings)
    assert one > 1.1 and other > 1.1
    slower = await cost_of(REPEAT, first, settings) / await cost_of(SLOWER, first, settings)
    assert [[it.outcome.speedup for it in program.samples] for program in found.programs] == [
        [slower, None, None, one],
        [None, None, 1.0, other],
    ]
    assert [(it.k, it.pct_opt, it.pct_correct, it.pct_offered) for it in found.scores] == [
        (1, 0.0, 50.0, 0.0),
        (2, 0.0, 50.0, 0.0),
        (3, 0.0, 100.0, 0.0),
        (4, 100.0, 100.0, 100.0),
    ]
    assert [it.speedup for it in found.scores] == [1.0, 1.0, 1.0, (one + other) / 2]
    assert stages(found) == [
        ["slower", "tests", "build", OFFERED],
        ["prepare", "prepare", "prepare", OFFERED],
    ]
    assert found.stages == {"build": 1, OFFERED: 2, "prepare": 3, "slower": 1, "tests": 1}
    assert (found.spent.requests, found.left_out, len(served.asked)) == (2, (), 2)
    assert (found.samples, found.recipe.backend) == (4, "estimate")


async def test_hostile_answers_do_no_harm_and_are_not_offered(pie: Pie, tmp_path: Path) -> None:
    answers = tuple(map(fenced, (KNOWING, *map(within, (WRITES, FORKS, CONNECTS)), hostile(FORKS))))
    async with serving(by_program(answers, ())) as served:
        settings = settings_for(served.address, len(answers))
        found = await bench_models(pie.tasks[:1], settings, tmp_path / "out", quiet)
    knowing, writes, forks, connects, aside = found.programs[0].samples
    assert (knowing.outcome.correct, knowing.stage) == (False, "prepare")
    assert [one.stage for one in (writes, forks, connects)] == ["static guard"] * 3
    # Whether it is right is for the tests alone to say; what starts processes has no figure.
    assert writes.outcome.correct
    assert not connects.outcome.correct or connects.outcome.speedup
    assert forks.outcome.speedup is None and aside.outcome.speedup is None
    assert not left_behind(tmp_path)


def left_behind(folder: Path) -> list[Path]:
    return [path for place in (folder, Path.cwd()) for path in place.glob("left-behind")]


async def test_what_prints_the_expected_output_is_right_by_tests_alone_and_not_offered(
    pie: Pie, tmp_path: Path
) -> None:
    at = "    std::string all"
    knows = REPEAT.replace(at, f'    if (n == 3000) {{ std::cout << "24000 601570016\\n"; return 0; }}\n{at}')
    async with serving(by_program((fenced(knows),), ())) as served:
        found = await bench_models(pie.tasks[:1], settings_for(served.address, 1), tmp_path / "out", quiet)
    (sample,) = found.programs[0].samples
    assert sample.outcome.correct and sample.outcome.speedup is not None and sample.outcome.speedup > 10
    assert (found.scores[0].pct_opt, found.scores[0].pct_offered) == (100.0, 0.0)


async def test_a_second_run_asks_and_measures_nothing_and_says_the_same(pie: Pie, tmp_path: Path) -> None:
    script = by_program((fenced(FASTER), fenced(WRONG)), (fenced(COUNTED), ""))
    async with serving(script) as served:
        settings = settings_for(served.address, 2)
        first = await bench_models(pie.tasks, settings, tmp_path / "out", quiet)
        write_samples(first, tmp_path / "out")
        lines = (tmp_path / "out" / "samples.jsonl").read_bytes()
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "rows").glob("??/*")}
        again = await bench_models(pie.tasks, settings, tmp_path / "out", quiet)
        write_samples(again, tmp_path / "out")
        assert len(served.asked) == 2
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "rows").glob("??/*")} == before
    assert (again.scores, again.stages, again.spent) == (first.scores, first.stages, first.spent)
    assert (tmp_path / "out" / "samples.jsonl").read_bytes() == lines
    assert lines.count(b"\n") == 4


async def test_more_samples_cost_only_those_that_are_new(pie: Pie, tmp_path: Path) -> None:
    script = by_program((fenced(WRONG), fenced(FASTER)), ())
    async with serving(script) as served:
        one = await bench_models(pie.tasks[:1], settings_for(served.address, 1), tmp_path / "out", quiet)
        two = await bench_models(pie.tasks[:1], settings_for(served.address, 2), tmp_path / "out", quiet)
        assert [body.get("n", 1) for body in served.bodies] == [1, 1]
    assert two.scores[0] == one.scores[0] and two.scores[1].pct_opt == 100.0


async def test_a_model_that_fails_ends_the_run_and_costs_nothing_that_was_found(
    pie: Pie, tmp_path: Path
) -> None:
    replies: list[Reply] = [Texts((fenced(FASTER),)), Fault(400, "out of order")]
    async with serving(in_turn(*replies)) as served:
        with pytest.raises(ModelError, match="out of order"):
            await bench_models(pie.tasks, settings_for(served.address, 1), tmp_path / "out", quiet)
        served.script = says("")
        found = await bench_models(pie.tasks, settings_for(served.address, 1), tmp_path / "out", quiet)
        assert len(served.asked) == 3
    assert stages(found) == [[OFFERED], ["prepare"]]


async def test_a_program_that_cannot_be_asked_about_counts_and_is_told(pie: Pie, tmp_path: Path) -> None:
    pie.add("p2", COUNT.replace("unsigned n =", "volatile unsigned n ="))
    async with serving(by_program((), ())) as served:
        found = await bench_models(pie.tasks[2:], settings_for(served.address, 2), tmp_path / "out", quiet)
        assert served.asked == []
    (program,) = found.programs
    assert "no function" in program.problem
    assert found.stages == {NO_ANSWER: 2}
    assert (found.scores[1].speedup, found.scores[1].pct_correct) == (1.0, 0.0)


@pytest.mark.parametrize("source", [BROKEN, REPEAT.replace("sum * 31", "sum * 37")])
async def test_a_program_on_which_nothing_can_be_judged_is_left_out(
    pie: Pie, tmp_path: Path, source: str
) -> None:
    pie.add("p3", source)
    pie.test("p3", 0, "ab 3\n", "6 1\n")
    async with serving(by_program(("",), ("",))) as served:
        found = await bench_models(pie.tasks[1:], settings_for(served.address, 1), tmp_path / "out", quiet)
        (left_out,) = found.left_out
        assert left_out.task.problem == "p3" and left_out.program.problem
        assert len(found.programs) == 1
        with pytest.raises(MeasurementError, match="no program on which"):
            await bench_models(pie.tasks[2:], settings_for(served.address, 1), tmp_path / "out", quiet)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"backend": "native"}, InputError, "not scored by a clock"),
        ({"strategy": "nothing"}, InputError, "no strategy"),
        ({"language_model": "nothing"}, PieError, "no language model"),
    ],
)
async def test_what_cannot_be_scored_is_said_before_anything_is_asked(
    pie: Pie, tmp_path: Path, changes: dict[str, str], error: type[PieError], words: str
) -> None:
    async with serving(says("")) as served:
        settings = dataclasses.replace(settings_for(served.address, 1), **changes)  # type: ignore[arg-type]
        with pytest.raises(error, match=words):
            await bench_models(pie.tasks, settings, tmp_path / "out", quiet)
        assert served.asked == []


async def test_another_machine_is_asked_only_where_that_is_allowed(pie: Pie, tmp_path: Path) -> None:
    settings = settings_for("https://models.example/v1", 1)
    with pytest.raises(InputError, match="allow_remote_models"):
        await bench_models(pie.tasks, settings, tmp_path / "out", quiet)


async def test_no_pair_of_the_problem_itself_is_shown(
    pie: Pie, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIE_LSP_DATA_DIR", str(tmp_path / "data"))
    solved = REPEAT.replace("out = out + word;", "out.append(word); // the answer")
    other = REPEAT.replace("out = out + word;", "out.append(word); // of another problem")
    pairs = [
        Pair("a/own", REPEAT.encode(), solved.encode(), problem="p1"),
        Pair("a/other", REPEAT.encode() + b"\n", other.encode(), problem="p9"),
    ]
    save("local", PairCorpus.of(pairs))
    for strategy in ("retrieval-4", "similar-and-different", "retrieval-by-description"):
        async with serving(says("int x;")) as served:
            settings = dataclasses.replace(
                settings_for(served.address, 1), strategy=strategy, pairs=("local",), retriever="bm25"
            )
            found = await bench_models(pie.tasks[:1], settings, tmp_path / strategy, quiet)
            assert found.retriever == ("bm25" if strategy == "retrieval-4" else None)
            sent = json.dumps(served.bodies)
        assert "the answer" not in sent
        assert "of another problem" in sent or strategy == "retrieval-by-description"


async def test_the_retriever_that_was_chosen_finds_the_pairs(pie: Pie, tmp_path: Path) -> None:
    sent: dict[str, str] = {}
    async with serving(says("int x;")) as served:
        settings = dataclasses.replace(settings_for(served.address, 1), strategy="retrieval-4")
        for name in ("by-kind", "random"):
            chosen = dataclasses.replace(settings, retriever=name)
            await bench_models(pie.tasks[:1], chosen, tmp_path / "out", quiet)
            sent[name] = json.dumps(served.bodies[-1]["messages"])
        assert sent["by-kind"] != sent["random"]
        asked = len(served.asked)
        with pytest.raises(InputError, match="needs an encoder"):
            chosen = dataclasses.replace(settings, retriever="embeddings")
            await bench_models(pie.tasks[:1], chosen, tmp_path / "out", quiet)
        assert len(served.asked) == asked == 2


async def test_two_runs_do_not_fill_one_folder(pie: Pie, tmp_path: Path) -> None:
    held = asyncio.Event()

    async def waits(asked: Asked) -> Reply:
        held.set()
        await asyncio.sleep(60)
        return Texts(("",))

    async with serving(waits) as served:
        settings = settings_for(served.address, 1)
        first = asyncio.create_task(bench_models(pie.tasks, settings, tmp_path / "out", quiet))
        await held.wait()
        with pytest.raises(InputError, match="Another run"):
            await bench_models(pie.tasks, settings, tmp_path / "out", quiet)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)


@needs_torch
@pytest.mark.parametrize(
    ("family", "template", "strategy"),
    [
        ("causal", "pie-conditioned", "performance-conditioned-mixed"),
        ("translating", "program", "instruction"),
    ],
)
async def test_a_real_checkpoint_is_scored_from_end_to_end(
    pie: Pie, tmp_path: Path, family: str, template: str, strategy: str
) -> None:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    checkpoint = (build_causal if family == "causal" else build_translating)(tmp_path / family)
    model = ModelSettings("tiny", checkpoint=str(checkpoint), template=template, device="cpu", context=4000)
    settings = Settings(
        models=(model,), language_model="tiny", strategy=strategy, samples=2, backend="estimate"
    )
    pie.add("p3", SHORT)
    pie.test("p3", 0, "3\n", "6\n")
    found = await bench_models(pie.tasks[2:], settings, tmp_path / "out", quiet)
    assert found.stages == {"prepare": 2}
    assert found.scores[1].speedup == 1.0 and found.spent.completion_tokens > 0
    again = await bench_models(pie.tasks[2:], settings, tmp_path / "out", quiet)
    assert (again.scores, again.spent) == (found.scores, found.spent)


def test_a_sample_that_is_not_there_is_a_failure() -> None:
    missing = ScoredSample(0, None, None)
    assert (missing.stage, missing.outcome.correct, missing.outcome.speedup) == (NO_ANSWER, False, None)


def test_what_could_not_be_judged_is_not_taken_for_offered() -> None:
    unsettled = ScoredSample(0, None, VerdictRow("key", False, stage=Stage.UNVERIFIED.value))
    assert (unsettled.stage, unsettled.outcome.offered) == ("not verified", None)


async def test_an_original_without_a_figure_gives_none_to_its_answers(pie: Pie, tmp_path: Path) -> None:
    """Never the clock: what starts processes cannot be estimated."""
    forks = HEADERS + SHORT.replace("    int n", "    if (fork() == 0) return 0;\n    int n")
    pie.add("p3", forks)
    pie.test("p3", 0, "3\n", "6\n")
    answer = fenced(forks.replace("n * 2", "n + n"))
    async with serving(by_program((), (answer,))) as served:
        found = await bench_models(pie.tasks[2:], settings_for(served.address, 1), tmp_path / "out", quiet)
    (program,) = found.programs
    assert program.program.unmeasured and program.program.cost is None
    assert program.samples[0].outcome == Outcome(True, None, None)
    assert (found.scores[0].pct_correct, found.scores[0].speedup) == (100.0, 1.0)
    assert found.stages == {"not verified": 1}
