"""Candidates from a language model, behind the same interface as those of rules.

One object serves one request: it remembers what the model said, for people and for repairs. It never decides
whether an answer is right. Every failure of the model is a typed error for whoever asks.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.tokens import fingerprint
from pie_lsp.models.contract import Finish, Model, Sample, SamplingRequest, Usage
from pie_lsp.models.templates import Template
from pie_lsp.prompting.answers import Unusable, read_answer
from pie_lsp.prompting.budget import Fitted, fit, fit_opening, tokens_of
from pie_lsp.prompting.compose import again
from pie_lsp.prompting.contract import SAMPLES, TEMPERATURE, Question, Search, Shelf, Strategy
from pie_lsp.prompting.target import Target
from pie_lsp.prompting.wording import version
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.edits import apply_edits, compose
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import Rejected, Rejection, Stage

_REVISION = "2"
"""Grows whenever pairs are shown or answers are read in another way; texts have a version of their own."""

REPEATED = "Another answer says the same."
"""Why an answer is no candidate that has the tokens of an earlier one."""

_SEEDS_OF_A_ROUND = 1000
"""Far more than there are samples, so that no two samples of a request have one seed."""
_SEEDS_OF_A_SEARCH = 10_000
"""The same for rounds that go on from what was found, each of which may have its own repairs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is asked in one request."""

    strategy: Strategy
    samples: int = SAMPLES
    temperature: float = TEMPERATURE
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Start:
    """What a model is to make faster: the original, or the best that was found so far.

    context   of the file as the model is shown it
    source    the original, and `function` in it
    edits     from the original to that file, with the `grants` that they need
    figure    how much faster it is already, for the model
    round     from 1
    """

    context: ProposeContext
    source: bytes
    function: FunctionRef
    edits: tuple[Edit, ...] = ()
    grants: frozenset[Grant] = frozenset()
    figure: str = ""
    round: int = 1


@dataclass(frozen=True, slots=True)
class _Said:
    """Where a candidate comes from, for the case that it has to be repaired."""

    start: Start
    question: Question
    answer: str
    number: int
    room: int
    round: int = 0


@dataclass(slots=True)
class Told:
    """What is to be told besides candidates: answers of no use, sentences, and what was spent."""

    unusable: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    usage: list[Usage] = field(default_factory=list)


class ModelProposer:
    """Implements `Proposer`."""

    def __init__(self, model: Model, template: Template, plan: Plan, shelf: Shelf) -> None:
        self._model = model
        self._template = template
        self._plan = plan
        self._shelf = shelf
        self._said: dict[bytes, _Said] = {}
        self._seen: set[str] = set()
        self.told = Told()
        self.id = f"{model.name}/{plan.strategy.name}"
        self.version = f"{_REVISION}-{version()}"

    def prepare(self, context: ProposeContext) -> bool:
        """Whether the function can be worked on; the model is not asked."""
        if context.interactive:
            return False
        return Analysis(context.file, context.function.node, context.local_headers).is_fit

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        """Ask, and yield what the answers make of the function, each different result once."""
        async for candidate in self.improve(Start(context, context.file.data, context.function.ref)):
            yield candidate

    async def improve(self, start: Start) -> AsyncIterator[Candidate]:
        """The same from `start` on; the edits of what is yielded are those of the original."""
        target = Target(start.context)
        fitted = await self.prompts(start.context, figure=start.figure)
        self._remark(fitted.remarks)
        first, seed = 0, self._seed(start)
        for question, samples in shares(fitted.questions, self._plan.samples):
            answer = await self.sample(question, samples, seed + first, fitted.answer_tokens)
            for sample in answer:
                said = _Said(start, question, sample.text, first + sample.index, fitted.answer_tokens)
                candidate = await asyncio.to_thread(self._candidate, target, said, sample.finish)
                if candidate is not None:
                    yield candidate
            first += samples

    async def repair(self, changed: bytes, problem: str) -> list[Candidate]:
        """Candidates that the model makes of one that fell, after it was told the `problem`.

        Empty where `changed` is no candidate of this proposer, where the model takes no conversation, and
        where the conversation has become too long.
        """
        said = self._said.get(changed)
        if said is None or not said.question.messages:
            return []
        name = said.start.function.name
        question = again(said.question, said.answer, name, problem)
        seed = self._seed(said.start) + _SEEDS_OF_A_ROUND * (said.round + 1) + said.number
        if await tokens_of(self._model, question) + said.room > self._model.context_tokens:
            self._remark((f"The conversation about {name} became too long to go on with.",))
            return []
        answer = await self.sample(question, 1, seed, said.room)
        target = Target(said.start.context)
        found = []
        for sample in answer:
            later = replace(said, question=question, answer=sample.text, round=said.round + 1)
            candidate = await asyncio.to_thread(self._candidate, target, later, sample.finish)
            found += [candidate] if candidate is not None else []
        return found

    async def prompts(
        self, context: ProposeContext, *, asks: bool = True, figure: str = "", problem: str | None = None
    ) -> Fitted:
        """What the model is asked about a function.

        problem  of which no pair is shown; see `Search`

        figure  how much faster it is than the original, where it is no longer that
        asks    the model may be asked for a description; without, strategies that need one give the question
                for it, so that nothing is sent

        Raises PromptTooLongError where nothing fits.
        """
        target, strategy = Target(context), self._plan.strategy
        description = ""
        if strategy.describes:
            opened = await fit_opening(self._model, self._template, target)
            if not asks:
                return opened
            told = await self.sample(opened.questions[0], 1, self._plan.seed, opened.answer_tokens)
            description = told[0].text
        search = Search(self._shelf, target.code, description, problem)
        examples = () if strategy.examples is None else await asyncio.to_thread(strategy.examples, search)
        return await fit(self._model, self._template, strategy, target, examples, figure)

    async def sample(self, question: Question, samples: int, seed: int, room: int) -> tuple[Sample, ...]:
        """Answers to `question`, with the seeds from `seed` on and `room` tokens each. Raises ModelError."""
        request = SamplingRequest(
            messages=question.messages,
            prompt=question.prompt,
            samples=samples,
            temperature=self._plan.temperature,
            max_tokens=room,
            stop=question.stop,
            seed=seed,
        )
        answer = await self._model.sample(request)
        self.told.usage.append(answer.usage)
        self._remark(answer.remarks)
        return answer.samples

    def _candidate(self, target: Target, said: _Said, finish: Finish) -> Candidate | None:
        """The candidate of one answer; one of no use, or that was there before, is told instead."""
        read = read_answer(target, said.question.lead + said.answer, finish)
        start = said.start
        ref = start.function
        title = f"Rewrite {ref.name} as {self._model.name} does ({_number(said)})"
        provenance = Provenance(self.id, self.version, ProposerKind.MODEL, self._details(said))
        if isinstance(read, Unusable):
            self._drop(ref, title, provenance, Rejection(Stage.PREPARE, read.reason))
            return None
        changed = apply_edits(target.file.data, read.edits)
        tokens = fingerprint(changed)
        if tokens in self._seen:
            self._drop(ref, title, provenance, Rejection(Stage.IDENTICAL, REPEATED))
            return None
        self._seen.add(tokens)
        self._said[changed] = said
        explanation = f"Written by the language model {self._model.name}."
        edits = compose(start.source, start.edits, read.edits) if start.edits else read.edits
        grants = start.grants | read.grants
        return Candidate(ref, title, explanation, edits, provenance, grants, may_add_ub=True)

    def _seed(self, start: Start) -> int:
        return self._plan.seed + _SEEDS_OF_A_SEARCH * (start.round - 1)

    def _details(self, said: _Said) -> tuple[tuple[str, str], ...]:
        seed = self._seed(said.start) + said.number + _SEEDS_OF_A_ROUND * said.round
        return (
            ("model", self._model.identity),
            ("strategy", self._plan.strategy.name),
            ("prompt", said.question.digest),
            ("seed", str(seed)),
            ("temperature", f"{self._plan.temperature:g}"),
            ("round", str(said.round)),
            ("search", str(said.start.round)),
        )

    def _drop(self, ref: FunctionRef, title: str, provenance: Provenance, rejection: Rejection) -> None:
        self.told.unusable.append(Rejected(ref.name, title, provenance, rejection))

    def _remark(self, sentences: Iterable[str]) -> None:
        self.told.remarks += [one for one in dict.fromkeys(sentences) if one not in self.told.remarks]


def _number(said: _Said) -> str:
    number = f"sample {said.number + 1}"
    if said.start.round > 1:
        number = f"round {said.start.round}, {number}"
    return number if not said.round else f"{number}, repair {said.round}"


def shares(questions: Sequence[Question], samples: int) -> list[tuple[Question, int]]:
    """How many samples each question gets: as equal as it goes, the first ones more."""
    counts = [
        samples // len(questions) + (place < samples % len(questions)) for place in range(len(questions))
    ]
    return [(question, count) for question, count in zip(questions, counts, strict=True) if count]
