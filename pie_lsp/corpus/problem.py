"""What a problem of the corpus is: programs from naive to fast, and the inputs that they are tried on.

Knows nothing of where problems lie, of compilers or of costs.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from pathlib import Path

from pie_lsp.corpus.generator import INPUTS, load_generator
from pie_lsp.values.errors import CorpusError

TESTS = 10
"""How many tests every problem has."""
FEWEST_VERSIONS, MOST_VERSIONS = 3, 6


class Split(Enum):
    """What a problem may be used for. A problem with all its versions lies in one."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class Form(Enum):
    """What of a program is there to be improved."""

    PROGRAM = "program"
    """All of it, from standard input to standard output."""
    FUNCTION = "function"
    """One function with a signature; the rest is the driver that calls it on what it reads."""


class Kind(Enum):
    """What kind of edit leads from one version to the next."""

    ALGORITHM = "algorithm"
    CLOSED_FORM = "closed-form"
    MEMOIZATION = "memoization"
    PRECOMPUTATION = "precomputation"
    EARLY_EXIT = "early-exit"
    DATA_STRUCTURE = "data-structure"
    CONTAINER_CHOICE = "container-choice"
    BUFFERED_IO = "buffered-io"
    IO_PRIMITIVES = "io-primitives"
    COPY_ELIMINATION = "copy-elimination"
    ALLOCATION = "allocation"
    STRING_BUILDING = "string-building"
    MEMORY_LAYOUT = "memory-layout"
    LOOP_ORDER = "loop-order"
    BRANCH_REMOVAL = "branch-removal"
    STRENGTH_REDUCTION = "strength-reduction"
    TYPE_WIDTH = "type-width"
    RECURSION_REMOVAL = "recursion-removal"
    LOOP_RESTRUCTURING = "loop-restructuring"
    COSMETIC = "cosmetic"
    """No gain is meant."""
    SLOW_DOWN = "slow-down"
    """Well meant, and costs time."""


@dataclass(frozen=True, slots=True)
class Version:
    """One program of a problem.

    kind  of the edit that leads to it from the version before; None for the first
    edit  the same in a sentence; empty for the first
    """

    file: str
    source: bytes
    kind: Kind | None = None
    edit: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Several programs that do the same, and a recipe for their tests.

    name      that of the folder, a Python identifier; part of the seed of every test
    sizes     one per test, ascending: how large the generator makes it
    versions  as one author would improve one program, step by step
    function  the name of the function that is improved; empty where the whole program is
    calibration  whether the estimate is fitted to it or judged by it, for which it has to be labelled
    """

    name: str
    title: str
    family: str
    split: Split
    statement: str
    sizes: tuple[int, ...]
    versions: tuple[Version, ...]
    folder: Path
    function: str = ""
    calibration: bool = True

    @property
    def form(self) -> Form:
        """Whether a function is there to be improved, or a whole program."""
        return Form.FUNCTION if self.function else Form.PROGRAM

    def test(self, number: int) -> bytes:
        """The input of test `number`, from 1 to 10: the same bytes at every call.

        Raises CorpusError where there is no such test, or the generator does not make one.
        """
        if not 1 <= number <= len(self.sizes):
            raise CorpusError(f"{self.name} has no test {number}; its tests are 1 to {len(self.sizes)}.")
        text = load_generator(self.folder).make(f"{self.name}-{number}", self.sizes[number - 1])
        if not text.isascii():
            raise CorpusError(f"{self.name}: test {number} is not ASCII; mend {INPUTS}.")
        return text.encode("ascii")

    def validate(self, text: str) -> None:
        """Raise ValueError where `text` is not an input of this problem.

        Raises CorpusError where the validator itself is broken.
        """
        load_generator(self.folder).check(text)

    def pairs(self) -> tuple[tuple[Version, Version], ...]:
        """Every version with every later one."""
        return tuple(combinations(self.versions, 2))
