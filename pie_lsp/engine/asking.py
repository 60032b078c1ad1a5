"""Asks the language model that a request names, and tells what became of it.

Whatever goes wrong with a model is a sentence, and costs nobody the suggestions of the rules. Another machine
is asked only where the user allowed that. Opening a model sends nothing.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pie_lsp.cpp.functions import Function
from pie_lsp.engine.chosen_model import require_askable, shelf_of
from pie_lsp.engine.gather import Draft, drafts_of
from pie_lsp.engine.subject import Subject
from pie_lsp.models.contract import Model, Usage
from pie_lsp.models.registry import find_model, open_model, open_to_show, template_of
from pie_lsp.models.usage import summed
from pie_lsp.prompting.contract import Question
from pie_lsp.prompting.proposer import ModelProposer, Plan, Start
from pie_lsp.prompting.registry import strategy
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.errors import PieError, PromptTooLongError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.report import Rejected
from pie_lsp.values.settings import Settings

MOST_FUNCTIONS = 4
"""Where no function was selected, no more than these are asked about, those with the most loops."""

_LOOPS = frozenset({"for_statement", "for_range_loop", "while_statement", "do_statement"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a model would be asked about one function. `place` is where it would be sent."""

    function: str
    place: str
    is_remote: bool
    questions: tuple[Question, ...]
    remarks: tuple[str, ...]


@dataclass(slots=True)
class Asking:
    """The model of one request; `proposer` is None where there is none, or where it may not be asked.

    key     everything that decides what it answers, besides the file; part of the key of the cache
    faults  sentences about what went wrong; a report with any of them is not kept
    functions  that it was asked about
    """

    proposer: ModelProposer | None = None
    model: Model | None = None
    key: str = ""
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    functions: tuple[FunctionRef, ...] = ()

    @property
    def stage(self) -> str:
        """What happens while it is asked, for people."""
        return f"asking the language model {self.model.name}" if self.model is not None else ""

    @property
    def unusable(self) -> tuple[Rejected, ...]:
        """Answers of which no candidate could be made."""
        return tuple(self.proposer.told.unusable) if self.proposer is not None else ()

    @property
    def advice(self) -> tuple[str, ...]:
        """Everything that a person should read about it, but for what it took."""
        told = () if self.proposer is None else self.proposer.told.remarks
        return (*self.faults, *self.remarks, *told)

    @property
    def spent(self) -> tuple[str, ...]:
        """What asking took, in a sentence; none where nothing was asked. It is true of this run alone."""
        if self.proposer is None or self.model is None or not self.proposer.told.usage:
            return ()
        return (_spent(self.model.name, summed(self.proposer.told.usage)),)

    async def drafts(self, subject: Subject, seconds: float) -> tuple[Draft, ...]:
        """What the model makes of the selected functions, within `seconds`. Raises nothing of a model."""
        found: list[Draft] = []
        proposer = self.proposer
        if proposer is None:
            return ()
        functions = self._chosen(subject, proposer)
        self.functions = tuple(one.ref for one in functions)
        assert self.model is not None
        late = (
            f"The language model {self.model.name} at {self.model.address} had not answered after "
            f"{seconds:g} s and was not waited for."
        )
        async with self._bounded(seconds, late):
            for function in functions:
                try:
                    async for draft in drafts_of(subject, proposer, subject.context(function)):
                        found.append(draft)
                except PromptTooLongError as error:
                    self.faults.append(str(error))
        return tuple(found)

    async def improved(self, starts: Sequence[Start], seconds: float) -> tuple[Draft, ...]:
        """What the model makes of the best that was found so far."""
        found: list[Draft] = []
        if self.proposer is None:
            return ()
        async with self._bounded(
            seconds, "The time budget ran out while the language model was asked again."
        ):
            for start in starts:
                if self.proposer.prepare(start.context):
                    async for candidate in self.proposer.improve(start):
                        found.append(Draft(candidate, apply_edits(start.source, candidate.edits)))
        return tuple(found)

    async def repaired(
        self, source: bytes, fallen: Sequence[tuple[Draft, str]], seconds: float
    ) -> tuple[Draft, ...]:
        """What the model makes of drafts for `source` that fell, each with what is wrong with it."""
        found: list[Draft] = []
        if self.proposer is None:
            return ()
        async with self._bounded(seconds, "The time budget ran out while the language model repaired."):
            for draft, problem in fallen:
                for candidate in await self.proposer.repair(draft.changed, problem):
                    found.append(Draft(candidate, apply_edits(source, candidate.edits)))
        return tuple(found)

    def cut_off(self, what: str) -> None:
        """Say that the time budget left no time for `what`; such a report is not kept."""
        self.faults.append(f"The time budget left no time for {what}.")

    @asynccontextmanager
    async def _bounded(self, seconds: float, late: str) -> AsyncIterator[None]:
        """Ask inside, for no longer than `seconds`, after which `late` is said; failures are sentences."""
        try:
            async with asyncio.timeout(seconds) as limit:
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            self.faults.append(late)
        except PieError as error:
            self.faults.append(str(error))
        # A defect here is ours, as one in a rule is, and costs nobody what the rules propose.
        except Exception as error:  # noqa: BLE001
            self.faults.append(_defect(error))

    def _chosen(self, subject: Subject, proposer: ModelProposer) -> list[Function]:
        """The functions to ask about."""
        able = [one for one in subject.functions if proposer.prepare(subject.context(one))]
        if subject.request.is_about_one or len(able) <= MOST_FUNCTIONS:
            return able
        most = sorted(able, key=lambda one: -loops_in(one))[:MOST_FUNCTIONS]
        names = ", ".join(one.ref.name for one in able if one in most)
        self.remarks.append(
            f"The language model was asked about {names} alone, the functions with the most loops; select a "
            "function to ask about another."
        )
        return [one for one in able if one in most]


@asynccontextmanager
async def open_asking(settings: Settings) -> AsyncIterator[Asking]:
    """The model that `settings` name, not asked yet; closed on the way out."""
    if not settings.language_model:
        yield Asking()
        return
    try:
        asking = await _opened(settings)
    except PieError as error:
        yield Asking(faults=[str(error)])
        return
    # As for the answers: whatever keeps a model from being opened, the rules go on.
    except Exception as error:  # noqa: BLE001
        yield Asking(faults=[_defect(error)])
        return
    try:
        if asking.model is not None and asking.model.is_remote and not settings.allow_remote_models:
            yield Asking(faults=[not_allowed(asking.model)])
        else:
            yield asking
    finally:
        if asking.model is not None:
            await asking.model.close()


def not_allowed(model: Model) -> str:
    """Why a model on another machine is not asked, and how it would be."""
    return (
        f"The language model {model.name} was not asked, since your code would be sent to {model.address}, "
        "which is another machine. Allow that with the setting allow_remote_models; `pie-lsp optimize "
        "--show-prompt` prints what would be sent."
    )


async def show_prompts(subject: Subject) -> tuple[Shown, ...]:
    """What would be sent for the selected functions. Sends nothing. Raises PieError."""
    settings = subject.request.settings
    require_askable(settings)
    opened, doubts = await open_to_show(find_model(settings.models, settings.language_model))
    asking = await _opened(settings, opened)
    model, proposer = asking.model, asking.proposer
    assert model is not None and proposer is not None
    shown: list[Shown] = []
    try:
        for function in asking._chosen(subject, proposer):
            fitted = await proposer.prompts(subject.context(function), asks=False)
            place = (model.address, model.is_remote, fitted.questions, (*doubts, *fitted.remarks))
            shown.append(Shown(function.ref.name, *place))
    finally:
        await model.close()
    return tuple(shown)


async def _opened(settings: Settings, opened: Model | None = None) -> Asking:
    require_askable(settings)
    chosen = find_model(settings.models, settings.language_model)
    template = template_of(chosen)
    how = strategy(settings.strategy, template)
    shelf = shelf_of(settings)
    plan = Plan(how, settings.samples, seed=settings.model_seed)
    model = opened or await open_model(chosen)
    try:
        corpus = await asyncio.to_thread(shelf.digest, how.nearest) if how.examples is not None else ""
        proposer = ModelProposer(model, template, plan, shelf)
        parts = (model.identity, template.name, str(model.context_tokens), repr((how.name, plan.samples)))
        drawn = (f"{plan.temperature:g}", str(plan.seed), str(settings.repairs), str(settings.rounds))
        return Asking(proposer, model, _digest((*parts, *drawn, proposer.version, corpus)))
    # Whatever keeps it from being asked, a cancel included, its connections and its worker are let go of.
    except BaseException:
        await model.close()
        raise


def _defect(error: Exception) -> str:
    return f"The language model could not be asked ({error!r}), a fault of pie-lsp to report."


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def loops_in(function: Function) -> int:
    """How many loops a function has."""
    count, waiting = 0, [function.body]
    while waiting:
        node = waiting.pop()
        count += node.type in _LOOPS
        waiting += node.named_children
    return count


def _spent(name: str, usage: Usage) -> str:
    """How often a model was asked, and what that took."""
    cost = usage.cost_microdollars
    price = f", {cost / 1e6:.4f} dollars" if cost is not None else ""
    times = "once" if usage.requests == 1 else f"{usage.requests} times"
    read, written = usage.prompt_tokens, usage.completion_tokens
    return f"The language model {name} was asked {times}: {read:,} tokens read, {written:,} written{price}."
