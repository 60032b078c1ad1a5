"""Asks a model about one task after another, as the product asks it, and keeps every answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from pie_lsp.cpp.functions import Function
from pie_lsp.engine.asking import loops_in, not_allowed
from pie_lsp.engine.chosen_model import require_askable, shelf_of
from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.engine.subject import Subject, read_subject
from pie_lsp.models.contract import Sample
from pie_lsp.models.registry import find_model, open_model, template_of
from pie_lsp.models.templates import Template
from pie_lsp.prompting.proposer import ModelProposer, Plan, shares
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.shelf import CorpusShelf
from pie_lsp.prompting.target import Target
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.research.scoring.kept import KeptRows
from pie_lsp.research.scoring.kept_model import KeptModel
from pie_lsp.research.scoring.tasks import Task
from pie_lsp.values.errors import InputError, PromptTooLongError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestSuite


@dataclass(frozen=True, slots=True)
class Asked:
    """One answer to a task.

    text  with what the prompt had begun of it
    """

    number: int
    seed: int
    prompt: str
    sample: Sample
    text: str


@dataclass(frozen=True, slots=True)
class Questioned:
    """A task with the answers to it; none, and the reason, where it cannot be asked about."""

    task: Task
    subject: Subject
    target: Target | None
    answers: tuple[Asked, ...] = ()
    problem: str = ""


class Asker:
    """One model with one way to ask."""

    def __init__(self, model: KeptModel, template: Template, plan: Plan, shelf: CorpusShelf) -> None:
        self.model = model
        self.template = template
        self.plan = plan
        self._proposer = ModelProposer(model, template, plan, shelf)

    @property
    def told(self) -> tuple[str, ...]:
        """Sentences for people: parameters that a server refuses, files too long to be shown whole."""
        return tuple(self._proposer.told.remarks)

    @property
    def version(self) -> str:
        """Of all texts of prompts, and of how answers are read."""
        return self._proposer.version

    async def ask(self, task: Task, settings: Settings) -> Questioned:
        """The answers to `task`. Raises ModelError where the model gives none."""
        subject = await asyncio.to_thread(subject_of, task, settings)
        function = self._chosen(task, subject)
        if function is None:
            reason = "It has no function that a model can be asked about."
            return Questioned(task, subject, None, problem=reason)
        context = subject.context(function)
        target = Target(context)
        try:
            answers = [one async for one in self._answers(context, task.problem)]
        except PromptTooLongError as error:
            return Questioned(task, subject, target, problem=str(error))
        return Questioned(task, subject, target, tuple(answers))

    async def _answers(self, context: ProposeContext, problem: str) -> AsyncIterator[Asked]:
        fitted = await self._proposer.prompts(context, problem=problem)
        first = 0
        for question, count in shares(fitted.questions, self.plan.samples):
            seed = self.plan.seed + first
            for sample in await self._proposer.sample(question, count, seed, fitted.answer_tokens):
                text = question.lead + sample.text
                at = sample.index
                yield Asked(first + at, seed + at, question.digest, sample, text)
            first += count

    def _chosen(self, task: Task, subject: Subject) -> Function | None:
        able = [one for one in subject.functions if self._proposer.prepare(subject.context(one))]
        if task.function:
            return next((one for one in able if one.ref.name == task.function), None)
        return max(able, key=loops_in, default=None)


def subject_of(task: Task, settings: Settings) -> Subject:
    """What the engine reads of a file, with the tests of the task. Raises InputError."""
    subject = read_subject(OptimizeRequest(task.path, task.source, None, settings))
    cases = task.tests()
    # In place of what may lie beside the file.
    suite = TestSuite(f"{task.name} ({len(cases)} tests)", cases)
    return replace(subject, suite=suite)


@asynccontextmanager
async def open_asker(settings: Settings, rows: KeptRows) -> AsyncIterator[Asker]:
    """The model that `settings` name; opening it sends nothing.

    Raises InputError where it is on another machine and the user has not allowed that, or where the strategy
    or the retriever is not for it, and ModelError where it cannot be opened.
    """
    require_askable(settings)
    chosen = find_model(settings.models, settings.language_model)
    template = template_of(chosen)
    plan = Plan(strategy(settings.strategy, template), settings.samples, seed=settings.model_seed)
    model = await open_model(chosen)
    try:
        if model.is_remote and not settings.allow_remote_models:
            raise InputError(not_allowed(model))
        yield Asker(KeptModel(model, rows), template, plan, shelf_of(settings))
    finally:
        await model.close()
