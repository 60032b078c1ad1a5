"""Every way in which an endpoint can fail ends in a sentence that says what to do."""

import asyncio
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.models.contract import Message, Role, SamplingRequest
from pie_lsp.models.failures import said
from pie_lsp.models.registry import open_model
from pie_lsp.values.errors import (
    ModelAnswerError,
    ModelBusyError,
    ModelError,
    ModelKeyError,
    ModelMissingError,
    ModelUnreachableError,
    PromptTooLongError,
)
from pie_lsp.values.language_model import ModelSettings
from tests.models.served import Fault, Raw, Reply, Texts, in_turn, says
from tests.models.test_endpoint import ASK, asking

AT_ONCE = ("retry-after-ms", "1")
NEVER = ("x-should-retry", "false")


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault(401, "who?"), ModelKeyError, "Set key_variable to the name of the environment variable"),
        (Fault(404, "pull it first"), ModelMissingError, "has no model m.*pull it first"),
        (Fault(400, "maximum context length is 4096 tokens"), PromptTooLongError, "4096 tokens"),
        (Fault(400, "too big", code="context_length_exceeded"), PromptTooLongError, "does not fit"),
        (Fault(400, "max_tokens is too large: context window is 8"), PromptTooLongError, "does not fit"),
        (Fault(500, "oops", headers=(NEVER,)), ModelAnswerError, "could not answer .HTTP 500: oops"),
        (Fault(503, "loading", headers=(NEVER,)), ModelBusyError, "no more requests now.*loading"),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
async def test_errors_become_sentences(
    fault: Fault, kind: type[ModelError], words: str, stream: bool
) -> None:
    async with asking(lambda asked: fault) as (model, served):
        with pytest.raises(kind, match=words) as caught:
            await model.sample(ASK, (lambda text: None) if stream else None)
    assert type(caught.value) is kind
    assert str(caught.value).endswith(".")
    assert len(served.asked) == 1


async def test_the_markup_of_a_page_is_not_shown() -> None:
    page = b"<!DOCTYPE html>\n<html><head><title>Bad</title></head><body><p>No upstream.</p></body></html>"
    head = b"HTTP/1.1 500 X\r\nx-should-retry: false\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n"
    async with asking(lambda asked: Raw(head % len(page) + page)) as (model, _):
        with pytest.raises(ModelAnswerError, match=r"HTTP 500: Bad No upstream\)"):
            await model.sample(ASK)


async def test_a_rate_limit_is_waited_for() -> None:
    limited = Fault(429, "slow down", headers=(AT_ONCE,))
    async with asking(in_turn(limited, limited, Texts(("x",)))) as (model, served):
        answer = await model.sample(ASK)
    assert answer.samples[0].text == "x"
    assert len(served.asked) == 3


async def test_a_rate_limit_that_stays_ends_the_tries() -> None:
    async with asking(lambda asked: Fault(429, "slow down", headers=(AT_ONCE,))) as (model, served):
        with pytest.raises(ModelBusyError, match="slow down"):
            await model.sample(ASK)
    assert len(served.asked) == 4


async def test_nobody_waits_for_hours() -> None:
    async with asking(lambda asked: Fault(429, "quota", headers=(("retry-after", "7200"),))) as (
        model,
        served,
    ):
        with pytest.raises(ModelBusyError, match="asks to wait for 7200 seconds"):
            await model.sample(ASK)
    assert len(served.asked) == 1


async def test_an_error_of_the_server_is_tried_again() -> None:
    async with asking(in_turn(Fault(502, "x", headers=(AT_ONCE,)), Texts(("y",)))) as (model, _):
        assert (await model.sample(ASK)).samples[0].text == "y"


async def test_nothing_at_the_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    model = await open_model(ModelSettings("t", address=f"http://127.0.0.1:{port}/v1", served_name="m"))
    with pytest.raises(
        ModelUnreachableError,
        match=rf"The model \S+ was not asked: nothing answers at http://127.0.0.1:{port}/v1.*Start",
    ):
        await model.sample(ASK)
    await model.close()


async def test_a_silent_server() -> None:
    async with asking(says("x", seconds=60), timeout_seconds=0.05) as (model, served):
        with pytest.raises(
            ModelUnreachableError,
            match=r"The model \S+ at http\S+ said nothing for 0.05 seconds.*timeout_seconds",
        ):
            await model.sample(ASK)
    # A slow model does not get the same work again.
    assert len(served.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Texts(()),
        Raw(b"HTTP/1.1 200 X\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>"),
        Raw(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]"),
        Raw(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\nnull"),
        Raw(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n{"),
    ],
    ids=["no choices", "a page", "a list", "null", "half"],
)
async def test_what_is_no_answer_is_an_error(reply: Reply) -> None:
    async with asking(lambda asked: reply) as (model, _):
        with pytest.raises(ModelAnswerError, match=r"/v1"):
            await model.sample(ASK)


@pytest.mark.parametrize("choice", ["{}", "null", '{"message": null}', '{"message": {"content": 5}}'])
async def test_a_choice_without_text_is_empty(choice: str) -> None:
    content = f'{{"choices": [{choice}], "usage": {{"prompt_tokens": "many"}}}}'.encode()
    head = f"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n"
    async with asking(lambda asked: Raw(head.encode() + content)) as (model, _):
        answer = await model.sample(ASK)
    assert [sample.text for sample in answer.samples] == [""]
    assert answer.usage.prompt_tokens == 0


@pytest.mark.parametrize("chat", [True, False])
async def test_a_stream_that_breaks_off_is_no_answer(chat: bool) -> None:
    request = ASK if chat else SamplingRequest(prompt="p")
    told: list[str] = []
    async with asking(says("half", "way", breaks_off=True)) as (model, _):
        with pytest.raises(ModelUnreachableError, match=r"The connection to .* broke"):
            await model.sample(request, told.append)
    async with asking(says("half", "way", finish=None)) as (model, _):
        with pytest.raises(ModelAnswerError, match="in the middle"):
            await model.sample(request, told.append)
    async with asking(says("half", error_inside="out of memory")) as (model, _):
        with pytest.raises(ModelAnswerError, match="out of memory"):
            await model.sample(request, told.append)


async def test_a_connection_that_ends_in_the_middle() -> None:
    half = Raw(b"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n{")
    async with asking(lambda asked: half) as (model, _):
        with pytest.raises(ModelUnreachableError, match=r"The connection to .* broke"):
            await model.sample(ASK)


async def test_a_missing_key_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = ModelSettings(
        "t", address="https://models.example/v1", served_name="m", key_variable="TINY_KEY"
    )
    monkeypatch.delenv("TINY_KEY", raising=False)
    with pytest.raises(ModelKeyError, match="TINY_KEY is empty"):
        await open_model(settings)
    monkeypatch.setenv("TINY_KEY", "sk-é\nx")
    with pytest.raises(ModelKeyError, match="TINY_KEY holds cannot be a key") as caught:
        await open_model(settings)
    assert "sk-" not in str(caught.value)


async def test_a_refused_key_is_told_by_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", "sk-1")
    async with asking(lambda asked: Fault(401, "no"), key_variable="TINY_KEY") as (model, _):
        with pytest.raises(ModelKeyError, match=r"refuses the key in \$TINY_KEY"):
            await model.sample(ASK)


async def test_after_a_failure_the_next_request_goes_well() -> None:
    async with asking(in_turn(Fault(400, "no"), Texts(("x",)))) as (model, _):
        with pytest.raises(ModelAnswerError):
            await model.sample(ASK)
        assert (await model.sample(ASK)).samples[0].text == "x"


async def test_when_all_samples_fail_the_first_reason_is_told() -> None:
    async with asking(lambda asked: Fault(404, "gone")) as (model, _):
        with pytest.raises(ModelMissingError, match="gone"):
            await model.sample(replace(ASK, samples=3))


async def test_a_tokenizer_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    async with asking(says("x"), tokenizer=tmp_path / "tokenizer.json") as (model, _):
        with pytest.raises(ModelMissingError, match="cannot be read as a tokenizer"):
            await model.sample(ASK)


def test_texts_from_outside_are_short_and_without_the_key() -> None:
    assert said("a\n\n b  sk-1 c.", "sk-1") == "a b *** c"
    assert len(said("x" * 5000, "")) <= 301


async def test_two_requests_at_once_drop_a_parameter_together() -> None:
    def answer(asked: object) -> Reply:
        body = asked.body  # type: ignore[attr-defined]
        return Fault(400, "no", "temperature") if "temperature" in body else Texts(("x",))

    request = SamplingRequest((Message(Role.USER, "u"),), temperature=0.5)
    async with asking(answer) as (model, _):
        answers = await asyncio.gather(*(model.sample(request) for _ in range(4)))
    assert [len(answer.samples) for answer in answers] == [1] * 4
