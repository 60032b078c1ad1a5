"""The real path of loading and encoding, with an encoder that is built here."""

from pathlib import Path

import numpy as np
import pytest

from pie_lsp.retrieval.encoder import MOST_TOKENS, Encoder, load_encoder
from pie_lsp.values.errors import InputError

from .tiny_encoder import save_tiny_encoder

LONG = b"for (int i = 0; i < n; i++) sum += v[i];\n" * 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_encoder(tmp_path_factory.mktemp("encoder") / "tiny")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return load_encoder(folder)


def test_a_vector_is_the_mean_over_the_tokens_of_the_last_layer(folder: Path, encoder: Encoder) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    source = "int main() { return 0; }"
    ids = AutoTokenizer.from_pretrained(folder)(source, return_tensors="pt")
    with torch.inference_mode():
        states = AutoModel.from_pretrained(folder).eval()(**ids).last_hidden_state[0]
    assert encoder.dimension == 32
    assert encoder.encode(source.encode()) == pytest.approx(states.mean(dim=0).numpy(), abs=1e-5)


def test_a_long_program_is_encoded_whole_in_chunks(encoder: Encoder) -> None:
    chunks = encoder._chunks(LONG)
    assert len(chunks) > 3
    assert max(map(len, chunks)) == MOST_TOKENS
    whole = encoder._tokenizer(LONG.decode(), add_special_tokens=False)["input_ids"]
    assert [token for chunk in chunks for token in chunk[1:-1]] == whole
    # What stands behind the first chunks counts.
    assert not np.allclose(encoder.encode(LONG), encoder.encode(LONG + b"while (cin >> s) cout << s;" * 99))
    # The mean over all chunks is that of the chunks, each with the weight of its tokens.
    apart = [encoder.encode(encoder._tokenizer.decode(chunk[1:-1]).encode()) for chunk in chunks]
    mean = np.average(apart, axis=0, weights=[len(chunk) for chunk in chunks])
    assert encoder.encode(LONG) == pytest.approx(mean, abs=1e-4)


def test_the_same_bits_come_again(encoder: Encoder) -> None:
    assert encoder.encode(LONG).tobytes() == encoder.encode(LONG).tobytes()
    rows = encoder.encode_all([b"int x;", LONG, b""])
    assert rows.shape == (3, 32)
    assert rows[1].tobytes() == encoder.encode(LONG).tobytes()
    assert encoder.encode_all([]).shape == (0, 32)
    assert np.isfinite(rows).all()


def test_a_model_with_fewer_places_gets_shorter_chunks(tmp_path: Path) -> None:
    encoder = load_encoder(save_tiny_encoder(tmp_path / "short", places=66))
    assert max(map(len, encoder._chunks(LONG))) == 64
    assert np.isfinite(encoder.encode(LONG)).all()


def test_another_model_has_another_identity(folder: Path, encoder: Encoder, tmp_path: Path) -> None:
    assert load_encoder(folder).identity == encoder.identity
    other = save_tiny_encoder(tmp_path / "other", seed=1)
    assert load_encoder(other).identity != encoder.identity


def test_what_is_no_encoder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_encoder(tmp_path / "gone")
    with pytest.raises(InputError, match="it is empty"):
        load_encoder(tmp_path)
    pytest.importorskip("torch", reason="torch is not installed; it is outside the lock")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(InputError, match="holds no encoder that can be loaded"):
        load_encoder(tmp_path)


def test_code_that_comes_with_a_model_is_not_run(folder: Path, tmp_path: Path) -> None:
    import json
    import shutil

    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    config = json.loads((copy / "config.json").read_text())
    config |= {"model_type": "mine", "auto_map": {"AutoModel": "mine.Mine", "AutoConfig": "mine.Config"}}
    (copy / "config.json").write_text(json.dumps(config))
    (copy / "mine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    with pytest.raises(InputError, match=r"holds no encoder that can be loaded .*custom code"):
        load_encoder(copy)
    assert not (tmp_path / "ran").exists()
