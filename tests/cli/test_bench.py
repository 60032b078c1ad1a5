"""``pie-lsp bench measurement`` on recorded counts, which is all that another compiler's programs allow, and
``pie-lsp bench retrieval``.
"""

import json

import pytest

from pie_lsp.cli.bench import _print
from pie_lsp.measure.estimate.formula import machine_named
from pie_lsp.research.agreement import Compared, agreement
from pie_lsp.research.bench_measurement import MeasurementBench
from pie_lsp.research.labels import packaged
from pie_lsp.research.recorded_seconds import recorded_seconds

from .conftest import Run

RECORDED = ("bench", "measurement", "--flags=-std=c++17 -O2")
DEFAULT = "skylake-verbatim"


def test_the_document(pie_lsp: Run) -> None:
    done = pie_lsp(*RECORDED, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    source = packaged(DEFAULT).source
    whole = {name: document.pop(name) for name in ("schema", "machine", "gem5", "configuration", "splits")}
    assert whole == {
        "schema": 1,
        "machine": DEFAULT,
        "gem5": source.gem5,
        "configuration": source.configuration,
        "splits": ["test"],
    }
    assert (document.pop("live"), document.pop("times_native")) == (False, None)
    recorded = recorded_seconds(DEFAULT)
    assert recorded is not None
    assert document.pop("seconds_outdated") is recorded.outdated
    assert set(document) == {
        "pairs",
        "near",
        "kendall_tau",
        "median_abs_log_ratio",
        "p90_abs_log_ratio",
        "worst_abs_log_ratio",
        "disagree_at_110",
        "times_faster_than_gem5",
    }
    assert document["pairs"] > 100
    assert {type(value) for name, value in document.items() if name != "pairs"} == {float}
    # The figures that the estimate promises.
    assert document["p90_abs_log_ratio"] < machine_named(DEFAULT).expected_error + 0.001
    assert document["median_abs_log_ratio"] < document["p90_abs_log_ratio"] < document["worst_abs_log_ratio"]
    assert 0.9 < document["kendall_tau"] <= 1.0
    assert 0.0 <= document["disagree_at_110"] < 0.1
    assert document["times_faster_than_gem5"] > 1.0


def test_words_for_people_and_every_pair_the_worst_first(pie_lsp: Run) -> None:
    short = pie_lsp(*RECORDED)
    long = pie_lsp(*RECORDED, "--pairs")
    assert (short.returncode, long.returncode) == (0, 0)
    lines = short.stdout.decode().splitlines()
    assert lines[0].startswith(f"{DEFAULT}, gem5 ")
    assert "from the recorded counts, since compiler or flags are others here" in lines[0]
    starts = ("pairs held out", "Kendall's tau", "error of the ratio: median", "disagree on at least 1.10x")
    assert [start for start in starts if not any(line.startswith(start) for line in lines)] == []
    assert lines[-2].split() == ["processor", "time", "of", "the", "estimate", "not", "measured"]
    both = long.stdout.decode().splitlines()
    assert both[: len(lines)] == lines
    rows = both[len(lines) :]
    assert len(rows) == int(lines[1].split()[6].rstrip(","))
    errors = [float(row.split()[4].rstrip("%")) for row in rows]
    assert errors == sorted(errors, reverse=True)
    assert errors[0] == float(lines[5].split()[-1].rstrip("%"))
    assert rows[0].split()[1::2][:2] == ["estimated", "simulated"]


def test_retrievers_in_a_document_and_in_words(pie_lsp: Run) -> None:
    done = pie_lsp("bench", "retrieval", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    assert document["schema"] == 1
    assert document["problems"] >= 55
    scores = {it["retriever"]: it for it in document["retrievers"]}
    assert {"bm25", "random", "by-kind", "diverse"} <= set(scores)
    assert all(set(it) == {"retriever", "hit_at_1", "hit_at_4"} for it in scores.values())
    assert scores["random"]["hit_at_4"] < scores["bm25"]["hit_at_4"] < scores["by-kind"]["hit_at_4"] < 1
    lines = pie_lsp("bench", "retrieval").stdout.decode().splitlines()
    assert lines[0].startswith(f"{document['queries']} programs of {document['problems']} problems")
    rows = {line.split()[0]: line.split()[1:] for line in lines[2:]}
    assert rows == {name: [f"{it['hit_at_1']:.1%}", f"{it['hit_at_4']:.1%}"] for name, it in scores.items()}


@pytest.mark.parametrize(
    ("faster", "outdated", "words"),
    [
        (41.6, False, "42 (as recorded)"),
        (41.6, True, "42 (recorded with an older estimate)"),
        (None, False, "not recorded"),
    ],
)
def test_seconds_of_an_older_estimate_are_told_as_such(
    faster: float | None, outdated: bool, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = (Compared("a", 2.0, 2.0), Compared("b", 3.0, 3.0))
    found = MeasurementBench(
        "m", "24", "c", ("test",), False, agreement(pairs), None, faster, outdated, pairs
    )
    _print(found, False)
    assert capsys.readouterr().out.splitlines()[-1] == f"processor time of gem5 by the estimate's   {words}"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("measurement", "--model", "pentium"), "There is no machine model 'pentium'; known are skylake-"),
        (("measurement", "--compiler", "no-such-compiler"), "no-such-compiler was not found"),
        (("retrieval", "--encoder", "/no/such"), "/no/such cannot be read"),
        ((), "WHAT"),
        (("everything",), "everything"),
    ],
)
def test_wrong_use_is_one_sentence(pie_lsp: Run, words: tuple[str, ...], sentence: str) -> None:
    done = pie_lsp("bench", *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
