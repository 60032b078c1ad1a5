"""What a language model is asked and what it answers, whatever is behind it.

Knows nothing of programs, strategies or prompts: a request is text, and so is an answer. A parameter that
is None was not set, and what was not set is never sent, because some servers refuse what they do not know.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


class Role(Enum):
    """Who says a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class SamplingRequest:
    """A prompt and how to sample from it.

    messages    a conversation, for models that follow instructions; empty where there is a `prompt`
    prompt      text to go on with as it is, for base and fine-tuned models; None where there are `messages`
    samples     how many independent answers
    max_tokens  most tokens of one answer; prompt and answer together have to fit the model's context
    stop        texts at which an answer ends; none of them is part of the answer
    seed        sample number i uses seed + i wherever samples are drawn one by one
    """

    messages: tuple[Message, ...] = ()
    prompt: str | None = None
    samples: int = 1
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int = 1000
    stop: tuple[str, ...] = ()
    seed: int | None = None

    def __post_init__(self) -> None:
        if bool(self.messages) == (self.prompt is not None):
            raise ValueError("a request has either messages or a prompt")
        if self.samples < 1 or self.max_tokens < 1:
            raise ValueError("a request is for at least one token of at least one sample")


class Finish(Enum):
    """Why an answer ended. One that was cut off is as a rule no whole program."""

    STOP = "stop"
    LENGTH = "length"
    FILTERED = "filtered"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer. `index` counts from 0 within its request; one that is missing leaves its number out."""

    text: str
    finish: Finish
    index: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What was spent. Tokens are those that the server or the tokenizer counted.

    requests          how often the model was asked; for an endpoint, requests over HTTP that were answered
    cost_microdollars  in millionths of a dollar; None where the settings name no prices
    """

    prompt_tokens: int = 0
    completion_tokens: int = 0
    requests: int = 0
    cost_microdollars: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All samples of one request, in the order of their indexes; never none.

    identity  of the model that answered
    remarks   sentences for people: a parameter that the server refuses, samples that are missing
    """

    samples: tuple[Sample, ...]
    usage: Usage
    identity: str
    remarks: tuple[str, ...] = field(default=())


OnText = Callable[[str], None]
"""Called with each piece of an answer as it comes."""


class Model(Protocol):
    """A language model. Whoever made it closes it.

    All methods raise `ModelError` of `values/errors.py` and nothing else on purpose.
    """

    @property
    def name(self) -> str:
        """What the user calls it."""

    @property
    def identity(self) -> str:
        """Everything that decides what it answers, as part of cache keys: the address and the model's
        name there, or the digest of a checkpoint; the template; the versions of libraries that compute.
        """

    @property
    def is_remote(self) -> bool:
        """Whether asking it sends text to another machine."""

    @property
    def address(self) -> str:
        """Where text goes, for people: an address without secrets, or the folder of a checkpoint."""

    @property
    def template(self) -> str:
        """Name of the template (`templates.py`) that its prompts are made with."""

    @property
    def context_tokens(self) -> int:
        """Most tokens of a prompt and its answer together."""

    async def count_tokens(self, text: str) -> int:
        """Tokens of `text`: exact where the model's own tokenizer is at hand, else an estimate that is
        rather too high.
        """

    async def sample(self, request: SamplingRequest, on_text: OnText | None = None) -> Answer:
        """Draw the samples of `request`.

        Cancelling the task that awaits this stops the model too, within a second. Nothing is cut to fit:
        a prompt that is too long raises `PromptTooLongError`.

        on_text  is told the text as it comes; only where one sample is asked for
        """

    async def close(self) -> None:
        """Let go of connections and processes; a closed model answers no more."""
