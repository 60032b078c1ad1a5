"""Makes a prompt that fits the model. What is left out is said, and what cannot be left out is never cut.

In this order: the whole file with all examples; the function and what it uses, with all examples; the same
with fewer examples, where the strategy lets them go.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pie_lsp.models.contract import Model
from pie_lsp.models.templates import Form, Template
from pie_lsp.prompting.compose import opening, questions
from pie_lsp.prompting.contract import Example, Question, Strategy
from pie_lsp.prompting.target import Shown, Target
from pie_lsp.values.errors import PromptTooLongError

_TOKENS_OF_A_TURN = 16
"""What a template puts around a turn, rather too high."""

_ROOM_TO_THINK = 700
_ROOM_AROUND = 300
_ROOM_FOR_CODE = 64
"""Models that were trained on programs alone write no prose around one."""

_DESCRIPTION = 400
"""Tokens of an answer besides the code that was shown, which grows by a third at most."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Prompts that fit, and what they cost the reader.

    answer_tokens  room for one answer
    remarks        sentences about what was left out
    """

    questions: tuple[Question, ...]
    answer_tokens: int
    remarks: tuple[str, ...] = ()


async def fit(
    model: Model,
    template: Template,
    strategy: Strategy,
    target: Target,
    examples: Sequence[Example],
    figure: str = "",
) -> Fitted:
    """The prompts of `strategy` for `target`. Raises PromptTooLongError where even the least does not fit.

    figure  see `compose.questions`
    """
    needed = 0
    for shown, count in _attempts(strategy, target, len(examples)):
        kept = examples[len(examples) - count :]
        asked = questions(strategy, template, target.name, shown, kept, figure)
        room = await _room(model, template, shown, thinks=strategy.thinks)
        prompt = max([await tokens_of(model, question) for question in asked])
        if prompt + room <= model.context_tokens:
            return Fitted(asked, room, _remarks(target, shown, len(examples), count))
        needed = prompt + room
    raise PromptTooLongError(
        f"The function {target.name} and what it uses need {needed:,} tokens with the answer, but the model "
        f"{model.name} takes {model.context_tokens:,}; nothing was cut and nothing was sent. Set a model "
        "with a larger context."
    )


async def fit_opening(model: Model, template: Template, target: Target) -> Fitted:
    """The question what costs time. Raises PromptTooLongError where it does not fit."""
    needed = 0
    for shown in (target.whole(), target.part()):
        asked = opening(template, target.name, shown)
        needed = await tokens_of(model, asked) + _DESCRIPTION
        if needed <= model.context_tokens:
            return Fitted((asked,), _DESCRIPTION)
    raise PromptTooLongError(
        f"The question what costs time in {target.name} needs {needed:,} tokens with its answer, but the "
        f"model {model.name} takes {model.context_tokens:,}; nothing was cut and nothing was sent."
    )


async def tokens_of(model: Model, question: Question) -> int:
    """Tokens of what the model reads, by its own count."""
    return sum([await model.count_tokens(text) + _TOKENS_OF_A_TURN for text in question.texts])


def _attempts(strategy: Strategy, target: Target, examples: int) -> list[tuple[Shown, int]]:
    """What is shown and how many examples, the best first."""
    part = target.part()
    fewer = range(examples - 1, -1, -1) if strategy.drops else ()
    return [(target.whole(), examples), (part, examples), *((part, count) for count in fewer)]


async def _room(model: Model, template: Template, shown: Shown, *, thinks: bool) -> int:
    code = await model.count_tokens(shown.code)
    around = _ROOM_FOR_CODE if template.form is Form.PROGRAM else _ROOM_AROUND
    return code * 4 // 3 + around + (_ROOM_TO_THINK if thinks else 0)


def _remarks(target: Target, shown: Shown, examples: int, kept: int) -> tuple[str, ...]:
    said = []
    if not shown.whole:
        said.append(f"The file is too long for the model, so it was shown {target.name} and what that uses.")
    if kept < examples:
        said.append(
            f"{examples - kept} of {examples} examples did not fit beside {target.name} and were left out."
        )
    return tuple(said)
