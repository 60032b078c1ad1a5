import json

import pytest

from pie_lsp.retrieval.contract import Pair
from pie_lsp.retrieval.pie_files import MOST_BYTES, LeftOut, read_pie

NEW = {
    "src_id": "s1",
    "tgt_id": "s2",
    "src_agg_runtime": 3.0,
    "tgt_agg_runtime": 1.5,
    "problem_id": "p02549",
    "speedup": 99.0,
    "src_code": "int main() { slow(); }",
    "tgt_code": "int main() { fast(); }",
    "src_status": "Time Limit Exceeded",
    "tgt_status": "Accepted",
    "target_reward_updated_pct_bin": 9,
}
"""A line of train.jsonl of LearningOpt/pie; with the columns that mean something here."""
OLD = {
    "user_id": "u1",
    "problem_id": "p00001",
    "language": "C++",
    "submission_id_v0": "s3",
    "submission_id_v1": "s4",
    "cpu_time_v0": 400,
    "cpu_time_v1": 100,
    "status_v0": "Accepted",
    "status_v1": "Accepted",
    "input": "int main() { /* \u00e9 */ slow(); }",
    "target": "int main() { fast(); }",
    "measured_runtime_v0": 0.5,
    "measured_runtime_v1": 0.25,
}
"""A line of madaan/pie-perf."""


def lines(*records: object) -> list[bytes]:
    return [json.dumps(record).encode() + b"\n" for record in records]


def test_both_formats_are_read() -> None:
    found = read_pie(lines(NEW, OLD), "pie")
    assert found.corpus.pairs == (
        Pair("pie/s1-s2", b"int main() { slow(); }", b"int main() { fast(); }", (), "p02549", speedup=2.0),
        Pair(
            "pie/s3-s4",
            "int main() { /* \u00e9 */ slow(); }".encode(),
            b"int main() { fast(); }",
            (),
            "p00001",
            speedup=2.0,
        ),
    )
    assert (found.lines, found.left_out) == (2, ())


def test_times_of_an_old_line_are_measured_ones_else_those_of_the_judge() -> None:
    judged = {key: value for key, value in OLD.items() if not key.startswith("measured")}
    (pair,) = read_pie(lines(judged), "pie").corpus.pairs
    assert pair.speedup == 4.0
    (pair,) = read_pie(lines({**judged, "cpu_time_v1": 0}), "pie").corpus.pairs
    assert pair.speedup is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "it is no JSON"),
        (b"\xff\n", "it is no JSON"),
        (b"3", "it is no JSON object"),
        (b"{}", "it has neither src_code nor input"),
        *((line, "its src_code is no program") for line in lines({**NEW, "src_code": ""})),
        *((line, "its tgt_code is no program") for line in lines({**NEW, "tgt_code": None})),
        *((line, "is longer than") for line in lines({**NEW, "tgt_code": "x" * (MOST_BYTES + 1)})),
        *((line, "it has no problem_id") for line in lines({**NEW, "problem_id": ""})),
        *((line, "it has no src_id") for line in lines({**NEW, "src_id": None})),
        *((line, "its two programs are the same") for line in lines({**NEW, "tgt_code": NEW["src_code"]})),
        *((line, "not accepted .'Runtime Error'") for line in lines({**NEW, "tgt_status": "Runtime Error"})),
        *((line, "its language is 'Python'") for line in lines({**OLD, "language": "Python"})),
        *((line, "the pair pie/s1-s2 was there before") for line in lines(NEW)),
    ],
)
def test_a_line_without_a_pair_is_left_out_by_name(line: bytes, reason: str) -> None:
    found = read_pie([*lines(NEW), b"\n", line, *lines(OLD)], "pie")
    assert len(found.corpus) == 2
    assert found.lines == 3
    (left_out,) = found.left_out
    assert isinstance(left_out, LeftOut)
    assert left_out.line == 3
    with pytest.raises(ValueError, match=reason):
        raise ValueError(left_out.reason)
