import dataclasses
import json
import subprocess
from pathlib import Path

import pytest

from pie_lsp.cli.documents import optimize_document, print_document
from pie_lsp.values.measurement import Comparison, Cost, Origin

from .conftest import make_report

PROGRAM = "void f(int &s) {{\n    // {comment}\n    s = s + 1;\n}}\nint main() {{ int s = 0; f(s); }}{end}"

SOURCES = {
    "utf-8": PROGRAM.format(comment="größer", end="\n").encode(),
    "no last newline": PROGRAM.format(comment="plain", end="").encode(),
    "crlf": PROGRAM.format(comment="plain", end="\n").replace("\n", "\r\n").encode(),
    "byte-order mark": PROGRAM.format(comment="größer", end="\n").encode("utf-8-sig"),
    "shift-jis": PROGRAM.format(comment="表示する文字列を足し合わせていく", end="\n").encode("cp932"),
    "form feed, lone return": PROGRAM.format(comment="a\fb\rint c;", end="\n").encode(),
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("tool", ["git apply", "patch -p1 --binary"])
def test_the_diff_encodes_back_and_applies(name: str, tool: str, tmp_path: Path) -> None:
    source = SOURCES[name]
    path = tmp_path / "a program.cpp"
    path.write_bytes(source)
    report = make_report(path, source, b"s = s + 1", b"s += 1")
    document = json.loads(json.dumps(optimize_document(report, source, None)))
    diff = document["suggestions"][0]["diff"].encode(document["encoding"])
    subprocess.run(tool.split(), cwd=tmp_path, input=diff, check=True, capture_output=True)
    assert path.read_bytes() == report.suggestions[0].new_source


@pytest.mark.parametrize("name", SOURCES)
def test_the_new_text_encodes_back_to_the_function(name: str) -> None:
    source = SOURCES[name]
    report = make_report(Path("a.cpp"), source, b"s = s + 1", b"s += 1")
    document = json.loads(json.dumps(optimize_document(report, source, None)))
    text = document["suggestions"][0]["new_text"].encode(document["encoding"])
    span = report.functions[0].span
    assert source[: span.start] + text + source[span.end :] == report.suggestions[0].new_source


def test_the_document_has_what_the_readme_says() -> None:
    source = SOURCES["utf-8"]
    report = make_report(Path("/x/a.cpp"), source, b"s = s + 1", b"s += 1")
    document = json.loads(json.dumps(optimize_document(report, source, 1)))
    suggestion = document.pop("suggestions")[0]
    assert document == {
        "schema": 1,
        "file": "/x/a.cpp",
        "encoding": "utf-8",
        "functions": [{"name": "f", "qualified_name": "f", "line": 1}],
        "refused": [],
        "toolchain": {
            "compiler": "/usr/bin/g++",
            "version": "g++ 12",
            "flags": ["-O3"],
            "link": "static",
            "include_dirs": [],
        },
        "tests": {
            "source": "a.tests/ (2 tests)",
            "count": 2,
            "left_out": [{"name": "3", "reason": "the original prints something else"}],
        },
        "baseline": {
            "cost": 1000,
            "unit": "cycles",
            "floor": 50,
            "backend": "estimate",
            "model": "skylake-verbatim/1",
        },
        "rejected": [
            {
                "function": "f",
                "proposer": "S1",
                "proposer_version": "1",
                "kind": "rule",
                "title": "Reserve",
                "stage": "slower",
                "reason": "it is slower",
            }
        ],
        "applied": 1,
        "advice": ["An advice."],
        "evidence": "00ff",
        "cached": False,
        "seconds": 1.235,
    }
    assert suggestion.pop("diff").startswith("--- a/a.cpp\n+++ b/a.cpp\n@@ ")
    assert suggestion.pop("new_text").startswith("void f(")
    assert suggestion == {
        "rank": 1,
        "title": "Append with +=",
        "headline": "2.00x faster, estimated Skylake cycles, 2 tests",
        "function": "f",
        "line": 1,
        "proposer": "S1",
        "proposer_version": "1",
        "kind": "rule",
        "backend": "estimate",
        "model": "skylake-verbatim/1",
        "unit": "cycles",
        "speedup": 2.0,
        "speedup_net": 2.5,
        "interval": None,
        "control": None,
        "layouts": {
            "low": 2.0,
            "high": 2.2,
            "per_layout": [
                {"layout": "as built", "old_cost": 1000, "new_cost": 500, "speedup": 2.0},
                {"layout": "code packed", "old_cost": 1100, "new_cost": 500, "speedup": 2.2},
            ],
        },
        "screened": None,
        "system_calls": {"old": 4154, "new": 112},
        "system_time": False,
        "native": {
            "words": "this machine 2.10x [1.90, 2.30]",
            "speedup": 2.1,
            "interval": {"low": 1.9, "high": 2.3},
        },
        "cost": 500,
        "share_before": None,
        "share_after": None,
        "per_test": [
            {"name": "1", "old_cost": 900, "new_cost": 440, "speedup": 900 / 440},
            {"name": "2", "old_cost": 100, "new_cost": 60, "speedup": 100 / 60},
        ],
        "tests_passed": 2,
        "tests_total": 2,
        "assurance": "2 tests; sanitizers clean",
        "explanation": "Quadratic becomes linear.",
        "notes": [
            "4,154 -> 112 system calls, for which the model charges nothing; "
            "user and system time on this machine 2.10x [1.90, 2.30] less."
        ],
    }


def test_a_confirmed_figure_names_its_backend_and_keeps_the_estimate() -> None:
    report = make_report(Path("/x/a.cpp"), SOURCES["utf-8"], b"s = s + 1", b"s += 1")
    best = report.suggestions[0]
    simulated = Comparison((Cost(1800, "cycles"),) * 2, (Cost(1200, "cycles"),) * 2, 1.5, 1.6)
    origin = Origin("gem5", "skylake-verbatim/gem5-24", "cycles", "gem5 Skylake cycles")
    confirmed = dataclasses.replace(best, comparison=simulated, screened=best.comparison, origin=origin)
    report = dataclasses.replace(report, suggestions=(confirmed,))
    document = optimize_document(report, SOURCES["utf-8"], None)
    (suggestion,) = json.loads(json.dumps(document))["suggestions"]
    assert (suggestion["backend"], suggestion["model"]) == ("gem5", "skylake-verbatim/gem5-24")
    assert (suggestion["speedup"], suggestion["cost"]) == (1.5, 2400)
    assert suggestion["screened"] == {
        "backend": "estimate",
        "model": "skylake-verbatim/1",
        "unit": "cycles",
        "speedup": 2.0,
        "speedup_net": 2.5,
        "old_cost": 1000,
        "cost": 500,
    }


def test_shares_are_in_the_document() -> None:
    report = make_report(Path("/x/a.cpp"), SOURCES["utf-8"], b"s = s + 1", b"s += 1")
    best = dataclasses.replace(report.suggestions[0], share_before=0.925, share_after=0.13)
    report = dataclasses.replace(report, suggestions=(best,))
    document = json.loads(json.dumps(optimize_document(report, SOURCES["utf-8"], None)))
    suggestion = document["suggestions"][0]
    assert (suggestion["share_before"], suggestion["share_after"]) == (0.925, 0.13)


def test_a_printed_document_is_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    print_document({"text": "größer \udc81"})
    printed = capsys.readouterr().out
    assert printed.isascii()
    assert json.loads(printed) == {"text": "größer \udc81"}
