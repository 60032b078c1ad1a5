"""A language model behind a real server takes part in a job, and whatever it says has a clear outcome."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.engine.asking import show_prompts
from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.subject import read_subject
from pie_lsp.values.candidate import ProposerKind
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import OptimizeReport, Rejected, Stage
from pie_lsp.values.settings import Settings
from tests.models.served import Asked, Fault, Reply, Script, Texts, in_turn, says, serving

from .conftest import Project

BODY = """\
    std::string out;
    out.reserve(word.size() * n);
    for (int i = 0; i < n; ++i) {
        out += word;
    }
    return out;
"""


def answer(body: str = BODY) -> str:
    return (
        "It copies the whole string in every step.\n\n```cpp\n"
        f"static std::string repeat(const std::string &word, int n) {{\n{body}}}\n```\n"
    )


def with_line(line: str) -> str:
    """The good answer with one line more."""
    return answer(f"    {line}\n{BODY}")


FASTER = answer()


def settings_for(address: str, **changes: object) -> Settings:
    model = ModelSettings("tiny", address=address, served_name="m", context=8000)
    chosen = Settings(models=(model,), language_model="tiny", strategy="few-shot", samples=1, repairs=0)
    return replace(chosen, **changes)  # type: ignore[arg-type]


async def asked(
    project: Project, script: Script, *, listener: list[Event] | None = None, **changes: object
) -> tuple[OptimizeReport, list[Asked]]:
    heard: list[Event] = [] if listener is None else listener
    async with serving(script) as served:
        request = project.request("repeat", settings_for(served.address, **changes))
        report = await optimize(request, heard.append)
    return report, served.asked


def rejected(report: OptimizeReport) -> list[Rejected]:
    return [one for one in report.rejected if one.provenance.kind is ProposerKind.MODEL]


def offered(report: OptimizeReport) -> list[str]:
    return [one.title for one in report.suggestions if one.provenance.kind is ProposerKind.MODEL]


async def test_an_answer_becomes_a_verified_measured_suggestion(project: Project) -> None:
    heard: list[Event] = []
    report, sent = await asked(project, says(FASTER), listener=heard)
    (suggestion,) = [s for s in report.suggestions if s.provenance.kind is ProposerKind.MODEL]
    assert suggestion.title == "Rewrite repeat as tiny does (sample 1)"
    assert suggestion.comparison.speedup > 1.1
    assert suggestion.tests_passed == 3
    assert b"out.reserve(word.size() * n);" in suggestion.new_source
    assert suggestion.provenance.proposer == "tiny/few-shot"
    details = dict(suggestion.provenance.details)
    assert details["strategy"] == "few-shot" and details["seed"] == "0" and len(details["prompt"]) == 64
    assert details["model"].startswith("endpoint|http://127.0.0.1")
    assert any("was asked once: 11 tokens read, 7 written" in line for line in report.advice)
    stages = {event.stage for event in heard if isinstance(event, Progress)}
    assert "asking the language model tiny" in stages
    body = sent[0].body
    assert body["temperature"] == 0.7 and body["seed"] == 0
    assert "static std::string repeat" in body["messages"][-1]["content"]


async def test_a_model_and_a_rule_are_joined(project: Project) -> None:
    """The model reserves, the rule appends in place: two lines apart, one function."""
    text = answer("    std::string out;\n    out.reserve(word.size() * n);\n\n" + _from_loop())
    report, _ = await asked(project, says(text))
    joined = [s for s in report.suggestions if s.provenance.kind is ProposerKind.COMBINATION]
    joined_or_not = joined or [r for r in report.rejected if r.provenance.kind is ProposerKind.COMBINATION]
    assert joined_or_not and all(one.provenance.by_model for one in joined_or_not)


def _from_loop() -> str:
    return "    for (int i = 0; i < n; ++i) {\n        out = out + word;\n    }\n    return out;\n"


OUTCOMES: dict[str, tuple[str, Stage, str]] = {
    "empty": ("", Stage.PREPARE, "It is empty."),
    "prose": ("I would use a rope.", Stage.PREPARE, "no definition of the function repeat"),
    "broken": (answer("    return out +;\n"), Stage.PREPARE, "cannot be read"),
    "does not compile": (answer("    return wrod;\n"), Stage.BUILD, "'wrod' was not declared"),
    "the same": (answer(f"    std::string out;\n{_from_loop()}"), Stage.PREPARE, "back as it was"),
    "wrong": (answer("    return word;\n"), Stage.TESTS, "differs"),
    "slower": (
        answer(
            f"    std::string copy = word; for (char c : word) copy = copy + c;\n{BODY}".replace(
                "out += word", "out = out + copy.substr(word.size()) ; out = out + std::string()"
            )
        ),
        Stage.SLOWER,
        "1.",
    ),
    "writes a file": (with_line('std::ofstream("left-behind") << 1;'), Stage.GUARD, "ofstream"),
    "opens a socket": (with_line("socket(2, 1, 0);"), Stage.GUARD, "socket"),
    "forks": (with_line("if (fork() == 0) for (;;) fork();"), Stage.GUARD, "fork"),
    "prints what is expected": (
        with_line('if (n == 3) { std::cout << "6 2870519715"; }'),
        Stage.GUARD,
        "text of the test",
    ),
    "prints what no file says": (
        with_line("if (n == 3000) { std::cout << 24000 << 2303064832u; }"),
        Stage.GUARD,
        "",
    ),
    "ends early": (with_line("if (n > 5) exit(0);"), Stage.GUARD, "exit"),
}


@pytest.mark.parametrize("case", OUTCOMES)
async def test_every_other_answer_has_its_outcome_and_nothing_is_offered_of_it(
    project: Project, case: str
) -> None:
    text, stage, words = OUTCOMES[case]
    before = sorted(project.path.parent.rglob("*"))
    report, _ = await asked(project, says(text))
    (fallen,) = rejected(report)
    assert fallen.rejection.stage is stage, fallen
    assert words in fallen.rejection.reason
    assert offered(report) == []
    assert report.suggestions, "the rules' suggestions still come"
    assert sorted(project.path.parent.rglob("*")) == before


async def test_a_hostile_answer_that_the_guard_lets_pass_leaves_nothing(project: Project) -> None:
    """The sandbox holds what the guard does not know."""
    await_death = "extern int outside"
    text = with_line(f"{await_death}();")
    report, _ = await asked(project, says(text))
    assert offered(report) == []


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (lambda asked: Fault(401, "wrong key"), "key"),
        (lambda asked: Fault(404, "no such model"), "no such model"),
        (lambda asked: Texts((), None), "no answer"),
    ],
)
async def test_a_fault_is_a_sentence_and_the_rules_go_on(
    project: Project, script: Script, words: str
) -> None:
    report, _ = await asked(project, script)
    assert report.suggestions
    assert any(words in line for line in report.advice), report.advice


async def test_an_endpoint_that_is_down_is_a_sentence_and_nothing_is_kept(
    project: Project, tmp_path: Path
) -> None:
    async with serving(says("x")) as served:
        address = served.address
    cache = open_cache(tmp_path / "cache")
    request = project.request("repeat", settings_for(address))
    report = await optimize(request, lambda event: None, cache)
    assert report.suggestions
    assert any("answer" in line and address in line for line in report.advice), report.advice
    assert not (await optimize(request, lambda event: None, cache)).cached
    cache.close()


async def test_a_model_that_is_not_there_is_a_sentence(project: Project) -> None:
    report, sent = await asked(project, says("x"), language_model="other")
    assert sent == [] and report.suggestions
    assert any('no language model "other"' in line for line in report.advice)


async def test_another_machine_is_asked_only_where_the_user_allowed_it(project: Project) -> None:
    model = ModelSettings("far", address="http://models.example.invalid/v1", served_name="m")
    settings = Settings(models=(model,), language_model="far", strategy="instruction", samples=1)
    report = await optimize(project.request("repeat", settings), lambda event: None)
    (line,) = [line for line in report.advice if "far" in line]
    assert "allow_remote_models" in line and "models.example.invalid" in line and report.suggestions


async def test_what_would_be_sent_is_shown_and_not_sent(project: Project) -> None:
    async with serving(says("x")) as served:
        subject = read_subject(project.request("repeat", settings_for(served.address)))
        (shown,) = await show_prompts(subject)
        with_describing = settings_for(served.address, strategy="retrieval-by-description")
        (described,) = await show_prompts(read_subject(project.request("repeat", with_describing)))
    assert served.asked == []
    assert shown.function == "repeat" and shown.place == served.address and not shown.is_remote
    assert "static std::string repeat" in shown.questions[0].texts[-1]
    assert "cost the most time" in described.questions[0].texts[-1]


async def test_without_a_test_nothing_is_sent(empty_project: Project) -> None:
    report, sent = await asked(empty_project, says(FASTER))
    assert sent == [] and report.suggestions == ()


async def test_the_cache_knows_model_strategy_seed_and_prompt(project: Project, tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "cache")

    async def run(address: str, **changes: object) -> bool:
        request = project.request("repeat", settings_for(address, **changes))
        return (await optimize(request, lambda event: None, cache)).cached

    async with serving(says(FASTER)) as served:
        assert not await run(served.address)
        assert await run(served.address)
        assert len(served.asked) == 1
        for changes in ({"model_seed": 7}, {"strategy": "instruction"}, {"samples": 2}, {"repairs": 2}):
            assert not await run(served.address, **changes)
        assert await run(served.address, model_seed=7)
    cache.close()


WRONG = answer(BODY.replace("i < n", "i + 1 < n"))


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (answer("    return wrod;\n"), "'wrod' was not declared"),
        (WRONG, "Input of that test:"),
        (OUTCOMES["slower"][0], "hardly faster"),
    ],
)
async def test_what_fell_goes_back_and_the_repaired_answer_is_offered(
    project: Project, first: str, told: str
) -> None:
    report, sent = await asked(project, in_turn(Texts((first,)), Texts((FASTER,))), repairs=1)
    assert offered(report) == ["Rewrite repeat as tiny does (sample 1, repair 1)"]
    assert len(rejected(report)) == 1 and len(sent) == 2
    turns = sent[1].body["messages"]
    assert [turn["role"] for turn in turns] == ["system", "user", "assistant", "user"]
    assert turns[2]["content"] == first and told in turns[3]["content"]


async def test_repairs_are_bounded(project: Project) -> None:
    wrong = [Texts((answer(BODY.replace("i < n", f"i + {k} < n")),)) for k in range(1, 6)]
    report, sent = await asked(project, in_turn(*wrong), repairs=2)
    assert len(sent) == 3 and len(rejected(report)) == 3 and offered(report) == []


async def test_equal_answers_are_tried_once(project: Project) -> None:
    spaced = FASTER.replace("out += word;", "out  +=  word; // appends")
    other_code = FASTER.replace("int i", "int k").replace("i < n; ++i", "k < n; ++k")
    texts: Sequence[str] = (FASTER, spaced, other_code)
    report, _ = await asked(project, lambda asked: Texts(tuple(texts)), samples=3)
    assert offered(report) == ["Rewrite repeat as tiny does (sample 1)"]
    reasons = sorted(one.rejection.reason for one in rejected(report))
    assert reasons[0] == "Another answer says the same."
    assert reasons[1].startswith("The compiler makes the same machine code of it as of another")


async def test_cancelling_leaves_the_model(project: Project) -> None:
    async def slowly(one: Asked) -> Reply:
        await asyncio.sleep(60)
        return Texts((FASTER,))

    async with serving(slowly) as served:
        request = project.request("repeat", settings_for(served.address))
        task = asyncio.create_task(optimize(request, lambda event: None))
        while not served.asked:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        while not served.deserted:
            await asyncio.sleep(0.01)


async def test_a_model_without_an_answer_in_time_is_not_waited_for(project: Project) -> None:
    async def slowly(one: Asked) -> Reply:
        await asyncio.sleep(120)
        return Texts((FASTER,))

    async with serving(slowly) as served:
        request = project.request("repeat", settings_for(served.address, budget_seconds=0.5))
        report = await optimize(request, lambda event: None)
    assert any("had not answered after 0.5 s" in line for line in report.advice)
