import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.corpus.problem import Kind
from pie_lsp.retrieval.contract import Pair
from pie_lsp.retrieval.records import from_line, to_line
from pie_lsp.values.errors import InputError

PAIRS = st.builds(
    Pair,
    key=st.text(st.characters(codec="utf-8")),
    before=st.binary(),
    after=st.binary(),
    kinds=st.lists(st.sampled_from(Kind)).map(tuple),
    problem=st.text(st.characters(codec="utf-8")),
    description=st.text(st.characters(codec="utf-8")),
    speedup=st.none() | st.floats(min_value=0.001, max_value=1e9),
)


@given(PAIRS)
def test_a_pair_comes_back_whole(pair: Pair) -> None:
    line = to_line(pair)
    assert from_line(line) == pair
    assert line.isascii()
    assert line.count(b"\n") == 1 and line.endswith(b"\n")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"before": None}, "it lacks one of key, before"),
        ({"kinds": "algorithm"}, "it lacks one of"),
        ({"kinds": ["magic"]}, "it cannot be read"),
        ({"speedup": -1}, "its speedup is no ratio"),
        ({"speedup": "fast"}, "its speedup is no ratio"),
    ],
)
def test_what_is_no_pair_is_told(change: dict[str, object], sentence: str) -> None:
    record = json.loads(to_line(Pair("k", b"slow", b"fast")))
    with pytest.raises(InputError, match=sentence):
        from_line(json.dumps({**record, **change}).encode())


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"3", b"\xff", b"[" * 100_000])
def test_what_is_no_record_is_told(line: bytes) -> None:
    with pytest.raises(InputError, match="it is no JSON"):
        from_line(line)
