"""A language model behind a real server takes part in a job, and whatever it says has a clear outcome."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.engine import asking
from pie_lsp.engine.asking import open_asking, show_prompts
from pie_lsp.engine.cache import open_cache
from pie_lsp.engine.optimize import optimize
from pie_lsp.engine.remember import recall
from pie_lsp.engine.subject import read_subject
from pie_lsp.prompting.pairs import may_be_imitated
from pie_lsp.prompting.pairs import shown as shown_pair
from pie_lsp.prompting.proposer import ModelProposer
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.retrieval.contract import PairCorpus
from pie_lsp.retrieval.pairs import corpus_pairs
from pie_lsp.retrieval.registry import retriever
from pie_lsp.values.candidate import ProposerKind
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import OptimizeReport, Rejected, Stage
from pie_lsp.values.settings import Settings
from tests.models.served import Asked, Fault, Reply, Script, Texts, says, serving
from tests.retrieval.tiny_encoder import save_tiny_encoder

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
SAME = """\
    std::string out;
    for (int i = 0; i < n; ++i) {
        out = out + word;
    }
    return out;
"""


def settings_for(address: str, **changes: object) -> Settings:
    model = ModelSettings("tiny", address=address, served_name="m", context=8000)
    chosen = Settings(models=(model,), language_model="tiny", strategy="few-shot", samples=1, repairs=0)
    return replace(chosen, **changes)  # type: ignore[arg-type]


def script_of(*texts: str) -> Script:
    """Every text is one sample of the first answer."""
    return lambda asked: Texts(texts)


@pytest.fixture
def plain(tmp_path: Path) -> Project:
    """A function in which no rule sees anything, so that a job without a candidate compiles nothing."""
    path = tmp_path / "plain.cpp"
    path.write_bytes(PLAIN)
    project = Project(path)
    project.add_test("1", b"3\n", b"6\n")
    return project


PLAIN = b"""\
#include <cstdio>
static int twice(int n) { return n * 2; }
int main() {
    int n = 0;
    if (scanf("%d", &n) != 1) return 1;
    printf("%d\\n", twice(n));
}
"""


def models(report: OptimizeReport) -> list[Rejected]:
    return [one for one in report.rejected if one.provenance.kind is ProposerKind.MODEL]


FORKS = "if (fork() == 0) for (;;) fork();"
SLOWER = answer(BODY.replace("out += word", "std::string copy = out; copy += word; out = copy"))

OUTCOMES: tuple[tuple[str, Stage, str], ...] = (
    (FASTER.replace("out += word;", "out  +=  word; // appends"), Stage.IDENTICAL, "Another answer says"),
    (
        FASTER.replace("int i", "int k").replace("i < n; ++i", "k < n; ++k"),
        Stage.IDENTICAL,
        "that is offered",
    ),
    ("", Stage.PREPARE, "It is empty."),
    ("I would use a rope.", Stage.PREPARE, "no definition of the function repeat"),
    (answer("    return out +;\n"), Stage.PREPARE, "cannot be read"),
    (answer(SAME), Stage.PREPARE, "back as it was"),
    (answer("    return wrod;\n"), Stage.BUILD, "'wrod' was not declared"),
    (answer(BODY.replace("i < n", "i + 1 < n")), Stage.TESTS, "differs"),
    (SLOWER, Stage.SLOWER, "x"),
    (with_line('std::ofstream("left-behind") << 1;'), Stage.GUARD, "ofstream"),
    (with_line("socket(2, 1, 0);"), Stage.GUARD, "socket"),
    (with_line(FORKS), Stage.GUARD, "fork"),
    (with_line('if (n == 3) { std::cout << "6 2870519715"; }'), Stage.GUARD, "text of the test"),
    (with_line("if (n == 3000) { std::cout << PRINTED; }"), Stage.GUARD, "number of the answer"),
    (with_line("if (n > 5) exit(0);"), Stage.GUARD, "exit"),
)
"""Besides the good answer, every kind of bad one, with the stage where it falls and words of the reason."""


async def test_each_answer_has_its_outcome_and_only_the_good_one_is_offered(project: Project) -> None:
    heard: list[Event] = []
    before = sorted(project.path.parent.rglob("*"))
    printed = await what_it_prints(project)
    texts = [FASTER, *(text.replace("PRINTED", printed) for text, _, _ in OUTCOMES)]
    async with serving(script_of(*texts)) as served:
        settings = settings_for(served.address, samples=len(texts))
        report = await optimize(project.request("repeat", settings), heard.append)
    (suggestion,) = [s for s in report.suggestions if s.provenance.kind is ProposerKind.MODEL]
    assert suggestion.title == "Rewrite repeat as tiny does (sample 1)"
    assert suggestion.comparison.speedup > 1.1 and suggestion.tests_passed == 3
    assert b"out.reserve(word.size() * n);" in suggestion.new_source
    assert any(s.provenance.kind is ProposerKind.RULE for s in report.suggestions)
    fallen = {one.title: one.rejection for one in models(report)}
    assert len(fallen) == len(OUTCOMES)
    for number, (_, stage, words) in enumerate(OUTCOMES, start=2):
        rejection = fallen[f"Rewrite repeat as tiny does (sample {number})"]
        assert (rejection.stage, words in rejection.reason) == (stage, True), (number, rejection)
    assert sorted(project.path.parent.rglob("*")) == before
    details = dict(suggestion.provenance.details)
    assert suggestion.provenance.proposer == "tiny/few-shot"
    assert details["strategy"] == "few-shot" and details["seed"] == "0" and len(details["prompt"]) == 64
    assert details["model"].startswith("endpoint|http://127.0.0.1")
    assert any("was asked once: 11 tokens read, 7 written" in line for line in report.advice)
    assert "asking the language model tiny" in {e.stage for e in heard if isinstance(e, Progress)}
    body = served.asked[0].body
    assert body["temperature"] == 0.7 and body["seed"] == 0
    assert "static std::string repeat" in body["messages"][-1]["content"]


async def what_it_prints(project: Project) -> str:
    """The checksum that the original prints on its large test, which no file says."""
    word, total = b"abcdefgh" * 3000, 0
    for byte in word:
        total = (total * 31 + byte) % 2**32
    return f"{total}u"


async def test_what_falls_goes_back_within_bounds_and_the_repaired_answer_is_offered(
    project: Project,
) -> None:
    wrong = answer(BODY.replace("i < n", "i + 1 < n"))
    firsts = (answer("    return wrod;\n"), wrong, SLOWER)
    told: list[tuple[str, str]] = []

    def script(asked: Asked) -> Reply:
        turns = asked.body["messages"]
        if len(turns) == 2:
            return Texts(firsts)
        told.append((turns[-2]["content"], turns[-1]["content"]))
        if turns[-2]["content"] == firsts[0]:
            return Texts((FASTER,))
        return Texts((answer(BODY.replace("i < n", f"i + {len(told) + 1} < n")),))

    async with serving(script) as served:
        settings = settings_for(served.address, samples=3, repairs=2)
        report = await optimize(project.request("repeat", settings), lambda event: None)
    assert [s.title for s in report.suggestions if s.provenance.kind is ProposerKind.MODEL] == [
        "Rewrite repeat as tiny does (sample 1, repair 1)"
    ]
    # Three go back after the first round, two wrong ones after the second, and none after that.
    assert len(told) == 5 and len(models(report)) == 7
    problems = dict(told)
    assert "'wrod' was not declared" in problems[firsts[0]] and "return wrod;" in problems[firsts[0]]
    assert "Input of that test:" in problems[wrong] and "has to print" in problems[wrong]
    assert "It is right, but" in problems[SLOWER]


FAULTS: dict[str, tuple[Script, str]] = {
    "wrong key": (lambda asked: Fault(401, "wrong key"), "key"),
    "no such model": (lambda asked: Fault(404, "no such model"), "no such model"),
    "no answer": (lambda asked: Texts(()), "sent no answer"),
}


@pytest.mark.parametrize("case", FAULTS)
async def test_a_fault_of_the_model_is_a_sentence(plain: Project, case: str) -> None:
    script, words = FAULTS[case]
    async with serving(script) as served:
        subject = read_subject(plain.request("twice", settings_for(served.address)))
        async with open_asking(subject.request.settings) as asking:
            assert await asking.drafts(subject, 60) == ()
    assert len(asking.faults) == 1 and words in asking.faults[0]


async def test_with_the_endpoint_down_the_rules_still_offer_and_nothing_is_kept(
    project: Project, tmp_path: Path
) -> None:
    async with serving(says("x")) as served:
        address = served.address
    cache = open_cache(tmp_path / "cache")
    request = project.request("repeat", settings_for(address))
    report = await optimize(request, lambda event: None, cache)
    assert report.suggestions
    assert any("127.0.0.1" in line for line in report.advice), report.advice
    async with open_asking(request.settings) as asking:
        assert recall(cache, read_subject(request), asking.key) is None
    cache.close()


async def test_a_model_that_is_not_there_is_a_sentence() -> None:
    async with open_asking(settings_for("http://127.0.0.1:1/v1", language_model="other")) as asking:
        assert asking.proposer is None and 'no language model "other"' in asking.faults[0]


async def test_another_machine_is_asked_only_where_the_user_allowed_it() -> None:
    model = ModelSettings("far", address="http://models.example.invalid/v1", served_name="m")
    settings = Settings(models=(model,), language_model="far", strategy="instruction")
    async with open_asking(settings) as asking:
        assert asking.proposer is None
        assert "allow_remote_models" in asking.faults[0] and "models.example.invalid" in asking.faults[0]
    async with open_asking(replace(settings, allow_remote_models=True)) as asking:
        assert asking.proposer is not None and asking.faults == []


async def test_what_would_be_sent_is_shown_and_not_sent(plain: Project) -> None:
    async with serving(says("x")) as served:
        (shown,) = await show_prompts(read_subject(plain.request("twice", settings_for(served.address))))
        describing = settings_for(served.address, strategy="retrieval-by-description")
        (described,) = await show_prompts(read_subject(plain.request("twice", describing)))
    assert served.asked == []
    assert shown.function == "twice" and shown.place == served.address and not shown.is_remote
    assert "return n * 2;" in shown.questions[0].texts[-1]
    assert "cost the most time" in described.questions[0].texts[-1]


async def test_examples_are_found_by_the_encoder_of_the_user(plain: Project, tmp_path: Path) -> None:
    encoder = save_tiny_encoder(tmp_path / "encoder")
    settings = settings_for("http://127.0.0.1:1/v1", strategy="retrieval-1")

    async def prompt_and_key(**changes: object) -> tuple[str, str]:
        subject = read_subject(plain.request("twice", replace(settings, **changes)))  # type: ignore[arg-type]
        (shown,) = await show_prompts(subject)
        async with open_asking(subject.request.settings) as asking:
            assert asking.faults == []
            return shown.questions[0].texts[-1], asking.key

    usual, usual_key = await prompt_and_key()
    near, near_key = await prompt_and_key(retriever="embeddings", encoder=str(encoder))
    query = b"static int twice(int n) { return n * 2; }"
    pairs = PairCorpus.of(filter(may_be_imitated, corpus_pairs().pairs))
    (hit,) = retriever("embeddings", pairs, encoder).retrieve(query, 1)
    assert shown_pair(hit.pair).before in near
    assert near != usual and near_key != usual_key
    (encoder / "vocab.json").write_bytes((encoder / "vocab.json").read_bytes() + b"\n")
    assert (await prompt_and_key(retriever="embeddings", encoder=str(encoder)))[1] != near_key


async def test_an_encoder_that_cannot_be_used_is_a_sentence(plain: Project, tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1/v1", strategy="retrieval", retriever="fused")
    async with open_asking(settings) as asking:
        assert asking.proposer is None and "needs an encoder" in asking.faults[0]
    empty = tmp_path / "empty"
    empty.mkdir()
    async with open_asking(replace(settings, encoder=str(empty))) as asking:
        assert asking.proposer is None and "holds no encoder" in asking.faults[0]


async def test_without_a_test_nothing_is_sent(empty_project: Project) -> None:
    async with serving(says(FASTER)) as served:
        request = empty_project.request("repeat", settings_for(served.address))
        report = await optimize(request, lambda event: None)
    assert served.asked == [] and report.suggestions == ()


async def test_the_cache_knows_model_strategy_seed_and_prompt(plain: Project, tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "cache")

    async def cached(address: str, **changes: object) -> bool:
        request = plain.request("twice", settings_for(address, **changes))
        report = await optimize(request, lambda event: None, cache)
        assert models(report)[0].rejection.reason.startswith("It holds no definition")
        return report.cached

    async with serving(says("no idea")) as served, serving(says("no idea")) as other:
        assert not await cached(served.address)
        assert await cached(served.address)
        assert len(served.asked) == 1
        changes: list[dict[str, object]] = [
            {"model_seed": 7},
            {"strategy": "instruction"},
            {"samples": 2},
            {"repairs": 2},
            {"rounds": 2},
        ]
        for change in changes:
            assert not await cached(served.address, **change), change
        assert not await cached(other.address)
        assert await cached(served.address, model_seed=7)
    cache.close()


async def test_a_function_is_analysed_once_before_the_model_is_asked(
    plain: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    prepare = ModelProposer.prepare

    def counting(self: ModelProposer, context: ProposeContext) -> bool:
        prepared.append(context.function.ref.name)
        return prepare(self, context)

    monkeypatch.setattr(ModelProposer, "prepare", counting)
    async with serving(says("no idea")) as served:
        subject = read_subject(plain.request("twice", settings_for(served.address)))
        async with open_asking(subject.request.settings) as asking:
            await asking.drafts(subject, 60)
    assert len(served.asked) == 1 and prepared == ["twice"]


async def test_what_asking_took_is_told_of_the_run_that_asked_alone(plain: Project, tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "cache")
    async with serving(says("no idea")) as served:
        request = plain.request("twice", settings_for(served.address))
        first = await optimize(request, lambda event: None, cache)
        again = await optimize(request, lambda event: None, cache)
        assert len(served.asked) == 1
    cache.close()
    assert again.cached and not first.cached
    took = [line for line in first.advice if "tokens read" in line]
    assert len(took) == 1 and again.advice == tuple(line for line in first.advice if line not in took)


async def test_functions_with_most_loops_are_asked_about_where_none_was_selected(plain: Project) -> None:
    loop = "for (int i = 0; i < n; i++) n += i;"
    functions = "".join(f"int f{k}(int n) {{ {loop * k} return n; }}\n" for k in range(6))
    plain.path.write_text(functions)
    async with serving(says("no idea")) as served:
        subject = read_subject(plain.request(None, settings_for(served.address)))
        async with open_asking(subject.request.settings) as asking:
            await asking.drafts(subject, 60)
    assert [one.function for one in asking.unusable] == ["f2", "f3", "f4", "f5"]
    assert any("about f2, f3, f4, f5 alone" in line for line in asking.advice)


async def slowly(asked: Asked) -> Reply:
    await asyncio.sleep(120)
    return Texts((FASTER,))


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(3000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it does not come about")


async def test_cancelling_leaves_the_model(plain: Project) -> None:
    async with serving(slowly) as served:
        request = plain.request("twice", settings_for(served.address))
        task = asyncio.create_task(optimize(request, lambda event: None))
        await until(lambda: bool(served.asked))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: served.deserted == 1)


async def test_a_model_without_an_answer_in_time_is_not_waited_for(plain: Project) -> None:
    async with serving(slowly) as served:
        subject = read_subject(plain.request("twice", settings_for(served.address)))
        async with open_asking(subject.request.settings) as asking:
            assert await asking.drafts(subject, 0.5) == ()
    assert f"model tiny at {served.address} had not answered after 0.5 s" in asking.faults[0]


async def test_a_defect_of_ours_costs_nobody_the_rules(
    plain: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(settings: Settings) -> None:
        raise RuntimeError("it broke")

    monkeypatch.setattr(asking, "_opened", broken)
    async with open_asking(Settings(language_model="mine")) as opened:
        assert opened.proposer is None
        (fault,) = opened.faults
    assert fault == (
        "The language model could not be asked (RuntimeError('it broke')), a fault of pie-lsp to report."
    )
