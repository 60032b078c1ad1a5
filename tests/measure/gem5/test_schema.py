"""The lines that pie-lsp and gem5-runner exchange, described on both sides, held against each other."""

import json
from dataclasses import fields

import gem5_runner
import pytest
from gem5_runner import faults, protocol, simulation, statistics

from pie_lsp.measure.gem5 import schema
from pie_lsp.measure.gem5.schema import Answer, Counts, Fault, Question, Region, read_answer
from pie_lsp.values.errors import MeasurementError

QUESTION = Question("skylake-pie", "prog", "input", 5_000, 2.5, "2GiB", ("A=1", "B=2"))
COUNTS = {name: number for number, name in enumerate(statistics.NAMES, start=1)}


def measured(region: protocol.Region | None) -> protocol.Measured:
    return protocol.Measured(
        "0", 2860, 10, 5, 7, COUNTS, (COUNTS,), region, 3, "ab" * 32, None, "cd" * 32, "24.0.0.1", 0.5
    )


def test_both_sides_speak_the_same_version_of_the_same_machines() -> None:
    assert schema.SCHEMA == gem5_runner.SCHEMA
    assert schema.MACHINES == simulation.MACHINES


def test_the_runner_reads_what_is_asked() -> None:
    line = QUESTION.line()
    assert line.endswith("\n") and line.count("\n") == 1
    request = protocol.read_request(line)
    for field in fields(Question):
        assert getattr(request, field.name) == getattr(QUESTION, field.name)


@pytest.mark.parametrize("region", [None, protocol.Region(2, 572, 4)])
def test_what_the_runner_answers_is_read(region: protocol.Region | None) -> None:
    answer = read_answer(protocol.write_answer(measured(region)) + "\n")
    assert isinstance(answer, Answer)
    assert answer.counts == Counts(**{field.name: COUNTS[field.name] for field in fields(Counts)})
    assert answer.region == (None if region is None else Region(2, 572, 4))
    assert (answer.ticks, answer.cycles, answer.exit_status) == (2860, 10, 3)
    assert (answer.stdout_sha256, answer.config_hash, answer.gem5_version) == (
        "ab" * 32,
        "cd" * 32,
        "24.0.0.1",
    )


def test_a_fault_of_the_runner_is_read() -> None:
    line = protocol.write_answer(protocol.Failed("0", faults.CRASH, "gem5 crashed."))
    assert read_answer(line) == Fault("crash", "gem5 crashed.")


@pytest.mark.parametrize("name", ["schema", "ok", "ticks", "counts", "region", "stdout_sha256"])
def test_a_line_without_a_field_is_refused(name: str) -> None:
    said = json.loads(protocol.write_answer(measured(None)))
    del said[name]
    with pytest.raises(MeasurementError, match="install both from the same release"):
        read_answer(json.dumps(said))


@pytest.mark.parametrize(
    ("name", "value"), [("schema", 2), ("ticks", -1), ("ticks", 1.5), ("cycles", True), ("config_hash", 1)]
)
def test_a_line_with_a_wrong_value_is_refused(name: str, value: object) -> None:
    said = json.loads(protocol.write_answer(measured(None)))
    with pytest.raises(MeasurementError):
        read_answer(json.dumps({**said, name: value}))


@pytest.mark.parametrize("text", ["", "[]", "null", "{}", "two\nlines"])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(MeasurementError):
        read_answer(text)
