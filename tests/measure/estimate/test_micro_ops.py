import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from pie_lsp.measure.estimate import micro_ops
from pie_lsp.measure.estimate.micro_ops import micro_op_table
from pie_lsp.research.micro_op_records import packaged
from pie_lsp.research.micro_ops import MeasuredForm

ROWS = tomllib.loads((Path(micro_ops.__file__).parent / "micro_ops.toml").read_text(encoding="utf-8"))["row"]


def counted(measured: MeasuredForm) -> int:
    """What the table says of a form, with all its repetitions."""
    form, table = measured.form, micro_op_table()
    count = table.count(form.name, form.operands)
    return count * (form.repetitions or 1) + table.before_repetitions(form.name)


def test_the_table_agrees_with_every_measurement() -> None:
    measured = [form for form in packaged().forms if form.micro_ops is not None]
    wrong = [
        (form.form.text, counted(form), form.micro_ops)
        for form in measured
        if counted(form) != form.micro_ops
    ]
    assert not wrong
    assert len(measured) > 1000


def test_what_could_not_be_measured_says_why() -> None:
    unmeasured = {form.form.text: form.problem for form in packaged().forms if form.micro_ops is None}
    # gem5 works out another address than the processor does.
    assert list(unmeasured) == ["pop qword ptr [rip + buffer]"]
    assert all("crashes in the simulation" in problem for problem in unmeasured.values())


def test_every_figure_of_every_row_was_measured_and_every_name_too() -> None:
    forms = [form.form for form in packaged().forms if form.micro_ops is not None]
    bare = [(form.name.removeprefix("lock "), micro_ops.shapes_of(form.operands)) for form in forms]
    unmeasured = []
    for row in ROWS:
        of_row = [
            (name, shapes) for name, shapes in bare if any(fnmatchcase(name, known) for known in row["names"])
        ]
        unmeasured += [
            name for name in row["names"] if not any(fnmatchcase(found, name) for found, _ in of_row)
        ]
        for shape in row["counts"]:
            # The first shape that the row names is the one that is looked up.
            looked_up = [next((s for s in shapes if s in row["counts"]), None) for _, shapes in of_row]
            if shape not in looked_up:
                unmeasured.append(f"{row['names'][0]} {shape}")
    assert not unmeasured


def test_a_name_stands_in_one_row() -> None:
    names = [name for row in ROWS for name in row["names"]]
    assert len(names) == len(set(names))
    assert {row["source"] for row in ROWS} == {"measured"}


def test_operands_of_8_and_of_64_bits_are_told_apart() -> None:
    count = micro_op_table().count
    assert [count("bswap", name) for name in ("ecx", "r9d", "rcx", "r9")] == [3, 3, 9, 9]
    assert [count("movzx", f"eax, {name}") for name in ("bl", "ah", "sil", "r9b", "bx", "r9w")] == [
        2,
        2,
        2,
        2,
        1,
        1,
    ]
    assert [count("div", name) for name in ("r9b", "byte ptr [rdi]", "r9", "qword ptr [rdi]")] == [
        8,
        9,
        10,
        11,
    ]


def test_repetitions_begin_with_more() -> None:
    table = micro_op_table()
    assert table.before_repetitions("rep stosq") == table.before_repetitions("repne scasb") == 7
    assert table.before_repetitions("stosq") == table.before_repetitions("ret") == 0


@pytest.mark.parametrize(
    ("name", "operands", "expected"),
    [
        # What no row names is one, and one for each memory operand or immediate; 128 bits are two halves.
        ("popcnt", "eax, ebx", 1),
        ("sha1msg1", "xmm0, xmm1", 2),
        ("popcnt", "eax, dword ptr [rdi]", 2),
        ("unpckhpd", "xmm0, xmmword ptr [rdi]", 4),
        # Prefixes that change nothing, one that costs two fences, and an address relative to the program.
        ("notrack jmp", "rax", 1),
        ("lock add", "dword ptr [rdi], eax", 5),
        ("lock cmpxchg", "dword ptr [rip + 8], ecx", 8),
        ("add", "rax, qword ptr [rip + 8]", 3),
        ("addsd", "xmm0, qword ptr [rip + 8]", 3),
    ],
)
def test_the_others_are_sums_of_parts(name: str, operands: str, expected: int) -> None:
    assert micro_op_table().count(name, operands) == expected
