"""A tiny encoder of the kind of CodeBERT, with its tokenizer, saved as a folder that transformers loads."""

from pathlib import Path

import pytest

SOURCES = (
    "int main ( ) { for ( int i = 0 ; i < n ; i ++ ) sum += v [ i ] ; return 0 ; }",
    "std :: string s ; while ( std :: cin >> s ) std :: cout << s << std :: endl ;",
)


def save_tiny_encoder(folder: Path, seed: int = 0, places: int = 514) -> Path:
    """Build, save, and return the folder. Skips where torch cannot be imported."""
    torch = pytest.importorskip("torch", reason="torch is not installed; it is outside the lock")
    from tokenizers import ByteLevelBPETokenizer
    from transformers import RobertaConfig, RobertaModel, RobertaTokenizerFast

    folder.mkdir(parents=True)
    trained = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained.train_from_iterator(SOURCES * 9, vocab_size=330, min_frequency=1, special_tokens=special)
    trained.save_model(str(folder))
    RobertaTokenizerFast(
        vocab=str(folder / "vocab.json"), merges=str(folder / "merges.txt"), model_max_length=512
    ).save_pretrained(folder)
    torch.manual_seed(seed)
    config = RobertaConfig(
        vocab_size=trained.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
        max_position_embeddings=places,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        type_vocab_size=1,
    )
    RobertaModel(config).eval().save_pretrained(folder)
    return folder
