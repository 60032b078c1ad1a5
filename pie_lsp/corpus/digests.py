"""What the tests of a problem are known to be: digests of the inputs and of the right outputs, in a file.

With them a generator that makes something else under another Python is noticed, and so is a compiler
under which all versions go wrong alike. Makes no inputs and runs nothing.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.corpus.problem import TESTS
from pie_lsp.values.errors import CorpusError

DIGESTS = "digests.toml"

_HEADING = (
    "# SHA-256 of the ten inputs and of what every version prints; written by `pie-lsp corpus check --write`."
)
_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Digests:
    """SHA-256 in hex of every input and of every output, in the order of the tests."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def read_digests(folder: Path) -> Digests:
    """The digests of the problem in `folder`. Raises CorpusError where there are none, or no ten."""
    again = "have them written by `pie-lsp corpus check --write`"
    try:
        table = tomllib.loads((folder / DIGESTS).read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{folder.name}: {DIGESTS} cannot be read ({error.strerror}); {again}.") from error
    except ValueError as error:
        raise CorpusError(f"{folder.name}: {DIGESTS} is not a TOML file ({error}); {again}.") from error
    if table.keys() != {"inputs", "outputs"} or not all(_are_digests(value) for value in table.values()):
        raise CorpusError(
            f'{folder.name}: {DIGESTS} has to hold {TESTS} "inputs" and {TESTS} "outputs"; {again}.'
        )
    return Digests(tuple(table["inputs"]), tuple(table["outputs"]))


def write_digests(folder: Path, digests: Digests) -> None:
    """Put `digests` down for the problem in `folder`."""
    lines = [_HEADING]
    for key, values in (("inputs", digests.inputs), ("outputs", digests.outputs)):
        lines += [f"{key} = [", *(f'  "{value}",' for value in values), "]"]
    (folder / DIGESTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _are_digests(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == TESTS
        and all(
            isinstance(it, str) and len(it) == _DIGITS and set(it) <= set("0123456789abcdef") for it in value
        )
    )
