"""Reports survive the way through the cache exactly, and nothing else is taken for a report."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pie_lsp.engine.report_json import dump, load
from pie_lsp.values.candidate import Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import (
    Baseline,
    Comparison,
    Cost,
    CostPart,
    FunctionCost,
    Interval,
    LayoutFigure,
    LayoutRange,
    NativeAdvice,
    SystemCalls,
)
from pie_lsp.values.report import (
    OptimizeReport,
    RefusedFunction,
    Rejected,
    Rejection,
    Stage,
    Suggestion,
)
from pie_lsp.values.span import Span
from pie_lsp.values.testing import LeftOut, TestCase, TestSuite
from pie_lsp.values.toolchain import Link, Toolchain

_PATHS = st.sampled_from([Path("/home/ada/sum.cpp"), Path("/tmp/\udcff\udc80.cpp"), Path("/a b/ü")])
_SPANS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))

st.register_type_strategy(Path, _PATHS)
st.register_type_strategy(Span, _SPANS)

REPORTS = st.builds(OptimizeReport)


@given(REPORTS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_report_survives_the_way_to_bytes_and_back(report: OptimizeReport) -> None:
    stored = dump(report)
    assert repr(load(stored)) == repr(report)
    assert dump(report) == stored


def example() -> OptimizeReport:
    """A report with something in every field that a test below changes."""
    function = FunctionRef("main", "main", 1, Span(0, 9), Span(0, 4), Span(0, 4), Span(4, 9), "f" * 64)
    costs = (Cost(120, "cycles", (CostPart("fetch blocks", 3, 60),), (FunctionCost("main", 120),)),)
    suggestion = Suggestion(
        rank=1,
        title="Read faster",
        explanation="Fewer calls.",
        function=function,
        provenance=Provenance("IO4", "1"),
        edit=Edit(Span(4, 5), b"{ fast"),
        new_source=b"main{ fast}",
        new_text=b"main{ fast}",
        comparison=Comparison(costs, costs, 1.5, 1.75, interval=Interval(1.25, 1.625)),
        tests_passed=1,
        tests_total=1,
        assurance="1 test",
        headline="1.50x faster",
        layouts=LayoutRange((LayoutFigure("as built", 180, 120, 1.5),)),
        system_calls=SystemCalls(40, 4),
        native=NativeAdvice("this machine 2.00x [1.90, 2.10]", 2.0, Interval(1.9, 2.1)),
    )
    return OptimizeReport(
        path=Path("/home/ada/sum.cpp"),
        encoding="utf-8",
        functions=(function,),
        refused=(RefusedFunction("f", 3, "It is a macro."),),
        toolchain=Toolchain("/usr/bin/g++", "g++ 12", ("-O3",), Link.STATIC, (Path("/include"),)),
        tests=TestSuite("tests/", (TestCase("1", b"\x00\xff", None),), (LeftOut("2", "It fails."),)),
        baseline=Baseline("estimate", "skylake/1", "cycles", 20, costs, 0.0625),
        suggestions=(suggestion,),
        rejected=(Rejected("main", "Other", Provenance("S1", "1"), Rejection(Stage.TESTS, "It fails.")),),
        advice=("Add a larger input.",),
        evidence="e" * 64,
        seconds=1.0,
    )


def test_every_byte_of_an_edit_survives() -> None:
    report = example()
    edit = Edit(Span(3, 7), bytes(range(256)))
    report = replace(report, suggestions=(replace(report.suggestions[0], edit=edit, new_source=bytes(9)),))
    assert load(dump(report)) == report


def test_another_schema_is_no_report() -> None:
    document = json.loads(dump(example()))
    assert load(json.dumps(document).encode()) is not None
    document["schema"] += 1
    assert load(json.dumps(document).encode()) is None


def changed(path: list[Any], value: object) -> bytes:
    document = json.loads(dump(example()))
    place = document["report"]
    for step in path[:-1]:
        place = place[step]
    assert path[-1] in place
    place[path[-1]] = value
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["seconds"], "soon"),
        (["path"], 3),
        (["cached"], 1),
        (["toolchain", "link"], "woven"),
        (["suggestions", 0, "edit", "replacement"], "not base64!"),
        (["suggestions", 0, "edit", "span", "end"], -1),
        (["suggestions", 0, "tests_passed"], "all"),
        (["suggestions", 0, "layouts", "figures"], 4),
        (["suggestions", 0, "system_calls", "old"], 1.5),
        (["suggestions", 0, "native", "words"], None),
        (["suggestions"], 7),
        (["tests"], None),
        (["baseline"], []),
    ],
)
def test_a_changed_field_is_no_report(path: list[Any], value: object) -> None:
    assert load(changed(path, value)) is None


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'{"schema": 1}',
        b'{"schema": 1, "report": []}',
        b"[" * 100_000,
    ],
)
def test_noise_is_no_report(stored: bytes) -> None:
    assert load(stored) is None


def test_a_missing_or_an_unknown_field_is_no_report() -> None:
    document = json.loads(dump(example()))
    missing = {**document, "report": {k: v for k, v in document["report"].items() if k != "evidence"}}
    unknown = {**document, "report": {**document["report"], "proof": "trust me"}}
    assert load(json.dumps(missing).encode()) is None
    assert load(json.dumps(unknown).encode()) is None


@given(st.integers(0, 10_000), st.binary(max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_damaged_document_never_raises(at: int, noise: bytes) -> None:
    stored = dump(example())
    at %= len(stored)
    load(stored[:at] + noise + stored[at + 1 :])
    assert load(stored[:at]) is None
