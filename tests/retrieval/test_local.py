import multiprocessing
import stat
from pathlib import Path

import pytest

from pie_lsp.corpus.problem import Kind
from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.retrieval.local import ACCEPTED, add_accepted, load, local_names, save
from pie_lsp.sandbox.paths import DATA_VARIABLE
from pie_lsp.values.errors import InputError

PAIR = Pair("k", b"slow \xff\n", b"fast", (Kind.ALLOCATION,), "p", speedup=2.0)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data"


def test_what_is_saved_is_loaded_and_private(data: Path) -> None:
    corpus = PairCorpus.of([PAIR, Pair("l", b"", b"x")])
    path = save("mine", corpus)
    assert path == data / "pairs" / "mine.jsonl"
    assert load("mine").corpus == corpus
    assert load("mine").damaged == ()
    assert local_names() == ("mine",)
    assert [stat.S_IMODE(it.stat().st_mode) for it in (data, path.parent, path)] == [0o700, 0o700, 0o600]
    save("mine", PairCorpus.of([PAIR]))
    assert load("mine").corpus.pairs == (PAIR,)
    assert [it.name for it in path.parent.iterdir()] == ["mine.jsonl"]


@pytest.mark.parametrize("name", ["", "../mine", "Mine", "a b", "-x", ACCEPTED])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"cannot name a corpus|choose another"):
        save(name, PairCorpus.of([]))


def test_a_corpus_that_is_not_there_is_told() -> None:
    save("mine", PairCorpus.of([PAIR]))
    with pytest.raises(InputError, match="There is no local corpus 'other'; there are: mine"):
        load("other")


def test_accepted_edits_are_added_one_after_the_other() -> None:
    first, second = PAIR, Pair("l", b"a", b"b")
    add_accepted(first)
    add_accepted(second)
    assert load(ACCEPTED).corpus.pairs == (first, second)


def test_a_line_that_was_cut_off_costs_itself_alone(data: Path) -> None:
    add_accepted(PAIR)
    path = data / "pairs" / f"{ACCEPTED}.jsonl"
    path.write_bytes(path.read_bytes() + b'{"key": "half')
    add_accepted(Pair("l", b"a", b"b"))
    found = load(ACCEPTED)
    assert [pair.key for pair in found.corpus.pairs] == ["k", "l"]
    ((line, reason),) = [(it.line, it.reason) for it in found.damaged]
    assert line == 2
    assert reason.startswith("it is no JSON")


def _add(number: int) -> None:
    for more in range(20):
        add_accepted(Pair(f"{number}-{more}", b"x" * 9000, b"y"))


def test_several_processes_may_add_at_once() -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        pool.map(_add, range(4))
    found = load(ACCEPTED)
    assert (len(found.corpus), found.damaged) == (80, ())
