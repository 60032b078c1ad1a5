"""Puts a prompt together: words, examples and code, in the form that the model was trained for."""

from collections.abc import Sequence

from pie_lsp.models.contract import Message, Role
from pie_lsp.models.templates import Form, Template
from pie_lsp.prompting.contract import Example, Question, Strategy
from pie_lsp.prompting.target import Shown
from pie_lsp.prompting.wording import fenced, say

_CONTINUES = "plain"
"""The template of models that follow no instructions and go on with a text."""

_FENCE = "```cpp\n"


def questions(
    strategy: Strategy,
    template: Template,
    function: str,
    shown: Shown,
    examples: Sequence[Example],
    figure: str = "",
) -> tuple[Question, ...]:
    """The prompts of `strategy` for `function`; several only where it has several tags.

    figure  how much faster it is already than the original; a model that was trained on programs alone is
            told no such thing
    """
    if template.form is Form.PROGRAM:
        scores: tuple[int | None, ...] = strategy.scores or (None,)
        return tuple(
            Question(prompt=template.put_program(shown.code.strip("\n"), score), score=score)
            for score in scores
        )
    parts = [*_examples(strategy, examples), *_code(shown)]
    if figure:
        parts.append(say("better", figure=figure))
    parts.append(say("ending", function=function))
    if strategy.thinks:
        parts.append(say("think", function=function))
    return (_asked(template, parts),)


def opening(template: Template, function: str, shown: Shown) -> Question:
    """The question what costs time."""
    parts = [*_code(shown), say("describe", function=function)]
    messages = (Message(Role.SYSTEM, say("system")), Message(Role.USER, "\n\n".join(parts)))
    return Question(messages=messages)


def again(question: Question, answer: str, function: str, problem: str) -> Question:
    """The same conversation after an answer that does not work yet."""
    told = say("repair", problem=problem, function=function)
    return Question(messages=(*question.messages, Message(Role.ASSISTANT, answer), Message(Role.USER, told)))


def _examples(strategy: Strategy, examples: Sequence[Example]) -> list[str]:
    if not examples:
        return []
    parts = [say(strategy.heading)]
    for number, example in enumerate(examples, start=1):
        reason = [say("example_reason", reason=example.reason)] if example.reason else []
        faster = [say("example_faster", number=str(number)), fenced(example.after)]
        # Whoever is to think first is shown how: the reason stands before the code.
        parts += [say("example", number=str(number)), fenced(example.before)]
        parts += [*reason, *faster] if strategy.thinks else [*faster, *reason]
    return parts


def _code(shown: Shown) -> list[str]:
    return [say("whole" if shown.whole else "part"), fenced(shown.code)]


def _asked(template: Template, parts: Sequence[str]) -> Question:
    if template.name == _CONTINUES:
        prompt = "\n\n".join((say("system"), *parts, _FENCE))
        return Question(prompt=prompt, lead=_FENCE, stop=("\n```",))
    messages = (Message(Role.SYSTEM, say("system")), Message(Role.USER, "\n\n".join(parts)))
    return Question(messages=messages)
