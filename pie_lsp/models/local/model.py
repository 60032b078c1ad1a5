"""A checkpoint on this machine as a `Model`: one worker process, started when it is first asked.

A cancellation is passed on, and a worker that does not obey it in time is killed; the next request starts
another. Knows nothing of torch.
"""

import asyncio
from typing import Any

from pie_lsp.models.budget import require_fit
from pie_lsp.models.contract import Answer, Finish, Message, OnText, Sample, SamplingRequest, Usage
from pie_lsp.models.local.checkpoint import Checkpoint
from pie_lsp.models.local.process import Line, Worker
from pie_lsp.models.templates import Form, Template
from pie_lsp.models.texts import sendable
from pie_lsp.values.errors import ModelAnswerError, ModelMissingError
from pie_lsp.values.language_model import ModelSettings

_OBEY_SECONDS = 0.4
"""How long a worker may take to obey a cancellation, so that stopping takes less than a second in all."""


class LocalModel:
    """Implements `Model`. Requests are answered one after the other."""

    def __init__(
        self, settings: ModelSettings, template: Template, checkpoint: Checkpoint, libraries: str
    ) -> None:
        self._settings = settings
        self._template = template
        self._checkpoint = checkpoint
        self._worker: Worker | None = None
        self._turn = asyncio.Lock()
        self._number = 0
        self._loaded = False
        self._closed = False
        self._libraries = libraries
        self.name = settings.name
        self.address = str(checkpoint.folder)
        self.template = template.name
        self.is_remote = False
        self.context_tokens = checkpoint.context

    @property
    def identity(self) -> str:
        """The same for the same files, computed by the same libraries in the same way."""
        how = f"{self._settings.device} {self._settings.quantization} {self._settings.context}"
        return "|".join(("checkpoint", self._checkpoint.digest, self.template, how, self._libraries))

    @property
    def worker_pid(self) -> int | None:
        """The process that runs, if one does."""
        return None if self._worker is None else self._worker.pid

    async def count_tokens(self, text: str) -> int:
        """By the checkpoint's own tokenizer."""
        answer = await self._asked({"do": "count", "text": sendable(text)})
        return int(answer["count"])

    async def sample(self, request: SamplingRequest, on_text: OnText | None = None) -> Answer:
        """Draw all samples in one batch."""
        told = on_text if request.samples == 1 else None
        answer = await self._asked(self._line(request, told is not None), told)
        samples = tuple(
            Sample(made["text"], Finish(made["finish"]), index)
            for index, made in enumerate(answer["samples"])
        )
        return Answer(samples, _usage(answer), self.identity)

    async def close(self) -> None:
        """End the worker, whatever it does."""
        self._closed = True
        await self._drop()

    def _line(self, request: SamplingRequest, stream: bool) -> Line:
        conversation = request.prompt is None and self._template.form is Form.CHAT
        own = conversation and self._checkpoint.has_template
        prompt = request.prompt
        if prompt is None and not own:
            prompt = self._template.put_turns(request.messages)
        return {
            "do": "generate",
            "messages": [_turn(message) for message in request.messages] if own else None,
            "prompt": None if prompt is None else sendable(prompt),
            "samples": request.samples,
            "temperature": request.temperature,
            "top_p": request.top_p,
            "max_tokens": request.max_tokens,
            "stop": [*request.stop, *(stop for stop in self._template.stop if stop not in request.stop)],
            "seed": request.seed,
            "stream": stream,
        }

    async def _asked(self, line: Line, on_text: OnText | None = None) -> Line:
        """The worker's answer, without a problem in it."""
        async with self._turn:
            await self._prepare()
            answer = await self._exchange(line, on_text)
        return self._checked(answer)

    async def _prepare(self) -> None:
        """See to it that a worker runs and has loaded the checkpoint."""
        if self._closed:
            raise ModelAnswerError(f"The model {self.name} was closed and answers no more.")
        if self._worker is not None and self._worker.alive and self._loaded:
            return
        await self._drop()
        self._worker = await Worker.start()
        load = {
            "do": "load",
            "folder": self.address,
            "device": self._settings.device,
            "bits": self._settings.quantization,
            "context": self._checkpoint.context,
        }
        try:
            self._checked(await self._exchange(load))
        # A cancel too: half a checkpoint is of no use, and loading cannot be interrupted otherwise.
        except BaseException:
            await self._drop()
            raise
        self._loaded = True

    async def _exchange(self, line: Line, on_text: OnText | None = None) -> Line:
        worker = self._worker
        assert worker is not None, "prepared before"
        self._number += 1
        number = self._number
        worker.send({**line, "id": number})

        def told(part: Line) -> None:
            if on_text is not None:
                on_text(part["text"])

        reply = asyncio.create_task(worker.receive(number, told))
        try:
            return await asyncio.shield(reply)
        # A cancel above all: whoever stops waiting, the worker has to stop working.
        except BaseException:
            worker.send({"do": "cancel", "id": number})
            await self._until_idle(reply)
            raise

    async def _until_idle(self, reply: asyncio.Task[Line]) -> None:
        """Wait until the worker has given up its work, or else end it."""
        try:
            await asyncio.wait([reply], timeout=_OBEY_SECONDS)
        finally:
            obeyed = reply.done() and not reply.cancelled() and reply.exception() is None
            if not obeyed:
                await self._drop()
                await asyncio.gather(reply, return_exceptions=True)

    async def _drop(self) -> None:
        worker, self._worker, self._loaded = self._worker, None, False
        if worker is not None:
            await worker.stop()

    def _checked(self, answer: Line) -> Line:
        """`answer`, or the typed error for the problem in it."""
        match answer.get("problem"):
            case None:
                return answer
            case "too long":
                numbers = (answer["prompt"], answer["answer"], self.context_tokens)
                require_fit(self.name, *numbers, apart=self._checkpoint.apart)
            case "missing":
                raise ModelMissingError(answer["sentence"])
        raise ModelAnswerError(f"The model {self.name} could not answer: {answer['sentence']}")


def _turn(message: Message) -> dict[str, str]:
    return {"role": message.role.value, "content": sendable(message.text)}


def _usage(answer: dict[str, Any]) -> Usage:
    """A batch reads its prompt once."""
    return Usage(answer["prompt_tokens"], answer["completion_tokens"], requests=1)
