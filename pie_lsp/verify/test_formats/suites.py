"""Makes suites of readings: what was used is said, and every test has a name of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.values.testing import LeftOut, TestCase, TestSuite
from pie_lsp.verify.test_formats.layout import Listing, Reading, sort_pairs
from pie_lsp.verify.test_formats.registry import formats

NO_TESTS = "no tests"


@dataclass(frozen=True, slots=True)
class Place:
    """Where tests are looked for: the source, and the folders that links may not lead out of."""

    source: Path
    roots: tuple[Path, ...]

    @property
    def folder(self) -> Path:
        """The source's own folder."""
        return self.source.parent

    def shown(self, path: Path) -> str:
        """A path as a person would say it, seen from the source."""
        return str(path.relative_to(self.folder)) if path.is_relative_to(self.folder) else str(path)


def list_tests(files: Sequence[Path]) -> Listing:
    """What all layouts together find among the files of a folder."""
    listings = [layout.list_pairs(files) for layout in formats()]
    pairs = [pair for listing in listings for pair in listing.pairs]
    orphans = [file for listing in listings for file in listing.orphans]
    return Listing(sort_pairs(pairs), tuple(orphans))


def suite_of(source: str, reading: Reading) -> TestSuite:
    """A suite of one reading."""
    cases = uniquely_named([("", reading.cases)])
    said = counted(source, cases) if cases else NO_TESTS
    return TestSuite(said, cases, reading.left_out, reading.interactive)


def orphans_left_out(files: Sequence[Path]) -> tuple[LeftOut, ...]:
    """A sentence for each output that has no input."""
    return tuple(LeftOut(file.name, f"{file.name} has no input beside it.") for file in files)


def uniquely_named(groups: Sequence[tuple[str, Sequence[TestCase]]]) -> tuple[TestCase, ...]:
    """The cases of labelled groups, each once; where groups share a name, their labels are said with it."""
    counts: dict[str, int] = {}
    for _, cases in groups:
        for name in {case.name for case in cases}:
            counts[name] = counts.get(name, 0) + 1
    result: dict[str, TestCase] = {}
    for label, cases in groups:
        for case in cases:
            base = f"{label}/{case.name}" if counts[case.name] > 1 else case.name
            name, serial = base, 2
            while name in result and result[name] != replace(case, name=name):
                name, serial = f"{base} ({serial})", serial + 1
            result[name] = replace(case, name=name)
    return tuple(result.values())


def counted(source: str, cases: Sequence[TestCase]) -> str:
    """``sum.tests/ (6 tests)``."""
    return f"{source} ({len(cases)} test{'s' * (len(cases) != 1)})"
