"""Endpoints over real HTTP: what is sent, what is made of answers, and what stays secret."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from pie_lsp.models.contract import Finish, Message, Model, Role, SamplingRequest
from pie_lsp.models.registry import open_model
from pie_lsp.values.errors import ModelAnswerError, ModelError, PromptTooLongError
from pie_lsp.values.language_model import Api, ModelSettings
from tests.models.served import Asked, Fault, Raw, Reply, Script, Served, Texts, in_turn, says, serving

ASK = SamplingRequest((Message(Role.SYSTEM, "be brief"), Message(Role.USER, "make it fast")))
KEY = "sk-very-secret-0123456789"


@asynccontextmanager
async def asking(script: Script, **settings: Any) -> AsyncIterator[tuple[Model, Served]]:
    async with serving(script) as served:
        model = await open_model(
            ModelSettings("tiny", **{"address": served.address, "served_name": "m", **settings})
        )
        try:
            yield model, served
        finally:
            await model.close()


def texts(answer: Any) -> list[str]:
    return [sample.text for sample in answer.samples]


async def test_a_conversation_is_answered() -> None:
    async with asking(says("fast", usage=(30, 5))) as (model, served):
        answer = await model.sample(ASK)
    assert texts(answer) == ["fast"]
    assert answer.samples[0].finish is Finish.STOP
    usage = answer.usage
    assert (usage.prompt_tokens, usage.completion_tokens, usage.requests) == (30, 5, 1)
    assert usage.cost_microdollars is None
    assert answer.identity == model.identity
    assert answer.remarks == ()
    assert served.asked[0].path == "/v1/chat/completions"
    assert served.bodies[0]["messages"][1] == {"role": "user", "content": "make it fast"}


async def test_only_what_was_set_is_sent() -> None:
    async with asking(says("x")) as (model, served):
        await model.sample(ASK)
        await model.sample(replace(ASK, temperature=0.7, top_p=0.9, stop=("END",), seed=5))
    assert set(served.bodies[0]) == {"model", "messages", "max_tokens"}
    assert set(served.bodies[1]) - set(served.bodies[0]) == {"temperature", "top_p", "stop", "seed"}


async def test_more_parameters_of_the_settings_are_sent() -> None:
    async with asking(says("x"), extra=(("top_k", "40"), ("options", '{"num_ctx": 8192}'))) as (
        model,
        served,
    ):
        await model.sample(ASK)
    assert (served.bodies[0]["top_k"], served.bodies[0]["options"]) == (40, {"num_ctx": 8192})


async def test_a_prompt_goes_to_completions() -> None:
    async with asking(says("int main")) as (model, served):
        answer = await model.sample(SamplingRequest(prompt="slow {\n"))
    assert texts(answer) == ["int main"]
    assert served.asked[0].path == "/v1/completions"
    assert served.bodies[0]["prompt"] == "slow {\n"


async def test_a_template_of_turns_makes_one_text_of_a_conversation() -> None:
    async with asking(says("x"), template="codellama-instruct") as (model, served):
        await model.sample(ASK)
    assert served.asked[0].path == "/v1/completions"
    assert served.bodies[0]["prompt"] == "[INST] <<SYS>>\nbe brief\n<</SYS>>\n\nmake it fast [/INST]"
    assert served.bodies[0]["stop"] == ["[INST]", "</s>"]


async def test_a_server_that_knows_n_is_asked_once() -> None:
    async with asking(lambda asked: Texts(("a", "b", "c")[: asked.body["n"]])) as (model, served):
        answer = await model.sample(replace(ASK, samples=3))
    assert texts(answer) == ["a", "b", "c"]
    assert [sample.index for sample in answer.samples] == [0, 1, 2]
    assert [body.get("n") for body in served.bodies] == [3]


async def test_samples_that_a_server_left_out_are_asked_for_one_by_one() -> None:
    async with asking(lambda asked: Texts((str(asked.body["seed"]),), usage=(10, 1))) as (model, served):
        first = await model.sample(replace(ASK, samples=4, seed=100))
        second = await model.sample(replace(ASK, samples=2, seed=200))
    assert texts(first) == ["100", "101", "102", "103"]
    assert (first.usage.requests, first.usage.prompt_tokens, first.usage.completion_tokens) == (4, 40, 4)
    assert texts(second) == ["200", "201"]
    # It is not asked for several again.
    assert [body.get("n") for body in served.bodies] == [4, None, None, None, None, None]


async def test_samples_are_asked_for_by_few_at_a_time() -> None:
    async with asking(says("x", seconds=0.05), parallel=2) as (model, served):
        await model.sample(replace(ASK, samples=7))
    assert len(served.asked) == 7
    assert served.most_at_once == 2


async def test_a_server_with_more_choices_than_asked_for_gives_no_more() -> None:
    async with asking(says("a", "b", "c")) as (model, _):
        assert texts(await model.sample(replace(ASK, samples=2))) == ["a", "b"]


def picky(name: str, message: str, parameter: str | None = None) -> Script:
    def answer(asked: Asked) -> Reply:
        return Fault(400, message, parameter) if name in asked.body else Texts(("x",))

    return answer


@pytest.mark.parametrize(
    ("message", "parameter"),
    [
        ("Unsupported value.", "temperature"),
        ("`temperature` is deprecated for this model.", None),
        ("Extra inputs are not permitted: temperature", None),
    ],
)
async def test_a_parameter_that_is_refused_is_dropped_once_and_remembered(
    message: str, parameter: str | None
) -> None:
    async with asking(picky("temperature", message, parameter)) as (model, served):
        answer = await model.sample(replace(ASK, temperature=0.7, top_p=0.9))
        await model.sample(replace(ASK, temperature=0.7))
    assert answer.remarks == ('The server refuses the parameter "temperature", so it answers without it.',)
    assert ["temperature" in body for body in served.bodies] == [True, False, False]
    assert "top_p" in served.bodies[1]


async def test_the_new_name_of_the_limit_is_used_where_the_old_is_refused() -> None:
    wants_new = picky("max_tokens", "Use 'max_completion_tokens' instead.", "max_tokens")
    async with asking(wants_new) as (model, served):
        answer = await model.sample(ASK)
    assert served.bodies[1]["max_completion_tokens"] == ASK.max_tokens
    assert "max_tokens" not in served.bodies[1]
    assert answer.remarks == ()


async def test_a_refused_n_is_made_good_by_single_requests() -> None:
    async with asking(picky("n", "n must be 1", "n")) as (model, served):
        answer = await model.sample(replace(ASK, samples=3))
    assert len(answer.samples) == 3
    assert answer.remarks == ()
    assert ["n" in body for body in served.bodies] == [True, False, False, False]


async def test_refused_stops_still_end_the_answer() -> None:
    def answer(asked: Asked) -> Reply:
        return Fault(400, "too many", "stop") if "stop" in asked.body else Texts(("abc#def",), "length")

    async with asking(answer) as (model, _):
        sample = (await model.sample(replace(ASK, stop=("#",)))).samples[0]
    assert (sample.text, sample.finish) == ("abc", Finish.STOP)


async def test_an_error_that_names_nothing_sent_is_an_error() -> None:
    async with asking(lambda asked: Fault(400, "I do not like the logit_bias")) as (model, served):
        with pytest.raises(ModelAnswerError, match="I do not like the logit_bias"):
            await model.sample(replace(ASK, temperature=0.7))
    assert len(served.asked) == 1


async def test_a_prompt_that_does_not_fit_is_not_sent() -> None:
    async with asking(says("x"), context=100) as (model, served):
        with pytest.raises(PromptTooLongError, match=r"and 90 are kept for the answer.*takes 100"):
            await model.sample(replace(ASK, max_tokens=90))
    assert served.asked == []


async def test_without_a_context_a_server_on_this_machine_gets_no_more_than_its_usual_one() -> None:
    async with asking(says("x")) as (model, served):
        with pytest.raises(PromptTooLongError):
            await model.sample(SamplingRequest(prompt="x" * 20_000, max_tokens=10))
    assert served.asked == []


async def test_a_stream_is_told_as_it_comes() -> None:
    told: list[str] = []
    async with asking(says("in", "t ma", "in", usage=(9, 3))) as (model, served):
        answer = await model.sample(ASK, told.append)
    assert told == ["in", "t ma", "in"]
    assert texts(answer) == ["int main"]
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.requests) == (9, 3, 1)
    assert served.bodies[0]["stream"] is True


async def test_a_stream_of_completions_is_told_too() -> None:
    told: list[str] = []
    async with asking(says("a", "b", finish="length")) as (model, _):
        answer = await model.sample(SamplingRequest(prompt="p"), told.append)
    assert (told, answer.samples[0].finish) == (["a", "b"], Finish.LENGTH)


async def test_a_stream_ends_at_a_stop_and_never_tells_a_part_of_it() -> None:
    told: list[str] = []
    pieces = ("int x;", "\n", "## ", "Pro", "gram", " more", " and more")
    async with asking(says(*pieces, seconds=0.01)) as (model, served):
        answer = await model.sample(replace(ASK, stop=("\n## Program",)), told.append)
        await _until(lambda: served.deserted == 1)
    assert "".join(told) == texts(answer)[0] == "int x;"
    assert answer.samples[0].finish is Finish.STOP


async def test_several_samples_are_not_streamed() -> None:
    told: list[str] = []
    async with asking(says("a")) as (model, served):
        await model.sample(replace(ASK, samples=2), told.append)
    assert told == []
    assert not any("stream" in body for body in served.bodies)


async def test_a_server_without_usage_in_streams_is_asked_without() -> None:
    async with asking(picky("stream_options", "unknown field stream_options")) as (model, served):
        answer = await model.sample(ASK, lambda text: None)
    assert texts(answer) == ["x"]
    assert answer.remarks == ()
    assert len(served.asked) == 2


async def test_cost_is_counted_in_whole_millionths_of_a_dollar() -> None:
    prices = {"input_price": 3_000_000, "output_price": 15_000_000}
    async with asking(says("x", usage=(1000, 101)), **prices) as (model, _):
        answer = await model.sample(replace(ASK, samples=2))
    assert answer.usage.cost_microdollars == 2 * (3 * 1000 + 15 * 101)


async def test_azure_is_asked_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", KEY)
    async with serving(says("x")) as served:
        address = served.address.removesuffix("/v1")
        model = await open_model(
            ModelSettings(
                "tiny",
                address=address,
                api=Api.AZURE,
                api_version="2024-10-21",
                served_name="mine",
                key_variable="TINY_KEY",
            )
        )
        assert texts(await model.sample(ASK)) == ["x"]
        await model.close()
    asked = served.asked[0]
    assert asked.path == "/openai/deployments/mine/chat/completions?api-version=2024-10-21"
    assert asked.headers["api-key"] == KEY


@pytest.mark.parametrize("stream", [False, True])
async def test_cancelling_leaves_the_server_at_once(stream: bool) -> None:
    async with asking(says("a", "b", "c", seconds=30)) as (model, served):
        told = (lambda text: None) if stream else None
        task = asyncio.create_task(model.sample(ASK, told))
        await _until(lambda: len(served.asked) == 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _until(lambda: served.deserted == 1)


async def test_cancelling_leaves_with_every_request() -> None:
    async with asking(says("a", seconds=30), parallel=3) as (model, served):
        model._parameters.ignores_n = True  # type: ignore[attr-defined]
        task = asyncio.create_task(model.sample(replace(ASK, samples=5)))
        await _until(lambda: len(served.asked) == 3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _until(lambda: served.deserted == 3)
    assert len(served.asked) == 3


async def test_what_could_be_had_is_given_with_a_remark_about_the_rest() -> None:
    replies: list[Reply] = [Texts(("a",)), Fault(404, "gone"), Texts(("b",))]
    async with asking(in_turn(*replies), parallel=1) as (model, _):
        answer = await model.sample(replace(ASK, samples=3))
    assert texts(answer) == ["a", "b"]
    assert [sample.index for sample in answer.samples] == [0, 2], "each keeps the seed it was asked with"
    assert "1 of 3 samples are missing" in answer.remarks[0]
    assert "gone" in answer.remarks[0]


async def test_bytes_that_are_no_text_do_not_break_a_request() -> None:
    broken = b"caf\xe9".decode("utf-8", "surrogateescape")
    async with asking(says("x")) as (model, served):
        await model.sample(SamplingRequest((Message(Role.USER, broken),)))
        await model.sample(SamplingRequest(prompt=broken))
    assert served.bodies[0]["messages"][0]["content"] == served.bodies[1]["prompt"] == "caf?"


FAULTS = [
    Fault(401, f"Incorrect API key provided: {KEY}."),
    Fault(403, f"{KEY} may not"),
    Fault(400, f"bad {KEY}"),
    Fault(404, f"no model for {KEY}"),
    Fault(500, f"crashed on {KEY}", headers=(("x-should-retry", "false"),)),
    Fault(307, KEY, headers=(("location", f"http://127.0.0.1:1/{KEY}"),)),
    Raw(f"HTTP/1.1 200 X\r\ncontent-length: 40\r\n\r\n{KEY}".encode()),
    Raw(f"HTTP/1.1 200 X\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n{KEY[:5]}".encode()),
    Raw(f"{KEY}\r\n\r\n".encode()),
]


@pytest.mark.parametrize("reply", FAULTS, ids=lambda reply: f"{type(reply).__name__}-{str(reply)[:20]}")
async def test_the_key_is_in_no_message_no_traceback_and_no_log(
    reply: Reply, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TINY_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    async with asking(lambda asked: reply, key_variable="TINY_KEY") as (model, served):
        with pytest.raises(ModelError) as caught:
            await model.sample(ASK)
        assert served.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert KEY not in repr(caught.value.__context__) + repr(caught.value.__cause__)
    assert KEY not in repr(model) + model.identity + model.address
    assert caplog.records
    assert [
        record.getMessage() for record in caplog.records if KEY in record.getMessage() + str(record.args)
    ] == []


async def test_a_redirect_is_not_followed_and_carries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", KEY)
    async with serving(says("stolen")) as other:
        moved = Fault(307, headers=(("location", f"{other.address}/chat/completions"),))
        async with asking(lambda asked: moved, key_variable="TINY_KEY") as (model, _):
            with pytest.raises(ModelAnswerError, match=r"redirects to 127\.0\.0\.1, which is not followed"):
                await model.sample(ASK)
    assert other.asked == []


async def test_a_proxy_of_the_environment_does_not_see_what_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(says("proxy")) as proxy, serving(says("x")) as served:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        model = await open_model(ModelSettings("tiny", address=served.address, served_name="m"))
        assert texts(await model.sample(ASK)) == ["x"]
        await model.close()
    assert proxy.asked == []


async def test_nothing_else_of_the_environment_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
        monkeypatch.setenv(f"OPENAI_{name}", f"secret-{name}")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "x-mine: secret-header")
    async with asking(says("x")) as (model, served):
        await model.sample(ASK)
    assert "secret" not in str(served.asked[0].headers).lower()
    assert served.asked[0].headers["authorization"] == "Bearer no-key"


async def test_identity_tells_models_apart() -> None:
    one = ModelSettings("a", address="http://127.0.0.1:1/v1", served_name="m")
    others = [
        replace(one, address="http://127.0.0.1:2/v1"),
        replace(one, served_name="n"),
        replace(one, template="plain"),
        replace(one, extra=(("top_k", "1"),)),
    ]
    identities = {(await open_model(settings)).identity for settings in [one, *others]}
    assert len(identities) == 5
    assert (await open_model(replace(one, name="b", key_variable=""))).identity in identities


async def _until(holds: Any) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
