"""Loads the ``inputs.py`` of a problem, which makes its inputs and tells what an input is.

It is code of this package, loaded only when inputs are asked for. Knows nothing of programs.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pie_lsp.values.errors import CorpusError

INPUTS = "inputs.py"


@dataclass(frozen=True, slots=True)
class Generator:
    """The two functions of an ``inputs.py``.

    They are called through `make` and `check`, which take whatever they raise for a fault of the problem.
    """

    problem: str
    generate: Callable[[random.Random, int], str]
    validate: Callable[[str], None]

    def make(self, seed: str, size: int) -> str:
        """The text of one test. Raises CorpusError where the generator fails."""
        # A seed that is a text goes through SHA-512, so it means the same in every version of Python.
        rng = random.Random(seed)
        try:
            text = self.generate(rng, size)
        # Whatever the code of a problem raises, it is a fault of that problem alone.
        except Exception as error:
            raise CorpusError(
                f"{self.problem}: generate in {INPUTS} fails at size {size} ({error})."
            ) from error
        if not isinstance(text, str):
            raise CorpusError(f"{self.problem}: generate in {INPUTS} does not return a text.")
        return text

    def check(self, text: str) -> None:
        """Raise ValueError where `text` is no input, CorpusError where the validator cannot tell."""
        try:
            self.validate(text)
        except ValueError:
            raise
        # As above, whatever else it raises is a fault of the problem.
        except Exception as error:
            raise CorpusError(f"{self.problem}: validate in {INPUTS} fails ({error!r}).") from error


def load_generator(folder: Path) -> Generator:
    """The functions of the problem in `folder`. Raises CorpusError where they cannot be loaded."""
    module = _load(folder)
    generate, validate = getattr(module, "generate", None), getattr(module, "validate", None)
    if not callable(generate) or not callable(validate):
        raise CorpusError(f"{folder.name}: {INPUTS} has to define generate and validate.")
    return Generator(folder.name, generate, validate)


def _load(folder: Path) -> ModuleType:
    # The module gets no name that others could import: two problems never see each other.
    # It is compiled each time: kept bytecode is known by size and second, and a file may change within one.
    module = ModuleType(f"inputs of {folder.name}")
    try:
        exec(compile((folder / INPUTS).read_bytes(), str(folder / INPUTS), "exec"), module.__dict__)
    # As above: a syntax error in one problem must not keep the others from being checked.
    except Exception as error:
        raise CorpusError(f"{folder.name}: {INPUTS} cannot be loaded ({error}).") from error
    return module
