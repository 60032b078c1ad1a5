"""A model that was asked once is not asked again for the same, and is asked anew for anything else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from pie_lsp.models.contract import Message, Role, SamplingRequest
from pie_lsp.models.registry import open_model
from pie_lsp.research.scoring.kept import KeptRows
from pie_lsp.research.scoring.kept_model import KeptModel
from pie_lsp.values.language_model import ModelSettings
from tests.models.served import Asked, Fault, Reply, Served, Texts, serving

REQUEST = SamplingRequest((Message(Role.USER, "faster"),), samples=2, temperature=0.7, seed=5)


def numbered(asked: Asked) -> Texts:
    """Each sample says its seed."""
    first = int(asked.body["seed"])
    return Texts(tuple(f"answer {first + at}" for at in range(int(asked.body.get("n", 1)))))


@asynccontextmanager
async def opened(served: Served, folder: Path, **changes: object) -> AsyncIterator[KeptModel]:
    settings = ModelSettings("m", address=served.address, served_name="m", context=8000)
    inner = await open_model(replace(settings, **changes))  # type: ignore[arg-type]
    try:
        yield KeptModel(inner, KeptRows(folder))
    finally:
        await inner.close()


async def test_a_second_run_sends_nothing_and_gets_the_same(tmp_path: Path) -> None:
    async with serving(numbered) as served:
        async with opened(served, tmp_path) as model:
            first = await model.sample(REQUEST)
        assert [one.text for one in first.samples] == ["answer 5", "answer 6"]
        async with opened(served, tmp_path) as model:
            again = await model.sample(REQUEST)
            assert model.spent == first.usage
        assert (again.samples, again.usage) == (first.samples, first.usage)
        assert len(served.asked) == 1


async def test_only_what_is_missing_is_drawn_with_its_own_seed(tmp_path: Path) -> None:
    async with serving(numbered) as served, opened(served, tmp_path) as model:
        await model.sample(REQUEST)
        more = await model.sample(replace(REQUEST, samples=5))
        assert [one.text for one in more.samples] == [f"answer {5 + at}" for at in range(5)]
        assert [one.index for one in more.samples] == [0, 1, 2, 3, 4]
        assert [(body["seed"], body["n"]) for body in served.bodies] == [(5, 2), (7, 3)]
        assert (more.usage.requests, model.spent.prompt_tokens) == (2, 22)


async def test_what_is_there_in_the_middle_is_not_drawn_again(tmp_path: Path) -> None:
    async with serving(numbered) as served, opened(served, tmp_path) as model:
        await model.sample(REQUEST)
        around = await model.sample(replace(REQUEST, samples=5, seed=3))
        assert [one.text for one in around.samples] == [f"answer {3 + at}" for at in range(5)]
        assert [(body["seed"], body.get("n")) for body in served.bodies] == [(5, 2), (3, 2), (7, None)]


async def test_a_sample_that_failed_is_drawn_in_the_next_run_and_moves_no_other(tmp_path: Path) -> None:
    fails = True

    def script(asked: Asked) -> Reply:
        if "n" in asked.body:
            return Fault(400, "n is not known here", "n")
        return Fault(404, "gone") if fails and asked.body["seed"] == 6 else numbered(asked)

    three = replace(REQUEST, samples=3)
    async with serving(script) as served:
        async with opened(served, tmp_path) as model:
            part = await model.sample(three)
        assert [(one.index, one.text) for one in part.samples] == [(0, "answer 5"), (2, "answer 7")]
        fails = False
        async with opened(served, tmp_path) as model:
            whole = await model.sample(three)
        assert [(one.index, one.text) for one in whole.samples] == [
            (at, f"answer {5 + at}") for at in range(3)
        ]
        assert served.bodies[-1]["seed"] == 6 and "n" not in served.bodies[-1]


async def test_whatever_decides_an_answer_is_in_its_key(tmp_path: Path) -> None:
    changes = (
        {"messages": (Message(Role.USER, "slower"),)},
        {"temperature": 0.1},
        {"max_tokens": 10},
        {"stop": ("x",)},
        {"seed": 50},
    )
    async with serving(numbered) as served:
        async with opened(served, tmp_path) as model:
            for change in ({}, *changes):
                await model.sample(replace(REQUEST, **change))
        async with opened(served, tmp_path, served_name="other") as model:
            await model.sample(REQUEST)
        assert len(served.asked) == len(changes) + 2
