"""A model behind an OpenAI-compatible server: Ollama, LM Studio, llama.cpp, vLLM, OpenAI, Azure.

Servers differ, and nothing is trusted to be there: samples that a server did not make are asked for one by
one, a parameter that it refuses is left out, and an answer that ends early is no answer. Knows no prompts.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from pie_lsp.models.addresses import is_loopback, shown
from pie_lsp.models.budget import TokenizerFile, estimated_tokens, require_fit
from pie_lsp.models.client import open_client
from pie_lsp.models.contract import Answer, Finish, OnText, Sample, SamplingRequest, Usage
from pie_lsp.models.failures import Place, is_too_long, message_of
from pie_lsp.models.parameters import Parameters
from pie_lsp.models.patience import seconds_before_next
from pie_lsp.models.templates import Form, Template
from pie_lsp.models.texts import Ending, cut_at, sendable
from pie_lsp.models.usage import priced, summed, usage_of
from pie_lsp.values.errors import ModelAnswerError, ModelError
from pie_lsp.values.language_model import ModelSettings

if TYPE_CHECKING:
    from openai import AsyncOpenAI

LOCAL_CONTEXT, REMOTE_CONTEXT = 4096, 32_768
"""Taken where the settings name no context. Ollama cuts longer prompts without a word unless it was set up
for them, so a local server is not given more than its usual default.
"""

_LOCAL_PARALLEL, _REMOTE_PARALLEL = 2, 4
_TOKENS_OF_A_TURN = 8
"""What a server adds around one message of a conversation, rather too high."""

_FINISHES = {"stop": Finish.STOP, "length": Finish.LENGTH, "content_filter": Finish.FILTERED}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Texts that one request brought; `first` is the index of the first of them."""

    texts: tuple[tuple[str, Finish], ...]
    usage: Usage
    first: int = 0


@dataclass(frozen=True, slots=True)
class _Question:
    """A request as it goes over HTTP. `body` is what the model reads, `stops` what ends an answer."""

    request: SamplingRequest
    chat: bool
    body: tuple[tuple[str, object], ...]
    stops: tuple[str, ...]


class Endpoint:
    """Implements `Model`. The key is kept by the client alone and is part of no text."""

    def __init__(self, settings: ModelSettings, template: Template, key: str) -> None:
        self._settings = settings
        self._template = template
        self._key = key
        self._parameters = Parameters(settings.extra)
        self.name = settings.name
        self.address = shown(settings.address)
        self.template = template.name
        self.is_remote = not is_loopback(settings.address)
        self.context_tokens = settings.context or (REMOTE_CONTEXT if self.is_remote else LOCAL_CONTEXT)
        parallel = settings.parallel or (_REMOTE_PARALLEL if self.is_remote else _LOCAL_PARALLEL)
        self._places = asyncio.Semaphore(parallel)
        self._opening = asyncio.Lock()
        self._place = Place(
            self.address, settings.served_name, settings.key_variable, settings.timeout_seconds
        )
        self._tokenizer = None if settings.tokenizer is None else TokenizerFile(settings.tokenizer)

    @property
    def identity(self) -> str:
        """The same for the same model at the same address with the same template."""
        parts = (self.address, self._settings.api.value, self._settings.api_version)
        extra = ",".join(f"{name}={value}" for name, value in sorted(self._settings.extra))
        return "|".join(("endpoint", *parts, self._settings.served_name, self.template, extra))

    @cached_property
    def _client(self) -> "AsyncOpenAI":
        return open_client(self._settings, self._key)

    async def _opened(self) -> "AsyncOpenAI":
        """The client. The SDK takes a second to load, in which others have to be served, a cancel too."""
        async with self._opening:
            return await asyncio.to_thread(lambda: self._client)

    async def count_tokens(self, text: str) -> int:
        """By the file of the tokenizer where one is set, else an estimate."""
        if self._tokenizer is None:
            return estimated_tokens(text)
        return await asyncio.to_thread(self._tokenizer.count, text)

    async def sample(self, request: SamplingRequest, on_text: OnText | None = None) -> Answer:
        """Draw samples, in one request where the server can, and topped up one by one where it cannot."""
        question = self._question(request)
        await self._require_fit(question)
        problems: tuple[str, ...] = ()
        if on_text is not None and request.samples == 1:
            drawn = [await self._told(question, on_text)]
        else:
            drawn, problems = await self._gathered(question)
        placed = [(one.first + at, *text) for one in drawn for at, text in enumerate(one.texts)]
        samples = tuple(Sample(text, end, index) for index, text, end in placed if index < request.samples)
        usage = priced(summed(one.usage for one in drawn), self._settings)
        remarks = (*self._parameters.remarks(request), *problems)
        return Answer(samples, usage, self.identity, remarks)

    async def close(self) -> None:
        """Close the connections."""
        if "_client" in self.__dict__:
            await self._client.close()

    def _question(self, request: SamplingRequest) -> _Question:
        stops = (*request.stop, *(stop for stop in self._template.stop if stop not in request.stop))
        body: list[tuple[str, object]] = [("model", self._settings.served_name)]
        chat = request.prompt is None and self._template.form is Form.CHAT
        if chat:
            turns = [{"role": turn.role.value, "content": sendable(turn.text)} for turn in request.messages]
            body.append(("messages", turns))
        else:
            text = request.prompt
            text = self._template.put_turns(request.messages) if text is None else text
            body.append(("prompt", sendable(text)))
        return _Question(request, chat, tuple(body), stops)

    async def _require_fit(self, question: _Question) -> None:
        texts = [turn.text for turn in question.request.messages] if question.chat else []
        texts = texts or [str(dict(question.body)["prompt"])]
        tokens = sum([await self.count_tokens(text) + _TOKENS_OF_A_TURN for text in texts])
        require_fit(self.name, tokens, question.request.max_tokens, self.context_tokens)

    async def _gathered(self, question: _Question) -> tuple[list[_Drawn], tuple[str, ...]]:
        """All samples that could be had, and a sentence where some could not."""
        wanted, seed = question.request.samples, question.request.seed
        drawn: list[_Drawn] = []
        if wanted > 1 and not self._parameters.ignores_n:
            drawn.append(await self._draw(question, wanted, seed))
            self._parameters.ignores_n = len(drawn[0].texts) < wanted
        got = sum(len(one.texts) for one in drawn)
        rest = [
            self._draw(question, 1, None if seed is None else seed + index) for index in range(got, wanted)
        ]
        outcomes = await asyncio.gather(*rest, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not isinstance(outcome, ModelError):
                raise outcome
        failed = [outcome for outcome in outcomes if isinstance(outcome, ModelError)]
        # A sample that is missing leaves its place empty, so that the others keep their own seeds.
        drawn += [
            replace(outcome, texts=outcome.texts[:1], first=index)
            for index, outcome in enumerate(outcomes, start=got)
            if isinstance(outcome, _Drawn)
        ]
        if not drawn:
            raise failed[0]
        return drawn, (f"{len(failed)} of {wanted} samples are missing. {failed[0]}",) if failed else ()

    async def _draw(self, question: _Question, count: int, seed: int | None) -> _Drawn:
        """One request over HTTP, made again without what the server refuses."""
        response = await self._send(question, count, seed, stream=False)
        choices = getattr(response, "choices", None)
        if not isinstance(choices, list) or not choices:
            raise ModelAnswerError(
                f"{self.address} sent no answer. Look at its log; its address usually ends in /v1."
            )
        texts = tuple(_text_of(choice, "message" if question.chat else "") for choice in choices)
        cut = tuple(_finished(text, finish, question.stops) for text, finish in texts)
        return _Drawn(cut, usage_of(getattr(response, "usage", None)))

    async def _told(self, question: _Question, on_text: OnText) -> _Drawn:
        """One sample as a stream."""
        ending, finish, usage = Ending(question.stops), None, Usage(requests=1)
        async with self._places:
            stream = await self._send(question, 1, question.request.seed, stream=True, placed=True)
            try:
                async for chunk in _Events(stream, self._place, self._key):
                    usage = usage_of(chunk.usage) if getattr(chunk, "usage", None) else usage
                    for choice in (getattr(chunk, "choices", None) or ())[:1]:
                        text, reason = _text_of(choice, "delta" if question.chat else "")
                        if piece := ending.add(text):
                            on_text(piece)
                        finish = reason or finish
                    if ending.stopped:
                        finish = "stop"
                        break
            finally:
                await stream.close()
        if finish is None:
            raise ModelAnswerError(f"{self.address} ended its answer in the middle. Look at its log.")
        if piece := ending.finish():
            on_text(piece)
        return _Drawn(((ending.text, _FINISHES.get(finish, Finish.OTHER)),), replace(usage, requests=1))

    async def _send(
        self, question: _Question, count: int, seed: int | None, *, stream: bool, placed: bool = False
    ) -> Any:
        """The SDK's response. Raises the typed error for whatever goes wrong."""
        if not placed:
            async with self._places:
                return await self._send(question, count, seed, stream=stream, placed=True)
        client = await self._opened()
        import openai

        api = cast(Any, client.chat.completions if question.chat else client.completions)
        tries = 0
        while True:
            sent = self._parameters.of(question.request, question.stops, count, seed, stream)
            try:
                streaming = {"stream": True} if stream else {}
                return await api.create(**dict(question.body), **streaming, extra_body=sent)
            except (openai.OpenAIError, ValueError) as error:
                failure = error
            # Outside of the handler, so that the SDK's error, which holds the request, is no context of ours.
            if self._is_refusal(failure, sent):
                continue
            tries += 1
            wait = seconds_before_next(failure, tries)
            if wait is None:
                raise self._place.explain(failure, self._key)
            await asyncio.sleep(wait)

    def _is_refusal(self, error: Exception, sent: dict[str, object]) -> bool:
        """Whether the server refuses a parameter by name, which is not sent from now on."""
        import openai

        if not isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
            return False
        return not is_too_long(error) and self._parameters.refuse(message_of(error), error.param, sent)


class _Events:
    """The chunks of a stream, with the SDK's errors made ours."""

    def __init__(self, stream: Any, place: Place, key: str) -> None:
        self._stream, self._place, self._key = stream, place, key

    async def __aiter__(self) -> AsyncIterator[Any]:
        import openai

        try:
            async for chunk in self._stream:
                yield chunk
            return
        except (openai.OpenAIError, ValueError) as error:
            failure = error
        raise self._place.explain(failure, self._key)


def _text_of(choice: Any, holder: str) -> tuple[str, str | None]:
    """Text and reason of the end, of whatever the server sent; `holder` is the part that has the text."""
    held = getattr(choice, holder, None) if holder else choice
    text = getattr(held, "content" if holder else "text", None)
    reason = getattr(choice, "finish_reason", None)
    return (text if isinstance(text, str) else "", reason if isinstance(reason, str) else None)


def _finished(text: str, reason: str | None, stops: tuple[str, ...]) -> tuple[str, Finish]:
    cut = cut_at(text, stops)
    finish = _FINISHES.get(reason or "", Finish.OTHER)
    return cut, Finish.STOP if cut != text else finish
