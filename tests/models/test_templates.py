"""Prompts to the letter: one space too many, and a checkpoint sees what it was not trained with."""

import pytest

from pie_lsp.models.contract import Message, Role
from pie_lsp.models.templates import Form, load_template, template_names, template_trained_with
from pie_lsp.values.errors import ModelMissingError

PROGRAM = "int main() {\n  int a[] = {1};\n}\n"
TALK = (
    Message(Role.SYSTEM, "be {brief}"),
    Message(Role.USER, " slow\n"),
    Message(Role.ASSISTANT, "fast "),
    Message(Role.USER, "more"),
)


def test_the_prompt_of_pies_checkpoints() -> None:
    assert load_template("pie").put_program(PROGRAM) == (
        "Below is a program. Optimize the program and provide a more efficient version.\n\n"
        "### Program:\n" + PROGRAM + "\n\n### Optimized Version:\n"
    )


def test_the_prompt_of_pies_performance_conditioned_checkpoints() -> None:
    # One space and no newline behind the first tag, as released.
    assert load_template("pie-conditioned").put_program(PROGRAM, 10) == (
        "This is a slow program we want to optimize 10/10. ### Program:\n" + PROGRAM + "\n\n"
        "### Optimized Version with score 10/10:\n"
    )


def test_nothing_of_a_program_is_cut_or_looked_at() -> None:
    program = "{program} {score} {{}} </s>\r\n\t" + "x" * 5000
    assert program in load_template("pie").put_program(program)
    assert load_template("program").put_program(program) == program
    assert f"1/10. ### Program:\n{program}\n\n" in load_template("pie-conditioned").put_program(program, 1)


@pytest.mark.parametrize(
    ("name", "score"),
    [("pie", 10), ("pie-conditioned", None), ("pie-conditioned", 0), ("pie-conditioned", 11), ("chat", None)],
)
def test_a_tag_where_none_belongs_is_refused(name: str, score: int | None) -> None:
    with pytest.raises(ValueError, match=name):
        load_template(name).put_program(PROGRAM, score)


def test_a_program_template_takes_no_conversation() -> None:
    with pytest.raises(ValueError, match="takes a program"):
        load_template("pie").put_turns(TALK)


def test_turns_of_codellama() -> None:
    assert load_template("codellama-instruct").put_turns(TALK) == (
        "[INST] <<SYS>>\nbe {brief}\n<</SYS>>\n\n slow [/INST] fast </s><s>[INST] more [/INST]"
    )


def test_turns_for_a_model_without_a_form_of_its_own() -> None:
    assert load_template("chat").put_turns(TALK[:2]) == (
        "### Instruction:\nbe {brief}\n\n slow\n\n\n### Response:\n"
    )
    assert load_template("plain").put_turns(TALK[1:2]) == " slow\n\n\n"


@pytest.mark.parametrize(
    ("checkpoint", "template"),
    [
        ("LearningOpt/pie-all-uncon-7b", "pie"),
        ("LearningOpt/pie-hq-selfplay-13b", "pie"),
        ("learningopt/PIE-conditioned-13b", "pie-conditioned"),
        ("codellama/CodeLlama-34b-Instruct-hf", "codellama-instruct"),
        ("gpt-4o", None),
        ("", None),
    ],
)
def test_released_checkpoints_are_known_by_name(checkpoint: str, template: str | None) -> None:
    assert template_trained_with(checkpoint) == template


@pytest.mark.parametrize("name", template_names())
def test_every_template_is_whole(name: str) -> None:
    template = load_template(name)
    assert template.title
    if template.form is Form.PROGRAM:
        made = template.put_program(PROGRAM, 10 if template.scores else None)
        # A stop that the prompt's own end begins would end every answer at once.
        assert not any(made.endswith(stop) for stop in template.stop)
        assert PROGRAM in made
    else:
        assert "more" in template.put_turns(TALK)


@pytest.mark.parametrize("name", ["nothing", "../templates/pie", ""])
def test_a_template_that_is_not_there(name: str) -> None:
    with pytest.raises(ModelMissingError, match="there are chat, codellama-instruct, pie,"):
        load_template(name)
