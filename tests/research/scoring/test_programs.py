"""What program an answer is, in both readings."""

from pathlib import Path

import pytest

from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.engine.subject import read_subject
from pie_lsp.models.contract import Finish
from pie_lsp.prompting.answers import Unusable
from pie_lsp.prompting.target import Target
from pie_lsp.research.scoring.programs import read_programs
from pie_lsp.values.settings import Settings

from .conftest import FASTER, REPEAT, fenced


@pytest.fixture
def target(tmp_path: Path) -> Target:
    subject = read_subject(OptimizeRequest(tmp_path / "a.cpp", REPEAT.encode(), None, Settings()))
    return Target(subject.context(subject.functions[0]))


def function_of(program: str) -> str:
    return program[program.index("static") : program.index("int main")]


def test_a_whole_program_is_taken_as_it_stands_and_as_its_function(target: Target) -> None:
    other = FASTER.replace("sum * 31", "sum * 32")
    read = read_programs(target, fenced(other), Finish.STOP)
    assert read.programs == (other.encode(), FASTER.encode())
    assert not isinstance(read.edits, Unusable)


def test_an_answer_without_fences_is_read_too(target: Target) -> None:
    assert read_programs(target, FASTER, Finish.STOP).programs[0].decode().strip() == FASTER.strip()


def test_a_function_alone_is_put_into_the_file(target: Target) -> None:
    read = read_programs(target, fenced(function_of(FASTER)), Finish.STOP)
    assert read.programs == (FASTER.encode(),)


def test_a_function_that_is_as_it_was_is_the_program_as_it_was(target: Target) -> None:
    read = read_programs(target, fenced(function_of(REPEAT)), Finish.STOP)
    assert read.programs == (REPEAT.encode(),)
    assert isinstance(read.edits, Unusable) and read.edits.unchanged


@pytest.mark.parametrize("text", ["", "no code", "```cpp\n", "int main(", "\0" * 9, "main" * 99999])
def test_what_is_of_no_use_is_no_program(target: Target, text: str) -> None:
    read = read_programs(target, text, Finish.STOP)
    assert read.programs == ()
    assert isinstance(read.edits, Unusable) and read.edits.reason and not read.edits.unchanged


def test_nothing_is_taken_of_an_answer_that_was_cut_off(target: Target) -> None:
    assert read_programs(target, fenced(FASTER), Finish.LENGTH).programs == ()
