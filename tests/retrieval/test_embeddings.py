from pathlib import Path
from typing import Any

import pytest

from pie_lsp.retrieval import embeddings as module
from pie_lsp.retrieval.contract import Pair, PairCorpus
from pie_lsp.retrieval.embeddings import embeddings
from pie_lsp.retrieval.encoder import Encoder, load_encoder
from pie_lsp.retrieval.registry import names, retriever
from pie_lsp.values.errors import InputError

from .tiny_encoder import save_tiny_encoder

SOURCES = (b"int main() { return 0; }", b"while (cin >> s) cout << s;", b"for (;;) sum += v[i];")
CORPUS = PairCorpus.of(Pair(str(n), source, b"fast", problem=f"p{n}") for n, source in enumerate(SOURCES))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_encoder(tmp_path_factory.mktemp("encoder") / "tiny")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return load_encoder(folder)


def test_a_program_is_nearest_to_itself(encoder: Encoder, tmp_path: Path) -> None:
    found = embeddings(CORPUS, encoder, "x", tmp_path)
    for pair in CORPUS.pairs:
        hits = found.retrieve(pair.before, 9)
        assert len(hits) == 3
        assert hits[0].pair == pair
        assert hits[0].score == pytest.approx(0.0, abs=1e-5)
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        others = found.retrieve(pair.before, 9, pair.problem)
        assert [hit.pair for hit in others] == [hit.pair for hit in hits[1:]]
    vectors = encoder.encode_all(SOURCES[:2])
    second = next(hit for hit in found.retrieve(SOURCES[0], 3) if hit.pair.before == SOURCES[1])
    assert second.score == pytest.approx(-float(((vectors[0] - vectors[1]) ** 2).sum()), rel=1e-4)


def test_an_empty_corpus_gives_nothing(encoder: Encoder, tmp_path: Path) -> None:
    assert embeddings(PairCorpus.of([]), encoder, "x", tmp_path).retrieve(b"int x;", 4) == ()


def test_the_index_is_kept_until_corpus_or_model_change(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    real = module._make

    def making(corpus: PairCorpus, encoder: Encoder) -> Any:
        made.append(1)
        return real(corpus, encoder)

    monkeypatch.setattr(module, "_make", making)
    store = tmp_path / "store"
    store.mkdir()
    first = embeddings(CORPUS, encoder, "x", store).retrieve(SOURCES[0], 3)
    assert embeddings(CORPUS, encoder, "x", store).retrieve(SOURCES[0], 3) == first
    assert len(made) == 1
    fewer = PairCorpus.of(CORPUS.pairs[:2])
    assert len(embeddings(fewer, encoder, "x", store).retrieve(SOURCES[0], 3)) == 2
    assert len(made) == 2
    other = load_encoder(save_tiny_encoder(tmp_path / "other", seed=1))
    assert embeddings(fewer, other, "x", store).retrieve(SOURCES[0], 1)[0].pair == CORPUS.pairs[0]
    assert len(made) == 3
    (file,) = store.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    assert len(embeddings(fewer, other, "x", store).retrieve(SOURCES[0], 3)) == 2
    assert len(made) == 4


def test_by_name_with_an_encoder(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(tmp_path))
    with_encoder = set(names(folder)) - set(names())
    assert with_encoder == {"embeddings", "fused", "fused-by-kind"}
    for name in sorted(with_encoder):
        found = retriever(name, CORPUS, folder)
        assert found.name == name
        assert found.retrieve(SOURCES[1], 1)[0].pair.before == SOURCES[1]
        with pytest.raises(InputError, match="needs the folder of an encoder"):
            retriever(name, CORPUS)
