"""What a reader of a test layout is, and what it hands back; reads nothing itself."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.testing import LeftOut, TestCase

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Pair:
    """An input on disk with the output that somebody wrote down for it, if anybody did.

    name  as users call the test: ``sample-1``
    """

    name: str
    input: Path
    expected: Path | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a layout makes of the files of a folder.

    pairs    tests
    orphans  outputs without an input, which are no tests
    """

    pairs: tuple[Pair, ...] = ()
    orphans: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Tests as they were read, and those that could not be."""

    cases: tuple[TestCase, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    interactive: bool = False


class TestFormat:
    """One layout of tests. Each method has an answer for layouts that do not have such a thing."""

    __test__ = False

    def list_pairs(self, files: Sequence[Path]) -> Listing:
        """The tests among `files`, which are the visible files of one folder."""
        return Listing()

    def pair_of(self, file: Path) -> Pair | None:
        """The test that the one file which a user named belongs to, if it is of this layout."""
        return None

    def problem_file_of(self, source: Path) -> Path | None:
        """A file outside the test folders that holds the tests of exactly this source."""
        return None

    def reads(self, file: Path) -> bool:
        """Whether one file of this name holds several tests."""
        return False

    def read(self, file: Path) -> Reading:
        """The tests in a file for which `reads` is true."""
        return Reading()


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """A sort key under which ``2`` comes before ``10``; equal texts alone have equal keys."""
    # The pattern has a group, so that every second part is what it matched.
    parts = [(part, place % 2 == 1) for place, part in enumerate(_DIGITS.split(text)) if part]
    return tuple((not is_number, int(part) if is_number else 0, part) for part, is_number in parts)


def sort_pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """In natural order of their names."""
    return tuple(sorted(pairs, key=lambda pair: (natural(pair.name), str(pair.input))))
