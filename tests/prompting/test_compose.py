"""Prompts in every form that models take."""

from pie_lsp.models.contract import Message, Role
from pie_lsp.models.templates import load_template
from pie_lsp.prompting.compose import again, opening, questions
from pie_lsp.prompting.contract import Example
from pie_lsp.prompting.registry import strategy
from pie_lsp.prompting.target import Shown
from pie_lsp.prompting.wording import fixed_examples

CHAT = load_template("chat")
SHOWN = Shown("int f() { return 1; }\n", True)
EXAMPLE = Example("slow();", "fast();", "It waits.")


def text_of(name: str, *examples: Example, shown: Shown = SHOWN) -> str:
    (question,) = questions(strategy(name, CHAT), CHAT, "f", shown, examples)
    assert [turn.role for turn in question.messages] == [Role.SYSTEM, Role.USER]
    return question.texts[-1]


def test_an_instruction_is_code_and_what_to_do() -> None:
    text = text_of("instruction")
    assert text.startswith(
        "Here is the program.\n\n```cpp\nint f() { return 1; }\n```\n\nWrite the function `f` anew"
    )
    assert "parts of its file" in text_of("instruction", shown=Shown("int f();", False))


def test_whole_programs_are_shown_before_and_after_in_their_order() -> None:
    text = text_of("few-shot", EXAMPLE, Example("slower();", "faster();"))
    places = [
        text.index(part) for part in ("slow();", "fast();", "It waits.", "slower();", "faster();", "int f()")
    ]
    assert places == sorted(places)


def test_thinking_first_is_asked_for_and_shown() -> None:
    text = text_of("chain-of-thought", EXAMPLE)
    assert text.index("slow();") < text.index("It waits.") < text.index("fast();")
    assert "First say in a few sentences what costs the most time in `f`" in text


def test_nothing_of_a_program_is_read_as_wording_or_as_a_fence() -> None:
    code = "// {function} ``` {code}\nint f();"
    assert f"````cpp\n{code}\n````" in text_of("instruction", shown=Shown(code, True))


def test_released_checkpoints_get_their_own_words_and_nothing_else() -> None:
    pie, tagged = load_template("pie"), load_template("pie-conditioned")
    (question,) = questions(strategy("", pie), pie, "f", SHOWN, ())
    assert question.prompt == pie.put_program("int f() { return 1; }")
    scored = questions(strategy("", tagged), tagged, "f", SHOWN, ())
    assert [one.score for one in scored] == [10, 9, 8]
    assert scored[2].prompt == tagged.put_program("int f() { return 1; }", 8)


def test_base_models_go_on_inside_a_fence() -> None:
    plain = load_template("plain")
    (question,) = questions(strategy("few-shot", plain), plain, "f", SHOWN, fixed_examples())
    assert question.prompt is not None and question.prompt.endswith("\n\n```cpp\n")
    assert (question.lead, question.stop) == ("```cpp\n", ("\n```",))


def test_a_repair_goes_on_with_the_conversation() -> None:
    first = questions(strategy("instruction", CHAT), CHAT, "f", SHOWN, ())[0]
    later = again(first, "my answer {problem}", "f", "It is {wrong}.")
    assert later.messages[:2] == first.messages
    assert later.messages[2] == Message(Role.ASSISTANT, "my answer {problem}")
    assert "It is {wrong}." in later.messages[3].text
    assert later.digest != first.digest


def test_a_description_is_asked_for_without_code() -> None:
    assert "without code" in opening(CHAT, "f", SHOWN).texts[-1]
