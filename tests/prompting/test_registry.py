"""Strategies by name, and which model each is for."""

import pytest

from pie_lsp.models.templates import load_template
from pie_lsp.prompting.registry import all_strategies, names, strategy, usual
from pie_lsp.values.errors import InputError

CHAT, PIE, TAGGED = load_template("chat"), load_template("pie"), load_template("pie-conditioned")


def test_all_of_them_are_there() -> None:
    assert names() == (
        "chain-of-thought",
        "few-shot",
        "instruction",
        "performance-conditioned",
        "performance-conditioned-mixed",
        "retrieval",
        "retrieval-1",
        "retrieval-2",
        "retrieval-4",
        "retrieval-by-description",
        "similar-and-different",
    )
    assert all(one.title for one in all_strategies())


def test_each_model_has_its_usual_one() -> None:
    assert [usual(one) for one in (CHAT, PIE, TAGGED)] == [
        "retrieval-4",
        "instruction",
        "performance-conditioned-mixed",
    ]
    assert strategy("", CHAT) == strategy("retrieval", CHAT) == strategy("retrieval-4", CHAT)


def test_tags_are_for_models_that_know_them() -> None:
    assert strategy("performance-conditioned", TAGGED).scores == (10,)
    assert strategy("performance-conditioned-mixed", TAGGED).scores == (10, 9, 8)
    for template in (CHAT, PIE):
        with pytest.raises(InputError, match="trained with performance tags"):
            strategy("performance-conditioned", template)


def test_models_of_programs_alone_take_no_words() -> None:
    for template, name in ((PIE, "few-shot"), (TAGGED, "instruction"), (TAGGED, "retrieval-4")):
        with pytest.raises(InputError, match="trained on programs alone"):
            strategy(name, template)


def test_what_is_not_there_is_a_sentence() -> None:
    with pytest.raises(InputError, match="no strategy 'luck'; there are chain-of-thought, few-shot"):
        strategy("luck", CHAT)
