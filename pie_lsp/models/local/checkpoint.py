"""Finds a checkpoint on the disk, or on a hub if the user allows it, and tells it from all others.

Only weights in safetensors are taken: other formats can hold code, and code of a checkpoint never runs. Loads
no model; the libraries that do run in the worker alone.
"""

import asyncio
import hashlib
import json
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from pie_lsp.values.errors import ModelMissingError
from pie_lsp.values.language_model import ModelSettings, is_on_a_hub

_WEIGHTS = ("*.safetensors",)
_DESCRIPTION = ("*.json", "*.model", "*.txt", "*.jinja")
"""With the weights all that is fetched from a hub; no program is among them."""
_HASHED = frozenset({".json", ".model", ".txt", ".jinja"})
_UNLIMITED = 1 << 30
"""Tokenizers that know no limit give a number beyond this."""
_LIBRARIES = ("torch", "transformers", "tokenizers", "safetensors")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A folder with a model.

    digest        of its configuration, its tokenizer and its index of weights, and of sizes and dates of the
                  weights
    context       most tokens of prompt and answer, or of each where they are apart
    apart         it reads the prompt in one part and writes the answer in another (sequence to sequence)
    has_template  it brings a template for conversations
    """

    folder: Path
    digest: str
    context: int
    apart: bool
    has_template: bool


async def find_checkpoint(settings: ModelSettings, *, weights: bool = True) -> Checkpoint:
    """The checkpoint that `settings` name. Raises ModelMissingError where it cannot be used.

    weights  without them neither are any fetched, nor do any have to be there
    """
    return await asyncio.to_thread(_find, settings, weights)


def computing_libraries() -> str:
    """Names and versions of the libraries that decide what is computed.

    Raises ModelMissingError where one is not installed.
    """
    try:
        return " ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    except metadata.PackageNotFoundError as error:
        raise ModelMissingError(
            f"A local checkpoint needs the library {error.name}, which is not installed; install it with pip "
            'install "pie-lsp[models]" in the environment of pie-lsp.'
        ) from None


def _find(settings: ModelSettings, weights: bool) -> Checkpoint:
    named = settings.checkpoint
    if is_on_a_hub(named):
        folder = _from_hub(settings, weights)
    else:
        folder = Path(named).expanduser()
        # What a relative path means is up to whoever chooses the current folder.
        if not folder.is_absolute() or not folder.is_dir():
            raise ModelMissingError(
                f"The checkpoint of the model {settings.name} is no folder: {folder}. "
                "Set its whole path, or its name on a hub."
            )
    _check(folder, settings.name, weights)
    config, tokenizer = _read(folder / "config.json"), _read(folder / "tokenizer_config.json")
    return Checkpoint(
        folder.absolute(),
        _digest(folder),
        _context(config, tokenizer, settings),
        apart=config.get("is_encoder_decoder") is True,
        has_template="chat_template" in tokenizer or any(folder.glob("chat_template.*")),
    )


def _read(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelMissingError(f"{path} cannot be read as JSON ({error}).") from None
    return content if isinstance(content, dict) else {}


def _context(config: dict[str, object], tokenizer: dict[str, object], settings: ModelSettings) -> int:
    """What the model was made for, or less where the user says so."""
    inner = config.get("text_config")
    made_for = {**config, **(inner if isinstance(inner, dict) else {})}
    known = [
        made_for.get("max_position_embeddings") or made_for.get("n_positions"),
        settings.context,
        tokenizer.get("model_max_length"),
    ]
    limits = [limit for limit in known if isinstance(limit, int) and 0 < limit < _UNLIMITED]
    if not limits:
        raise ModelMissingError(
            f"The checkpoint of the model {settings.name} does not say how many tokens it takes; set its "
            "context."
        )
    return min(limits)


def _from_hub(settings: ModelSettings, weights: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.utils import disable_progress_bars

    disable_progress_bars()
    try:
        folder = snapshot_download(
            settings.checkpoint,
            revision=settings.revision or None,
            allow_patterns=[*_DESCRIPTION, *(_WEIGHTS if weights else ())],
            local_files_only=not settings.download,
        )
    # The library raises errors of many families, among them those of its own HTTP client.
    except Exception as error:  # noqa: BLE001
        remedy = (
            "Look whether the name is right and the hub can be reached"
            if settings.download
            else "Set download to true for this model, or download it yourself and set its folder"
        )
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise ModelMissingError(
            f"The checkpoint {settings.checkpoint} is not on this machine ({reason}). {remedy}."
        ) from None
    return Path(folder)


def _check(folder: Path, name: str, weights: bool) -> None:
    if not (folder / "config.json").is_file():
        raise ModelMissingError(
            f"{folder} holds an adapter and no model; merge the adapter into its base model and save that."
            if (folder / "adapter_config.json").is_file()
            else f"{folder} holds no checkpoint for the model {name}, since it has no config.json."
        )
    if weights and not any(folder.glob("*.safetensors")):
        raise ModelMissingError(
            f"{folder} has no weights in the safetensors format, and others can hold code. Take a revision "
            "that has them, or load it once where you trust it and save it with save_pretrained."
        )


def _digest(folder: Path) -> str:
    sums = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in _HASHED and path.is_file():
            sums.update(f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        elif path.suffix == ".safetensors":
            # Reading all weights takes minutes; who changes them in place gives them another date.
            state = path.stat()
            sums.update(f"{path.name}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return sums.hexdigest()
