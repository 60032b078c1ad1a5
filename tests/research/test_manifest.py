import json
from pathlib import Path

import pytest

from pie_lsp.research.manifest import Entry, read_manifest
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Link

from .conftest import Project


@pytest.fixture
def ready(project: Project) -> Project:
    """A folder with a program and two inputs, but no manifest yet."""
    project.write("code/a.cpp", "int main() {}")
    project.write("1.in", "1\n")
    project.write("code/a.tests/10.in", "10\n")
    project.write("code/a.tests/9.in", "9\n")
    project.write("code/a.tests/9.out", "9\n")
    return project


def read(project: Project, **settings: object) -> tuple[Entry, ...]:
    return read_manifest(project.manifest, Settings(**settings))  # type: ignore[arg-type]


def test_paths_start_from_the_folder_of_the_manifest(ready: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    ready.lines({"program": "code/a.cpp", "inputs": ["1.in", str(ready.folder / "1.in")]})
    (entry,) = read(ready)
    assert (entry.number, entry.id, entry.program) == (1, None, "code/a.cpp")
    assert entry.path == ready.folder / "code" / "a.cpp"
    assert [given.path for given in entry.inputs] == [ready.folder / "1.in"] * 2
    assert [given.name for given in entry.inputs] == ["1.in", str(ready.folder / "1.in")]


def test_a_folder_of_tests_in_natural_order(ready: Project) -> None:
    ready.lines({"program": "code/a.cpp", "tests": "code/a.tests/"})
    (entry,) = read(ready)
    assert [given.name for given in entry.inputs] == ["code/a.tests/9.in", "code/a.tests/10.in"]
    assert [given.path.name for given in entry.inputs] == ["9.in", "10.in"]


def test_a_line_wins_over_the_settings_of_the_run(ready: Project) -> None:
    ready.write("include/x.h", "")
    line = {"program": "code/a.cpp", "inputs": ["1.in"]}
    ready.lines(line, {**line, "flags": "-O2 -Iinclude", "model": "m", "link": "dynamic", "id": 7})
    plain, own = read(ready, flags=("-O1",), flags_are_default=False)
    assert (plain.settings.flags, plain.flags, plain.settings.link) == (("-O1",), ("-O1",), Link.STATIC)
    assert own.flags == ("-O2", "-Iinclude")
    assert own.settings.flags == ("-O2", f"-I{ready.folder / 'include'}")
    assert (own.settings.model, own.settings.link, own.id) == ("m", Link.DYNAMIC, 7)
    assert not own.settings.flags_are_default


def test_empty_lines_are_no_rows_but_count(ready: Project) -> None:
    line = json.dumps({"program": "code/a.cpp", "inputs": ["1.in"]})
    ready.manifest.write_text(f"\n{line}\n   \n{line}")
    assert [entry.number for entry in read(ready)] == [2, 4]


GOOD = {"program": "code/a.cpp", "inputs": ["1.in"]}
BAD = [
    ("{", "line 2: it is not JSON"),
    ("[]", "line 2: it is not a JSON object"),
    ("\udc80", "line 2: it is not JSON"),
    ({**GOOD, "progam": "x"}, 'line 2: "progam" is no field of a manifest; known are program, inputs'),
    ({"inputs": ["1.in"]}, 'line 2: "program" is missing'),
    ({**GOOD, "program": 3}, 'line 2: "program" must be a text'),
    ({**GOOD, "program": "b.cpp"}, "line 2: b.cpp does not exist"),
    ({**GOOD, "program": "code"}, "line 2: code is a folder"),
    ({**GOOD, "program": "\ud800"}, 'line 2: "program" must be a text'),
    ({**GOOD, "inputs": ["1.in", "2.in"]}, "line 2: 2.in does not exist"),
    ({**GOOD, "inputs": "1.in"}, 'line 2: "inputs" must be a list of texts'),
    ({**GOOD, "inputs": ["\0"]}, 'line 2: "inputs" must be a list of texts'),
    ({**GOOD, "inputs": []}, "line 2: it has no input"),
    ({**GOOD, "tests": "code"}, 'line 2: it must have either "inputs", a list of files, or "tests"'),
    ({"program": "code/a.cpp"}, 'line 2: it must have either "inputs"'),
    ({"program": "code/a.cpp", "tests": "nowhere"}, "line 2: the folder nowhere cannot be read"),
    ({"program": "code/a.cpp", "tests": "code"}, "line 2: it has no input"),
    ({**GOOD, "id": 1.5}, 'line 2: "id" must be a text or a whole number'),
    ({**GOOD, "id": True}, 'line 2: "id" must be a text or a whole number'),
    ({**GOOD, "link": "both"}, 'line 2: "link" must be one of static, dynamic'),
    ({**GOOD, "backend": "guess"}, 'line 2: "backend" must be one of'),
    ({**GOOD, "backend": "native"}, "line 2: figures from a clock never enter a table"),
    ({**GOOD, "flags": "-O2 '"}, 'line 2: "flags" cannot be split'),
    (
        {**GOOD, "flags": ["-fplugin=x.so"]},
        "line 2: the flag -fplugin=x.so cannot be used, because it is not",
    ),
    ({**GOOD, "flags": "-I/etc"}, "line 2: the flag -I/etc cannot be used, because the folder lies outside"),
]


@pytest.mark.parametrize(("line", "sentence"), BAD)
def test_a_bad_line_is_told_with_its_number(ready: Project, line: object, sentence: str) -> None:
    text = line if isinstance(line, str) else json.dumps(line)
    ready.manifest.write_bytes(f"{json.dumps(GOOD)}\n{text}\n".encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError) as caught:
        read(ready)
    assert str(caught.value).startswith(f"manifest.jsonl has lines that cannot be used. {sentence}")
    assert str(caught.value).endswith(".")


def test_every_bad_line_is_told_or_counted(ready: Project) -> None:
    ready.lines(*[{"program": "code/a.cpp"}] * 8)
    with pytest.raises(InputError, match=r"line 1: .*line 5: .*; and 3 more\.$"):
        read(ready)


def test_a_clock_is_refused_for_the_whole_run(ready: Project) -> None:
    ready.lines({**GOOD, "backend": "estimate"})
    with pytest.raises(InputError, match="figures from a clock never enter a table"):
        read(ready, backend="native")


def test_nothing_to_read(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(project)
    project.manifest.write_text("\n")
    with pytest.raises(InputError, match="names no program"):
        read(project)
    with pytest.raises(InputError, match="cannot be read"):
        read_manifest(tmp_path, Settings())
