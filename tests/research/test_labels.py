import json
import os
import string
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.corpus.loader import calibration_problems
from pie_lsp.measure.estimate.formula import PART_NAMES, machines
from pie_lsp.research.calibrate import default_tests
from pie_lsp.research.labels import (
    Label,
    Source,
    Table,
    append,
    header_line,
    key_of,
    label_line,
    packaged,
    pair_name,
    parse,
    read,
    write,
)
from pie_lsp.values.errors import InputError

MACHINES = [machine.name for machine in machines()]
SOURCE = Source("a machine", "24.0.0.1", "ab" * 32, "g++ 12", ("-O3",), "static", ("blocks", "misses"))
LABEL = Label("sums", "v1.cpp", 2, "cd" * 32, "ef" * 32, 1000, 300, 400, (30, 2))
LATER = replace(LABEL, version="v2.cpp", source="01" * 32, cycles=900)
OTHER = replace(LABEL, problem="words", cycles=70)
counts = st.integers(0, 10**15)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
labels = st.builds(
    Label,
    problem=st.text(string.ascii_lowercase + "_", min_size=1),
    version=st.sampled_from(["v1.cpp", "v2.cpp", "v10.cpp"]),
    test=st.integers(1, 10),
    source=digests,
    input=digests,
    cycles=counts,
    instructions=counts,
    micro_ops=counts,
    counts=st.tuples(counts, counts),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "machine.jsonl"


def filled(path: Path, *added: Label) -> Path:
    for label in added:
        append(path, SOURCE, label)
    return path


def test_what_was_appended_is_read(path: Path) -> None:
    assert read(path) is None
    filled(path, OTHER, LATER)
    assert path.read_text() == header_line(SOURCE) + label_line(OTHER) + label_line(LATER)
    assert read(path) == Table(SOURCE, (LATER, OTHER))
    filled(path, LABEL)
    assert read(path) == Table(SOURCE, (LABEL, LATER, OTHER))


def test_a_table_begun_empty_gets_its_header(path: Path) -> None:
    path.touch()
    assert read(path) is None
    assert read(filled(path, LABEL)) == Table(SOURCE, (LABEL,))


@given(st.lists(labels, max_size=5))
def test_every_table_is_read_as_it_was_written(some: list[Label]) -> None:
    text = header_line(SOURCE) + "".join(map(label_line, some))
    assert text.isascii()
    assert text.count("\n") == 1 + len(some)
    table = parse(text, "it")
    assert table == Table(SOURCE, tuple(sorted(some)))
    assert [label.key for label in table.labels] == [(label.source, label.input) for label in sorted(some)]


def test_equal_labels_give_equal_bytes(path: Path, tmp_path: Path) -> None:
    write(path, Table(SOURCE, (OTHER, LABEL, LATER)))
    assert path.read_text() == "".join([header_line(SOURCE), *map(label_line, (LABEL, LATER, OTHER))])
    found = read(path)
    assert found is not None
    other = tmp_path / "other.jsonl"
    write(other, found)
    write(filled(tmp_path / "third.jsonl", LATER, OTHER), Table(SOURCE, (LATER, LABEL, OTHER)))
    assert other.read_bytes() == (tmp_path / "third.jsonl").read_bytes() == path.read_bytes()
    assert {it.name for it in tmp_path.iterdir()} == {"machine.jsonl", "other.jsonl", "third.jsonl"}


def test_tests_are_in_the_order_of_their_numbers(path: Path) -> None:
    write(path, Table(SOURCE, tuple(replace(LABEL, test=test) for test in (10, 9, 1))))
    assert [json.loads(line)["test"] for line in path.read_text().splitlines()[1:]] == [1, 9, 10]


def test_a_line_that_was_cut_off_anywhere_costs_itself_alone(path: Path) -> None:
    whole = filled(path, LABEL, LATER).read_bytes()
    first, second = len(header_line(SOURCE)), len(header_line(SOURCE) + label_line(LABEL))
    borders = (first, second, len(whole))
    for end in sorted({*range(0, len(whole), 29), *borders, *(border - 1 for border in borders)}):
        path.write_bytes(whole[:end])
        known = (end >= second) + (end == len(whole))
        expected = None if end < first else Table(SOURCE, (LABEL, LATER)[:known])
        assert read(path) == expected


def test_an_appended_label_is_seen_to_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the label counts as written, the system itself was told to keep it, and all of it."""
    kept: list[bytes] = []
    real = os.fsync

    def noting(number: int) -> None:
        real(number)
        kept.append(path.read_bytes() if path.exists() else b"")

    monkeypatch.setattr(os, "fsync", noting)
    filled(path, LABEL, LATER)
    begun = header_line(SOURCE) + label_line(LABEL)
    assert kept == [begun.encode(), (begun + label_line(LATER)).encode()]
    # The old table stands until the new one is on the disk.
    write(path, Table(SOURCE, (LATER,)))
    assert kept[2:] == [kept[1]]
    assert read(path) == Table(SOURCE, (LATER,))


LINES = [header_line(SOURCE), label_line(LABEL), label_line(LATER)]


def without(line: str, name: str) -> str:
    values = json.loads(line)
    del values[name]
    return json.dumps(values) + "\n"


def having(line: str, **values: object) -> str:
    return json.dumps({**json.loads(line), **values}) + "\n"


@pytest.mark.parametrize(
    ("number", "line", "sentence"),
    [
        (1, having(LINES[0], schema=2), "of another schema than 1; calibrate into a new folder"),
        (1, without(LINES[0], "schema"), "line 1, is no label"),
        (1, without(LINES[0], "events"), "line 1, is no label"),
        (1, "[]\n", "line 1, is no label"),
        (1, "\n", "line 1, is no label"),
        (1, LINES[1], "line 1, is no label"),
        (2, having(LINES[1], seconds=1.5), "line 2, is no label"),
        (2, having(LINES[1], counts=[1, 2, 3]), "line 2, is no label: it has 3 counts of 2 events"),
        (2, '{"problem": "su' + LINES[1], "line 2, is no label"),
        (3, without(LINES[2], "cycles"), "line 3, is no label"),
        (3, LINES[0], "line 3, is no label"),
        (3, "\n", "line 3, is no label"),
        (3, "null\n", "line 3, is no label"),
    ],
)
def test_what_is_no_table_is_told_with_its_line(path: Path, number: int, line: str, sentence: str) -> None:
    path.write_text("".join([*LINES[: number - 1], line, *LINES[number:]]))
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert sentence in str(caught.value)


def test_what_cannot_be_read_or_written_is_a_sentence(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"\xff\n")
    with pytest.raises(InputError, match="cannot be read"):
        read(path)
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"cannot be written to .* make room"):
        append(tmp_path / "none" / "machine.jsonl", SOURCE, LABEL)
    with pytest.raises(InputError, match="cannot be written"):
        append(tmp_path, SOURCE, LABEL)


def text_of(machine: str) -> str:
    return (
        files("pie_lsp.measure.estimate").joinpath("labels", f"{machine}.jsonl").read_text(encoding="ascii")
    )


@pytest.mark.parametrize("machine", MACHINES)
def test_every_machine_has_its_table(machine: str, path: Path) -> None:
    table = packaged(machine)
    assert table.source.machine == machine
    assert table.source.events == PART_NAMES
    assert len({label.key for label in table.labels}) == len(table.labels) >= 100
    write(path, table)
    assert path.read_text() == text_of(machine)


@pytest.fixture(scope="module")
def programs() -> dict[tuple[str, str, int], tuple[str, str]]:
    """The key of every program of the corpus on every test that is labelled."""
    return {
        (problem.name, version.file, test): key_of(version.source, content)
        for problem in calibration_problems()
        for test in default_tests(problem)
        for content in [problem.test(test)]
        for version in problem.versions
    }


@pytest.mark.parametrize("machine", MACHINES)
def test_the_table_is_of_the_corpus_as_it_is(
    machine: str, programs: dict[tuple[str, str, int], tuple[str, str]]
) -> None:
    """A program or a generator that was changed since has to be measured anew."""
    labelled = {(label.problem, label.version, label.test): label.key for label in packaged(machine).labels}
    assert labelled == programs


@pytest.mark.parametrize("machine", MACHINES)
def test_no_time_of_this_world_stands_in_a_table(machine: str) -> None:
    """Whole numbers of the simulated machine, names and digests; nothing that another run would change."""
    header, *rows = text_of(machine).splitlines()
    assert set(json.loads(header)) == {"schema", *(field.name for field in fields(Source))}
    for row in rows:
        values = json.loads(row)
        assert list(values) == [field.name for field in fields(Label)]
        numbers = [values[name] for name in ("test", "cycles", "instructions", "micro_ops")]
        assert {type(number) for number in (*numbers, *values["counts"])} == {int}
    names = {field.name for kind in (Source, Label) for field in fields(kind)}
    assert not [name for name in names if "second" in name or "time" in name or "host" in name]


def test_a_pair_is_named_with_its_test_where_that_is_not_the_usual_one() -> None:
    assert pair_name("sums", "v1.cpp", "v2.cpp", 2) == "sums v1.cpp v2.cpp"
    assert pair_name("sums", "v1.cpp", "v2.cpp", 3) == "sums v1.cpp v2.cpp, test 3"


def test_of_another_machine_there_is_none() -> None:
    for name in ("pentium", "", "seconds", "../coefficients"):
        with pytest.raises(InputError, match="There is no table of labels for the machine"):
            packaged(name)


def test_a_table_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be written to .*make room"):
        write(tmp_path / "missing" / "table.jsonl", packaged("skylake-verbatim"))
