import ast
import json
import re
from dataclasses import fields
from pathlib import Path

import gem5_runner
import pytest
from gem5_runner import SCHEMA, faults
from gem5_runner.protocol import (
    Failed,
    Measured,
    Region,
    Request,
    RequestError,
    id_of,
    read_request,
    write_answer,
    write_request,
)

FOLDER = Path(gem5_runner.__file__).parent
README = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
LEAST = {"schema": SCHEMA, "id": "7", "machine": "skylake-pie", "program": "prog"}


def test_a_request_comes_back_as_it_was() -> None:
    request = Request(
        "7", "skylake-pie", "a", "in", "out", 5_000, 2.5, "2GiB", ("A=1", "B=2"), shown="/box/other"
    )
    assert read_request(write_request(request)) == request


def test_what_is_left_out_has_a_default() -> None:
    request = read_request(json.dumps(LEAST))
    assert request == Request("7", "skylake-pie", "prog")
    assert (request.stdin, request.expected, request.environment) == (None, None, ())


@pytest.mark.parametrize("name", ["max_instruction", "Stdin", "memory_bytes", "ok"])
def test_a_misspelt_field_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match=rf"unknown fields: {name}\."):
        read_request(json.dumps({**LEAST, name: 1}))


@pytest.mark.parametrize("name", ["id", "machine", "program"])
def test_a_missing_field_is_named(name: str) -> None:
    with pytest.raises(RequestError, match=rf"lacks {name}\."):
        read_request(json.dumps({key: value for key, value in LEAST.items() if key != name}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("program", 1),
        ("stdin", False),
        ("max_instructions", 0),
        ("max_instructions", True),
        ("max_instructions", 1.5),
        ("wall_seconds", -1),
        ("wall_seconds", "10"),
        ("environment", "A=1"),
        ("environment", [1]),
        ("memory", 2),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(name: str, value: object) -> None:
    with pytest.raises(RequestError, match=rf"wrong kind: {name}\."):
        read_request(json.dumps({**LEAST, name: value}))


@pytest.mark.parametrize("line", ["", "{", "[]", "7", '{"id": "x"}', json.dumps({**LEAST, "schema": 99})])
def test_what_is_no_request_is_refused_with_a_sentence(line: str) -> None:
    with pytest.raises(RequestError, match=r"\.$"):
        read_request(line)


def test_the_id_is_found_in_what_is_no_request() -> None:
    assert [id_of(line) for line in ('{"id": "x", "no": 1}', '{"id": 3}', "[]", "{")] == ["x", "3", "", ""]


def test_answers_are_one_line_and_say_which_they_are() -> None:
    measured = Measured(
        "7", 10, 1, 2, 3, {"ticks": 10}, ({"ticks": 10},), Region(1, 2, 3), 0, "ab", None, "cd", "24", 0.5
    )
    for answer, ok in ((measured, True), (Failed("7", faults.CRASH, "It\nfell."), False)):
        line = write_answer(answer)
        assert "\n" not in line
        said = json.loads(line)
        assert (said["schema"], said["ok"], said["id"]) == (SCHEMA, ok, "7")


def test_every_field_and_every_fault_is_documented() -> None:
    documented = set(re.findall(r"^\| `([a-z0-9_-]+)`", README, re.MULTILINE))
    values = (value for name, value in vars(faults).items() if name.isupper())
    kinds = {value for value in values if isinstance(value, str) and re.fullmatch("[a-z0-9-]+", value)}
    wanted = {field.name for kind in (Request, Measured, Failed, Region) for field in fields(kind)}
    assert (wanted | kinds | {"schema", "ok"}) - documented == set()
    assert f"Schema {SCHEMA}" in README


def test_nothing_of_pie_lsp_is_imported() -> None:
    """The runner is a program of its own, and must work where pie-lsp is not installed."""
    modules = sorted(FOLDER.rglob("*.py"))
    assert len(modules) > 8
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] == "pie_lsp"], path
