from pathlib import Path

import pytest

from pie_lsp.corpus.problem import Kind
from pie_lsp.propose import registry as rules
from pie_lsp.retrieval.accepted import KINDS, accepted_pair, keep
from pie_lsp.retrieval.contract import Pair
from pie_lsp.retrieval.local import ACCEPTED, load
from pie_lsp.retrieval.registry import retriever
from pie_lsp.sandbox.paths import DATA_VARIABLE


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def pair(proposer: str = "S1", after: bytes = b"void f() { t += x; }") -> Pair:
    return accepted_pair(
        before=b"void f() { t = t + x; }",
        after=after,
        function="f",
        proposer=proposer,
        description="Append with +=",
        speedup=3.0,
    )


def test_every_rule_has_its_kind() -> None:
    assert {rule.id for rule in rules.all_rules()} == set(KINDS)


@pytest.mark.parametrize(
    ("proposer", "kinds"),
    [
        ("S1", (Kind.STRING_BUILDING,)),
        ("S1+IO4+C1+C2", (Kind.STRING_BUILDING, Kind.BUFFERED_IO, Kind.COPY_ELIMINATION)),
        ("tiny/few-shot", ()),
        ("hand", ()),
    ],
)
def test_the_kind_is_that_of_the_rules(proposer: str, kinds: tuple[Kind, ...]) -> None:
    assert pair(proposer).kinds == kinds


def test_it_is_kept_once_and_found_again() -> None:
    assert load(ACCEPTED).corpus.pairs == ()
    assert keep(pair()) and not keep(pair()) and keep(pair(after=b"void f() { t.append(x); }"))
    corpus = load(ACCEPTED).corpus
    assert len(corpus) == 2
    (hit,) = retriever("bm25", corpus).retrieve(b"void g() { text = text + x; }", 1)
    assert hit.pair.before == pair().before
