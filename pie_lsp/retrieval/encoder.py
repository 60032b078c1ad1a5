"""Turns programs into vectors with an encoder of the user's: a local folder that transformers can load.

Such a folder is, for example, a copy of `neulab/codebert-cpp`. Nothing is downloaded, and no code that comes
with a model is run. torch and transformers load when the first program is encoded.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pie_lsp.values.errors import InputError, MissingToolError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TOKENS = 512
"""So many tokens are encoded at once, those that begin and end a text included; more come in chunks."""
_BATCH = 16
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded model.

    identity   a digest of its files: another model, or another version of it, has another one
    dimension  length of its vectors
    """

    identity: str
    dimension: int
    _tokenizer: Any
    _model: Any

    def encode(self, source: bytes) -> "NDArray[np.float32]":
        """One vector: the mean over all tokens of `source`, however many there are."""
        import numpy as np
        import torch

        chunks = self._chunks(source)
        total = np.zeros(self.dimension, dtype=np.float64)
        count = 0
        for start in range(0, len(chunks), _BATCH):
            batch = chunks[start : start + _BATCH]
            longest = max(map(len, batch))
            padding = self._tokenizer.pad_token_id or 0
            ids = torch.tensor([chunk + [padding] * (longest - len(chunk)) for chunk in batch])
            mask = torch.tensor([[1] * len(chunk) + [0] * (longest - len(chunk)) for chunk in batch])
            with torch.inference_mode():
                states = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
            summed = (states * mask.unsqueeze(-1)).sum(dim=(0, 1))
            total += summed.double().numpy()
            count += int(mask.sum())
        return (total / max(count, 1)).astype(np.float32)

    def _chunks(self, source: bytes) -> list[list[int]]:
        """The token ids of `source` in pieces that the model can take, each with its begin and end."""
        found = self._tokenizer(
            source.decode("utf-8", "replace"),
            truncation=True,
            max_length=_places(self._model),
            return_overflowing_tokens=True,
            verbose=False,
        )
        return [list(chunk) for chunk in found["input_ids"]]

    def encode_all(self, sources: Iterable[bytes]) -> "NDArray[np.float32]":
        """One row per source."""
        import numpy as np

        rows = [self.encode(source) for source in sources]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)


def load_encoder(folder: Path) -> Encoder:
    """The encoder in `folder`. Raises InputError where there is none, MissingToolError without torch."""
    identity = identity_of(folder)
    try:
        import torch
        import transformers
    except ImportError as error:
        raise MissingToolError(
            f"An encoder needs torch and transformers ({error}); install them, or choose another retriever."
        ) from error
    transformers.utils.logging.disable_progress_bar()
    try:
        options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        tokenizer = transformers.AutoTokenizer.from_pretrained(str(folder), **options)
        model = transformers.AutoModel.from_pretrained(str(folder), dtype=torch.float32, **options)
    # transformers raises whatever the files of a model make it stumble over.
    except Exception as error:
        why = str(error).partition("\n")[0].rstrip(".")
        raise InputError(f"{folder} holds no encoder that can be loaded ({why}).") from error
    model.eval()
    return Encoder(identity, int(model.config.hidden_size), tokenizer, model)


def _places(model: Any) -> int:
    """How many tokens are encoded at once."""
    # RoBERTa counts places from behind that of its padding, so that two of them are never used.
    places = int(getattr(model.config, "max_position_embeddings", MOST_TOKENS + 2)) - 2
    return max(3, min(MOST_TOKENS, places))


def identity_of(folder: Path) -> str:
    """A digest of all files in `folder`. Raises InputError where there are none; loads nothing."""
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
        whole = hashlib.sha256()
        for path in files:
            inner = hashlib.sha256()
            with path.open("rb") as content:
                while piece := content.read(_PIECE):
                    inner.update(piece)
            whole.update(f"{path.name} {inner.hexdigest()}\n".encode())
    except OSError as error:
        raise InputError(f"{folder} cannot be read ({error.strerror}).") from error
    if not files:
        raise InputError(f"{folder} holds no encoder: it is empty.")
    return whole.hexdigest()
