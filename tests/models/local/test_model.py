"""A local checkpoint by its real path: saved, loaded in the worker process, sampled, and stopped."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from pie_lsp.models.contract import Finish, SamplingRequest
from pie_lsp.models.local.model import LocalModel
from pie_lsp.models.registry import open_model
from pie_lsp.values.errors import ModelAnswerError, PromptTooLongError
from pie_lsp.values.language_model import ModelSettings
from tests.models.local.tiny import greedy_by_hand, needs_torch

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_torch]

PROMPT = "int main() { for"
ASK = SamplingRequest(prompt=PROMPT, max_tokens=24, temperature=0.7, seed=7)
GREEDY = replace(ASK, temperature=0.0)
VARIED = replace(ASK, temperature=1.0)
ENDLESS = replace(GREEDY, max_tokens=900_000)
SLOW = SamplingRequest(prompt="for (int i" * 12_000, max_tokens=2)
"""Reading this prompt is one forward pass of many seconds, which nothing can interrupt."""


async def opened(folder: Path, **settings: Any) -> LocalModel:
    model = await open_model(ModelSettings("tiny", checkpoint=str(folder), device="cpu", **settings))
    assert isinstance(model, LocalModel)
    return model


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def model(causal: Path) -> AsyncIterator[LocalModel]:
    model = await opened(causal)
    yield model
    await model.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def translator(translating: Path) -> AsyncIterator[LocalModel]:
    model = await opened(translating, template="program")
    yield model
    await model.close()


def first_at(text: str, least: int) -> str:
    """Two characters that come up behind the first `least` for the first time."""
    parts = [(i, text[i : i + 2]) for i in range(least, len(text) - 1)]
    return next(part for i, part in parts if part.isascii() and text.index(part) == i)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def until(holds: Any) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_the_likeliest_answer_is_the_librarys_own(model: LocalModel, causal: Path) -> None:
    answer = await model.sample(replace(GREEDY, samples=3))
    expected = greedy_by_hand(causal, PROMPT, 24)
    assert expected
    assert [sample.text for sample in answer.samples] == [expected] * 3
    assert answer.identity == model.identity


async def test_a_batch_of_samples_repeats_by_its_seed(model: LocalModel) -> None:
    request = replace(ASK, samples=4, temperature=1.0)
    first, again = await model.sample(request), await model.sample(request)
    other = await model.sample(replace(request, seed=8))
    assert first == again
    assert first.samples != other.samples
    assert [sample.index for sample in first.samples] == [0, 1, 2, 3]
    assert len({sample.text for sample in first.samples}) > 1
    assert first.usage.requests == 1
    assert 4 <= first.usage.completion_tokens <= 4 * 24


async def test_without_a_seed_answers_differ(model: LocalModel) -> None:
    request = replace(ASK, seed=None, temperature=1.0, samples=2)
    assert (await model.sample(request)).samples != (await model.sample(request)).samples


async def test_tokens_are_counted_by_the_checkpoints_own_tokenizer(model: LocalModel, causal: Path) -> None:
    from tokenizers import Tokenizer

    counted = await model.count_tokens(PROMPT)
    assert counted == len(Tokenizer.from_file(str(causal / "tokenizer.json")).encode(PROMPT).ids)
    assert (await model.sample(GREEDY)).usage.prompt_tokens == counted


async def test_an_answer_ends_at_its_stop(model: LocalModel) -> None:
    whole = await model.sample(VARIED)
    text = whole.samples[0].text
    stop = first_at(text, 2)
    answer = await model.sample(replace(VARIED, stop=(stop,)))
    sample = answer.samples[0]
    assert (sample.text, sample.finish) == (text[: text.index(stop)], Finish.STOP)
    # An answer that has ended costs no more tokens.
    assert answer.usage.completion_tokens < whole.usage.completion_tokens


async def test_a_stream_tells_the_same_text(model: LocalModel) -> None:
    whole = (await model.sample(VARIED)).samples[0].text
    for stop in ((), (first_at(whole, 6),)):
        told: list[str] = []
        answer = await model.sample(replace(VARIED, stop=stop), told.append)
        assert "".join(told) == answer.samples[0].text
        assert len(told) > 1


async def test_what_does_not_fit_is_refused_with_the_numbers(model: LocalModel) -> None:
    with pytest.raises(PromptTooLongError, match=r"1,048,576 are kept .* takes 1,048,576; nothing was cut"):
        await model.sample(replace(ASK, max_tokens=1 << 20))
    assert (await model.sample(GREEDY)).samples


async def test_a_cancelled_worker_that_obeys_is_kept(model: LocalModel) -> None:
    await model.sample(GREEDY)
    pid = model.worker_pid
    told: list[str] = []
    task = asyncio.create_task(model.sample(ENDLESS, told.append))
    await until(lambda: told)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    again = await model.sample(GREEDY)
    assert model.worker_pid == pid
    # Nothing of the cancelled answer gets into the next one.
    assert again == await model.sample(GREEDY)


async def test_a_worker_that_cannot_obey_is_killed(model: LocalModel) -> None:
    expected = await model.sample(GREEDY)
    pid = model.worker_pid
    assert pid is not None
    task = asyncio.create_task(model.sample(SLOW))
    await asyncio.sleep(0.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    # The forward pass would have taken many seconds more.
    assert gone(pid)
    assert await model.sample(GREEDY) == expected
    assert model.worker_pid != pid


async def test_a_worker_that_was_killed_is_replaced(model: LocalModel) -> None:
    await model.sample(GREEDY)
    told: list[str] = []
    task = asyncio.create_task(model.sample(ENDLESS, told.append))
    await until(lambda: told)
    assert model.worker_pid is not None
    os.kill(model.worker_pid, 9)
    with pytest.raises(ModelAnswerError, match="process that runs the model ended"):
        await task
    assert (await model.sample(GREEDY)).samples


async def test_requests_wait_for_one_another(model: LocalModel) -> None:
    alone = await model.sample(ASK)
    assert await asyncio.gather(*(model.sample(ASK) for _ in range(3))) == [alone] * 3


async def test_a_listener_that_fails_ends_the_request_alone(model: LocalModel) -> None:
    def fail(text: str) -> None:
        raise ZeroDivisionError(text)

    with pytest.raises(ZeroDivisionError):
        await model.sample(ENDLESS, fail)
    assert (await model.sample(GREEDY)).samples


async def test_bytes_that_are_no_text_do_not_break_a_request(model: LocalModel) -> None:
    broken = b"caf\xe9".decode("utf-8", "surrogateescape")
    assert await model.count_tokens(broken) == await model.count_tokens("caf?")
    assert (await model.sample(replace(GREEDY, prompt=broken))).samples


async def test_a_model_that_translates(translator: LocalModel, translating: Path) -> None:
    answer = await translator.sample(replace(GREEDY, prompt=PROMPT))
    assert answer.samples[0].text == greedy_by_hand(translating, PROMPT, 24)
    assert len((await translator.sample(replace(ASK, samples=3))).samples) == 3
    told: list[str] = []
    streamed = await translator.sample(GREEDY, told.append)
    assert "".join(told) == streamed.samples[0].text


async def test_a_model_that_translates_has_room_twice(translator: LocalModel) -> None:
    assert translator.context_tokens == 256
    prompt = "x" * 250
    assert (await translator.sample(replace(GREEDY, prompt=prompt, max_tokens=256))).samples
    with pytest.raises(PromptTooLongError, match=r"has 30\d tokens, but the model takes 256"):
        await translator.sample(replace(GREEDY, prompt="x" * 300))


async def test_a_closed_model_leaves_no_process_and_answers_no_more(causal: Path) -> None:
    model = await opened(causal)
    task = asyncio.create_task(model.sample(ENDLESS))
    await until(lambda: model.worker_pid is not None)
    pid = model.worker_pid
    assert pid is not None
    await model.close()
    assert gone(pid)
    with pytest.raises(ModelAnswerError):
        await task
    with pytest.raises(ModelAnswerError, match="was closed"):
        await model.sample(GREEDY)


async def test_cancelling_while_it_loads_leaves_no_process(causal: Path) -> None:
    model = await opened(causal)
    task = asyncio.create_task(model.sample(GREEDY))
    await until(lambda: model.worker_pid is not None)
    pid = model.worker_pid
    assert pid is not None
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert gone(pid)
    assert model.worker_pid is None
    await model.close()


async def test_identity_tells_models_apart(causal: Path, translating: Path) -> None:
    models = [
        await opened(causal),
        await opened(translating),
        await opened(causal, template="plain"),
        await opened(causal, context=100),
        await opened(causal, quantization=8),
    ]
    assert len({model.identity for model in models}) == 5
    assert (await opened(causal)).identity == models[0].identity
    assert "torch" in models[0].identity
