"""A model goes on from the best that was found, rules are applied to what it wrote, and both end."""

import json
from dataclasses import replace

import pytest

from pie_lsp.engine.asking import open_asking
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.judge import Judge, Verdict
from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.original import Original
from pie_lsp.engine.repair import Judged
from pie_lsp.engine.rounds import Rounds
from pie_lsp.engine.subject import read_subject
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.models.templates import Form, load_template
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.candidate import ProposerKind
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import OptimizeReport, Rejected, Stage, Suggestion
from pie_lsp.values.settings import Settings
from tests.models.served import Asked, Reply, Texts, serving

from .conftest import Project
from .test_asking import FASTER, answer, settings_for

LETTERS = """\
    std::string out;
    for (int i = 0; i < n; ++i) {
        for (char letter : word) out.push_back(letter);
    }
    return out;
"""
"""Better than the original, and the best of the first round; no rule sees anything in it."""
PAIRS = """\
    std::string out;
    std::string two = word + word;
    for (int i = 0; i + 1 < n; i += 2) {
        out = out + two;
    }
    if (n % 2 == 1) {
        out = out + word;
    }
    return out;
"""
"""Better than the original, and a rule makes it better still."""
ALREADY = "It was made faster already"


def prompt_of(asked: Asked) -> str:
    """The last thing that was said to the model."""
    return str(asked.body["messages"][-1]["content"])


def first_then(first: str, then: str) -> "tuple[list[str], object]":
    """A script that gives one answer to the original and another to what was made faster already."""
    prompts: list[str] = []

    def script(asked: Asked) -> Reply:
        prompts.append(prompt_of(asked))
        return Texts((then if ALREADY in prompts[-1] else first,))

    return prompts, script


def by_model(report: OptimizeReport) -> list[Suggestion]:
    return [one for one in report.suggestions if one.provenance.by_model]


def fallen(report: OptimizeReport) -> list[Rejected]:
    return [one for one in report.rejected if one.provenance.by_model]


async def run(project: Project, script: object, **changes: object) -> OptimizeReport:
    async with serving(script) as served:  # type: ignore[arg-type]
        settings = settings_for(served.address, **changes)
        return await optimize(project.request("repeat", settings), lambda event: None)


@pytest.fixture
def counted(project: Project) -> Project:
    """A function in which no rule sees anything, and which can be made faster in steps."""
    project.path.write_bytes(COUNTING)
    for path in project.tests.iterdir():
        path.unlink()
    project.add_test("1", b"7\n")
    project.add_test("2", b"20000\n")
    return project


COUNTING = b"""\
#include <cstdio>

static unsigned repeat(unsigned n) {
    unsigned found = 0;
    for (unsigned i = 0; i < n; ++i) {
        unsigned left = (i * 2654435761u) >> 22;
        while (left >= 7) left -= 7;
        found += left;
    }
    return found;
}

int main() {
    unsigned n = 0;
    if (scanf("%u", &n) != 1) return 1;
    printf("%u\\n", repeat(n));
}
"""


def counting(line: str) -> str:
    text = COUNTING.decode().replace("while (left >= 7) left -= 7;", line)
    return f"```cpp\n{text[text.index('static') : text.index('int main')]}```\n"


STEPS = counting("while (left >= 70) left -= 70;\n        while (left >= 7) left -= 7;")
BEST = counting("left %= 7;")
WORST = counting(
    "for (unsigned k = 0; k < left; ++k) found += k * (k + 1) % 2;\n        while (left >= 7) left -= 7;"
)


async def test_the_second_round_shows_the_best_of_the_first_with_its_figure_and_the_better_wins(
    counted: Project,
) -> None:
    prompts, script = first_then(STEPS, BEST)
    report = await run(counted, script, rounds=2)
    assert len(prompts) == 2
    assert "left -= 70" not in prompts[0] and "left -= 70" in prompts[1]
    best, other = by_model(report)
    assert best.title == "Rewrite repeat as tiny does (round 2, sample 1)"
    assert other.title == "Rewrite repeat as tiny does (sample 1)"
    assert f"{ALREADY}: {other.comparison.speedup:.2f}x." in prompts[1]
    assert best.comparison.speedup > other.comparison.speedup > 1.1
    assert b"left %= 7;" in best.new_source and b"left -= 70" not in best.new_source
    details = [dict(one.provenance.details) for one in (best, other)]
    assert [(one["search"], one["round"], one["seed"]) for one in details] == [
        ("2", "0", "10000"),
        ("1", "0", "0"),
    ]


async def test_one_round_is_what_is_done_where_nobody_asks_for_more(counted: Project) -> None:
    prompts, script = first_then(STEPS, BEST)
    report = await run(counted, script)
    assert len(prompts) == 1 and len(by_model(report)) == 1


@pytest.mark.parametrize(
    ("then", "stage"),
    [(STEPS, Stage.PREPARE), (WORST, Stage.SLOWER), (counting("left = left % 8;"), Stage.TESTS)],
)
async def test_the_search_ends_where_nothing_becomes_faster(
    counted: Project, then: str, stage: Stage
) -> None:
    prompts, script = first_then(STEPS, then)
    report = await run(counted, script, rounds=5)
    assert len(prompts) == 2
    assert [one.title for one in by_model(report)] == ["Rewrite repeat as tiny does (sample 1)"]
    assert [one.rejection.stage for one in fallen(report)] == [stage]


async def test_a_round_that_fails_goes_back_for_repair_from_where_it_began(counted: Project) -> None:
    prompts: list[str] = []
    wrong = counting("left = left % 8;")

    def script(asked: Asked) -> Reply:
        prompts.append(json.dumps(asked.body["messages"]))
        if len(prompts) == 1:
            return Texts((STEPS,))
        return Texts((wrong if len(prompts) == 2 else BEST,))

    report = await run(counted, script, rounds=2, repairs=1)
    assert len(prompts) == 3 and "It is wrong" in prompts[2] and ALREADY in prompts[2]
    best = by_model(report)[0]
    assert best.title == "Rewrite repeat as tiny does (round 2, sample 1, repair 1)"
    assert dict(best.provenance.details)["seed"] == "11000"
    assert b"left %= 7;" in best.new_source and b"left -= 70" not in best.new_source


async def test_equal_answers_of_several_rounds_are_tested_once_and_offered_once(counted: Project) -> None:
    """By tokens where they are the same, and by machine code where they are not."""
    renamed = BEST.replace("unsigned found", "unsigned all").replace("found +=", "all +=")
    renamed = renamed.replace("return found", "return all")
    prompts, script = first_then(BEST, renamed)
    report = await run(counted, script, rounds=3)
    assert len(prompts) == 2
    assert len(by_model(report)) == 1
    (same,) = fallen(report)
    assert same.rejection.stage is Stage.IDENTICAL and "that is offered" in same.rejection.reason


async def test_rules_are_applied_to_what_the_model_wrote_and_the_better_is_kept(project: Project) -> None:
    report = await run(project, lambda asked: Texts((answer(PAIRS),)))
    best, *others = by_model(report)
    assert best.provenance.kind is ProposerKind.COMBINATION
    assert best.provenance.proposer.startswith("tiny/few-shot+")
    assert best.title.startswith("Rewrite repeat as tiny does (sample 1); ")
    (written,) = [one for one in others if one.provenance.kind is ProposerKind.MODEL]
    assert best.comparison.speedup > written.comparison.speedup
    assert b"i += 2" in best.new_source


async def test_the_next_round_goes_on_from_the_rules_result(project: Project) -> None:
    prompts, script = first_then(answer(PAIRS), FASTER)
    report = await run(project, script, rounds=2)
    best_of_first = max(
        (one for one in report.suggestions if "round 2" not in one.title),
        key=lambda one: one.comparison.speedup,
    )
    assert f"{best_of_first.comparison.speedup:.2f}x" in prompts[1]


async def test_a_model_without_a_right_answer_goes_on_from_what_a_rule_found(project: Project) -> None:
    prompts, script = first_then("no idea", answer(LETTERS))
    await run(project, script, rounds=2)
    assert len(prompts) == 2 and "out += word" in prompts[1]


async def test_a_model_that_was_trained_on_programs_alone_is_shown_the_better_program(
    counted: Project,
) -> None:
    prompts: list[str] = []

    def script(asked: Asked) -> Reply:
        prompts.append(str(asked.body["prompt"]))
        text = COUNTING.decode().replace("while (left >= 7) left -= 7;", "left %= 7;")
        steps = text.replace("left %= 7;", "while (left >= 70) left -= 70; while (left >= 7) left -= 7;")
        return Texts((steps if len(prompts) == 1 else text,))

    assert load_template("pie").form is Form.PROGRAM
    async with serving(script) as served:
        model = ModelSettings("tiny", address=served.address, served_name="m", context=8000, template="pie")
        settings = Settings(models=(model,), language_model="tiny", samples=1, repairs=0, rounds=2)
        report = await optimize(counted.request("repeat", settings), lambda event: None)
    assert "left -= 70" in prompts[1] and ALREADY not in prompts[1]
    assert by_model(report)[0].title.endswith("(round 2, sample 1)")


@pytest.mark.parametrize("what", ["repairs", "rounds"])
async def test_without_time_nothing_more_is_asked_and_the_report_is_not_kept(
    counted: Project, what: str
) -> None:
    first = counting("left = left % 8;") if what == "repairs" else STEPS
    async with serving(lambda asked: Texts((first,))) as served:
        settings = settings_for(served.address, **{what: 3})
        subject = read_subject(counted.request("repeat", settings))
        async with (
            open_asking(settings) as asking,
            open_workbench(settings, subject.request.path, expected_builds=2) as bench,
        ):
            original = Original(subject, bench)
            judge = Judge(subject, bench, original)

            async def judge_all(drafts: tuple[Draft, ...]) -> list[Verdict]:
                return await all_of([judge.judge(one) for one in drafts])

            try:
                drafts = await asking.drafts(subject, 60)
                judged = Judged(drafts, tuple(await judge_all(drafts)))
                found = await Rounds(subject, asking, judge, judge_all, lambda: 0.0).run(judged)
            finally:
                await original.close()
        assert len(served.asked) == 1
    assert found == replace(judged)
    assert len(asking.faults) == 1 and "no time for" in asking.faults[0]
