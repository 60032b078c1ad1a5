"""The examples that a model is shown may be found by an encoder of the user's own."""

from dataclasses import replace
from pathlib import Path

from pie_lsp.engine.asking import open_asking, show_prompts
from pie_lsp.engine.subject import read_subject
from pie_lsp.prompting.pairs import may_be_imitated
from pie_lsp.prompting.pairs import shown as shown_pair
from pie_lsp.retrieval.contract import PairCorpus
from pie_lsp.retrieval.pairs import corpus_pairs
from pie_lsp.retrieval.registry import retriever
from tests.retrieval.tiny_encoder import save_tiny_encoder

from .conftest import Project
from .test_asking import settings_for


async def test_examples_are_found_by_the_encoder_of_the_user(plain: Project, tmp_path: Path) -> None:
    encoder = save_tiny_encoder(tmp_path / "encoder")
    settings = settings_for("http://127.0.0.1:1/v1", strategy="retrieval-1")

    async def prompt_and_key(**changes: object) -> tuple[str, str]:
        subject = read_subject(plain.request("twice", replace(settings, **changes)))  # type: ignore[arg-type]
        (shown,) = await show_prompts(subject)
        async with open_asking(subject.request.settings) as asking:
            assert asking.faults == []
            return shown.questions[0].texts[-1], asking.key

    usual, usual_key = await prompt_and_key()
    near, near_key = await prompt_and_key(retriever="embeddings", encoder=str(encoder))
    query = b"static int twice(int n) { return n * 2; }"
    pairs = PairCorpus.of(filter(may_be_imitated, corpus_pairs().pairs))
    (hit,) = retriever("embeddings", pairs, encoder).retrieve(query, 1)
    assert shown_pair(hit.pair).before in near
    assert near != usual and near_key != usual_key
    (encoder / "vocab.json").write_bytes((encoder / "vocab.json").read_bytes() + b"\n")
    assert (await prompt_and_key(retriever="embeddings", encoder=str(encoder)))[1] != near_key


async def test_an_encoder_that_cannot_be_used_is_a_sentence(plain: Project, tmp_path: Path) -> None:
    settings = settings_for("http://127.0.0.1:1/v1", strategy="retrieval", retriever="fused")
    async with open_asking(settings) as asking:
        assert asking.proposer is None and "needs an encoder" in asking.faults[0]
    empty = tmp_path / "empty"
    empty.mkdir()
    async with open_asking(replace(settings, encoder=str(empty))) as asking:
        assert asking.proposer is None and "holds no encoder" in asking.faults[0]
