import pytest

from pie_lsp.retrieval.contract import PairCorpus
from pie_lsp.retrieval.registry import DEFAULT, names, retriever
from pie_lsp.values.errors import InputError


def test_every_retriever_has_the_name_that_it_is_found_by() -> None:
    corpus = PairCorpus.of([])
    assert {name: retriever(name, corpus).name for name in names()} == {name: name for name in names()}
    assert {"bm25", "random"} <= set(names())
    assert DEFAULT in names()


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(InputError, match="There is no retriever 'best'; known are bm25, "):
        retriever("best", PairCorpus.of([]))
