"""Prompts that fit, what is left out for it, and the error where nothing fits."""

from collections.abc import Callable

import pytest

from pie_lsp.models.contract import Model
from pie_lsp.models.registry import open_model
from pie_lsp.models.templates import load_template
from pie_lsp.prompting.budget import Fitted, fit, fit_opening, tokens_of
from pie_lsp.prompting.contract import Example
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.target import Target
from pie_lsp.values.errors import PromptTooLongError
from pie_lsp.values.language_model import ModelSettings

Targets = Callable[..., Target]

CHAT = load_template("chat")
EXAMPLES = tuple(Example(f"slow{k}();" + "x" * 400, f"fast{k}();") for k in range(3))
PADDED = (
    b"#include <vector>\n" + b"int unused() { return 1; }\n" * 200 + b"int f(int n) {\n    return n;\n}\n"
)


async def model_of(context: int) -> Model:
    return await open_model(
        ModelSettings("tiny", address="http://127.0.0.1:1/v1", served_name="m", context=context)
    )


async def fitted(target: Target, context: int, name: str = "few-shot") -> Fitted:
    model = await model_of(context)
    found = await fit(model, CHAT, strategy(name, CHAT), target, EXAMPLES)
    assert await tokens_of(model, found.questions[0]) + found.answer_tokens <= context
    return found


def shown(found: Fitted) -> str:
    return found.questions[0].texts[-1]


async def test_what_fits_is_whole(target_of: Targets) -> None:
    found = await fitted(target_of("f", PADDED), 20_000)
    assert found.remarks == () and "unused" in shown(found) and "slow0" in shown(found)


async def test_a_long_file_becomes_its_function(target_of: Targets) -> None:
    found = await fitted(target_of("f", PADDED), 3000)
    assert "unused" not in shown(found) and "slow0" in shown(found) and "int f(int n)" in shown(found)
    assert found.remarks == ("The file is too long for the model, so it was shown f and what that uses.",)


async def test_examples_go_one_by_one_the_least_alike_first(target_of: Targets) -> None:
    found = await fitted(target_of("f", PADDED), 1150)
    kept = [k for k in range(3) if f"slow{k}" in shown(found)]
    assert kept in ([1, 2], [2])
    assert found.remarks[1] == f"{3 - len(kept)} of 3 examples did not fit beside f and were left out."


async def test_where_nothing_fits_the_numbers_are_said(target_of: Targets) -> None:
    with pytest.raises(
        PromptTooLongError, match=r"function f and what it uses need \d+ tokens .* takes 300;"
    ):
        await fitted(target_of("f", PADDED), 300)
    with pytest.raises(PromptTooLongError, match="what costs time in f needs"):
        await fit_opening(await model_of(300), CHAT, target_of("f", PADDED))


async def test_the_question_what_costs_time_fits_too(target_of: Targets) -> None:
    found = await fit_opening(await model_of(1200), CHAT, target_of("f", PADDED))
    assert "unused" not in shown(found)
