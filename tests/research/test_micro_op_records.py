from pathlib import Path

import pytest

from pie_lsp.research.micro_op_forms import Form, forms
from pie_lsp.research.micro_op_records import MeasuredForms, packaged, parse, write
from pie_lsp.research.micro_ops import MeasuredForm
from pie_lsp.values.errors import InputError

MEASURED = MeasuredForms(
    "24.0.0.1",
    (
        MeasuredForm(Form("cqo", ""), 2),
        MeasuredForm(Form("syscall", "", "mov eax, 39"), 0),
        MeasuredForm(Form("rep stosq", "qword ptr [rdi], rax", "mov ecx, 8", "1:", 8), 39),
        MeasuredForm(Form("pop", "qword ptr [rip + buffer]"), None, "It crashes."),
    ),
)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "measured.jsonl"
    write(path, MEASURED)
    assert parse(path.read_text()) == MEASURED
    assert path.read_text().splitlines()[1] == '{"name": "cqo", "operands": "", "micro_ops": 2}'


def test_every_form_of_the_list_is_in_the_packaged_file() -> None:
    assert [measured.form for measured in packaged().forms] == list(forms())
    assert packaged().gem5 == "24.0.0.1"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"schema": 2, "gem5": "24"}\n', "of another schema than 1; measure them anew"),
        (
            '{"schema": 1, "gem5": "24"}\n{"name": "cqo", "operands": ""}\n',
            r"^Line 2 is no measured form: 'micro_ops'",
        ),
        ('{"schema": 1, "gem5": "24"}\n{}\n{"operand": 1, "micro_ops": 1}\n', r"^Line 2 is"),
        ("", "^Line 1 is"),
        ("[]\n", "^Line 1 is"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        parse(text)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write(tmp_path / "none" / "measured.jsonl", MEASURED)
