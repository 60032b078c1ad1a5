"""The values that strategies, budget and proposer hand to each other. Nothing runs here."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from pie_lsp.models.contract import Message
from pie_lsp.retrieval.contract import Retriever

TEMPERATURE = 0.7
SAMPLES = 8
"""The paper's defaults: eight samples at 0.7."""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair as it is shown: whole functions or programs, and what makes the second one faster."""

    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt: a conversation, or a text to go on with.

    lead   what the prompt has begun of the answer already, such as a fence
    stop   texts at which the answer ends
    score  performance tag in it, where it has one
    """

    messages: tuple[Message, ...] = ()
    prompt: str | None = None
    lead: str = ""
    stop: tuple[str, ...] = ()
    score: int | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What the model reads, in pieces."""
        return tuple(turn.text for turn in self.messages) if self.prompt is None else (self.prompt,)

    @property
    def digest(self) -> str:
        """SHA-256 in hex of what the model reads; part of every candidate's provenance."""
        hasher = hashlib.sha256()
        roles = [turn.role.value for turn in self.messages] or ["prompt"]
        for role, text in zip(roles, self.texts, strict=True):
            data = f"{role}\0{text}".encode("utf-8", "surrogateescape")
            hasher.update(len(data).to_bytes(8, "big") + data)
        return hasher.hexdigest()


class Shelf(Protocol):
    """Where examples are looked for. Raises what loading a corpus raises."""

    def retriever(self, name: str) -> Retriever:
        """The retriever of that name over the pairs that may be shown."""

    def nearest(self) -> Retriever:
        """The retriever that the user chose to find pairs by code, or the usual one."""


@dataclass(frozen=True, slots=True)
class Search:
    """What examples are looked for with.

    code         the function that is asked about
    description  what the model says costs time in it; only for strategies that ask that first
    problem      what the program solves, where a model is scored on it: no pair of it is shown, since the
                 answer may stand there
    """

    shelf: Shelf
    code: bytes
    description: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """One way to ask.

    name      what people call it
    title     for people, what it does
    examples  finds the pairs that are shown, the most like the function last; None where none are shown
    heading   name of the text over the examples
    nearest   whether these are found by whichever retriever the user chose
    drops     whether examples may be left out, the first ones first, where all do not fit
    describes whether the model first says in words what costs time
    thinks    whether it is to say its strategy before the code
    scores    performance tags, over which the samples are spread; only for checkpoints trained with them
    """

    name: str
    title: str
    examples: Callable[[Search], tuple[Example, ...]] | None = None
    heading: str = "examples_similar"
    nearest: bool = False
    drops: bool = False
    describes: bool = False
    thinks: bool = False
    scores: tuple[int, ...] = field(default=())
