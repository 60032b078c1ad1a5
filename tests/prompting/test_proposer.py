"""The proposer over real HTTP: what it asks, what it yields, and what it tells besides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.models.registry import open_model, template_of
from pie_lsp.models.usage import summed
from pie_lsp.prompting.proposer import ModelProposer, Plan
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.shelf import CorpusShelf
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import Stage
from tests.models.served import Asked, Script, Served, Texts, says, serving

from .conftest import PROGRAM

FASTER = "int total(const std::vector<Item> &items, int n) {\n    return n * items[0].weight;\n}\n"


def context(source: bytes = PROGRAM, name: str = "total") -> ProposeContext:
    file = parse(source)
    return ProposeContext(file, select(find_functions(file), name))


@asynccontextmanager
async def proposing(
    script: Script, name: str = "instruction", *, samples: int = 1, seed: int = 0, **settings: Any
) -> AsyncIterator[tuple[ModelProposer, Served]]:
    async with serving(script) as served:
        chosen = ModelSettings(
            "tiny", **{"address": served.address, "served_name": "m", "context": 30_000, **settings}
        )
        model = await open_model(chosen)
        template = template_of(chosen)
        plan = Plan(strategy(name, template), samples, seed=seed)
        try:
            yield ModelProposer(model, template, plan, CorpusShelf()), served
        finally:
            await model.close()


async def candidates(proposer: ModelProposer, where: ProposeContext | None = None) -> list[Candidate]:
    return [candidate async for candidate in proposer.propose(where or context())]


async def test_each_different_answer_is_a_candidate_of_a_model() -> None:
    other = FASTER.replace("n * items[0].weight", "items[0].weight * n")
    texts = (FASTER, FASTER.replace("  ", " "), other, "no")
    async with proposing(says(*texts), samples=4, seed=5) as (proposer, served):
        found = await candidates(proposer)
    assert [dict(one.provenance.details)["seed"] for one in found] == ["5", "7"]
    assert {one.provenance.kind for one in found} == {ProposerKind.MODEL}
    assert all(one.grants == {Grant.REWRITE} and one.may_add_ub for one in found)
    assert b"return n * items[0].weight;" in apply_edits(PROGRAM, found[0].edits)
    assert [one.rejection.stage for one in proposer.told.unusable] == [Stage.IDENTICAL, Stage.PREPARE]
    assert served.bodies[0]["n"] == 4 and served.bodies[0]["temperature"] == 0.7
    assert len({dict(one.provenance.details)["prompt"] for one in found}) == 1


async def test_tags_are_mixed_over_the_samples() -> None:
    async with proposing(
        says(FASTER), "performance-conditioned-mixed", samples=8, template="pie-conditioned"
    ) as (proposer, served):
        found = await candidates(proposer)
    prompts = [body["prompt"] for body in served.bodies]
    assert [sum(f"with score {score}/10" in prompt for prompt in prompts) for score in (10, 9, 8)] == [
        3,
        3,
        2,
    ]
    assert all(prompt.startswith("This is a slow program") for prompt in prompts)
    assert sorted(body["seed"] for body in served.bodies) == list(range(8))
    assert len(found) == 1


async def test_a_model_that_goes_on_with_a_text_answers_inside_its_fence() -> None:
    async with proposing(says(f"{FASTER}\n```\nmore"), "few-shot", template="plain") as (proposer, served):
        (found,) = await candidates(proposer)
    assert served.asked[0].path == "/v1/completions" and "\n```" in served.bodies[0]["stop"]
    assert b"return n * items[0].weight;" in apply_edits(PROGRAM, found.edits)


async def test_a_description_is_asked_for_and_searched_with() -> None:
    def script(asked: Asked) -> Texts:
        first = "without code" in asked.body["messages"][-1]["content"]
        return Texts(("Every query adds up the whole range again.",) if first else (FASTER,))

    async with proposing(script, "retrieval-by-description") as (proposer, served):
        assert len(await candidates(proposer)) == 1
    assert [body["messages"][-1]["content"].count("Example 4, slow:") for body in served.bodies] == [0, 1]
    assert summed(proposer.told.usage).requests == 2


async def test_an_answer_that_was_cut_off_is_dropped_with_the_reason() -> None:
    async with proposing(says(FASTER, finish="length")) as (proposer, _):
        assert await candidates(proposer) == []
    assert "cut off" in proposer.told.unusable[0].rejection.reason


async def test_preparing_is_cheap_and_asks_nobody() -> None:
    async with proposing(says(FASTER)) as (proposer, served):
        assert proposer.prepare(context())
        assert not proposer.prepare(replace(context(), interactive=True))
        assert not proposer.prepare(context(b"int f() { goto a; a: return 1; }", "f"))
    assert served.asked == []


async def test_a_repair_goes_on_with_the_conversation() -> None:
    async with proposing(says(FASTER)) as (proposer, served):
        (first,) = await candidates(proposer)
        served.script = says(FASTER.replace("items[0]", "items.front()"))
        (second,) = await proposer.repair(apply_edits(PROGRAM, first.edits), "It is wrong.")
        assert await proposer.repair(b"unknown", "It is wrong.") == []
    assert second.title == "Rewrite total as tiny does (sample 1, repair 1)"
    details = dict(second.provenance.details)
    assert (details["round"], details["seed"]) == ("1", str(served.bodies[1]["seed"])) == ("1", "1000")
    assert details["prompt"] != dict(first.provenance.details)["prompt"]
    assert "It is wrong." in served.bodies[1]["messages"][-1]["content"]


async def test_what_takes_no_conversation_is_not_repaired() -> None:
    async with proposing(says(FASTER), template="pie") as (proposer, served):
        (first,) = await candidates(proposer)
        assert await proposer.repair(apply_edits(PROGRAM, first.edits), "It is wrong.") == []
    assert len(served.asked) == 1


async def test_a_conversation_that_is_too_long_is_said() -> None:
    async with proposing(says(FASTER), context=2000) as (proposer, _):
        (first,) = await candidates(proposer)
        assert await proposer.repair(apply_edits(PROGRAM, first.edits), "It is wrong. " * 500) == []
    assert proposer.told.remarks == ["The conversation about total became too long to go on with."]
