"""Finds the tests of a source: named ones first, then CPH's, then ``<stem>.tests/``, then shared folders.

Knows files and layouts; runs nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from pie_lsp.values.testing import LeftOut, TestSuite
from pie_lsp.verify.named_tests import read_named
from pie_lsp.verify.test_formats.files import read_pairs, visible_files
from pie_lsp.verify.test_formats.layout import Listing, Pair
from pie_lsp.verify.test_formats.registry import formats
from pie_lsp.verify.test_formats.suites import NO_TESTS, Place, list_tests, orphans_left_out, suite_of

SHARED_FOLDERS = ("tests", "test")
"""Folders that serve every source beside them; ``test`` is the one of online-judge-tools."""

_SOURCE_SUFFIXES = frozenset({".cpp", ".cc", ".cxx", ".c++", ".C"})


def discover(path: Path, named: Sequence[Path] = (), workspace: Path | None = None) -> TestSuite:
    """The tests of the source `path`, which itself need not exist.

    named      files and folders that the user chose; they alone are used. Relative ones are looked for
               in the current folder, then in `workspace`
    workspace  folder that links may lead into besides the source's own

    Raises InputError where something named does not exist or holds no test.
    """
    source = path.absolute()
    roots = [source.parent.resolve()] + ([workspace.resolve()] if workspace is not None else [])
    place = Place(source, tuple(roots))
    problem = _read_problem_file(place)
    interactive = problem is not None and problem.interactive
    if named:
        suite = read_named(place, [_absolute(choice, workspace) for choice in named])
    else:
        suite = _search(place, problem)
    return _printable(suite, interactive)


def _absolute(choice: Path, workspace: Path | None) -> Path:
    here = choice.absolute()
    return here if workspace is None or here.exists() else workspace.absolute() / choice


def _printable(suite: TestSuite, interactive: bool) -> TestSuite:
    """The names of files come from an untrusted workspace and are shown in terminals and editors."""
    return TestSuite(
        source=_escaped(suite.source),
        cases=tuple(replace(case, name=_escaped(case.name)) for case in suite.cases),
        left_out=tuple(LeftOut(_escaped(left.name), _escaped(left.reason)) for left in suite.left_out),
        interactive=suite.interactive or interactive,
    )


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _search(place: Place, problem: TestSuite | None) -> TestSuite:
    """The first place with tests wins; what could not be read on the way there is still said."""
    own = place.folder / f"{place.source.stem}.tests"
    shared = (place.folder / name for name in SHARED_FOLDERS)
    places: tuple[Callable[[], TestSuite | None], ...] = (
        lambda: problem,
        lambda: _read_folder(place, own),
        *(partial(_read_folder, place, folder, shared=True) for folder in shared),
        lambda: _read_beside(place),
    )
    left_out: tuple[LeftOut, ...] = ()
    for look in places:
        suite = look()
        if suite is not None:
            left_out += suite.left_out
            if suite.cases:
                return replace(suite, left_out=left_out)
    return TestSuite(NO_TESTS, left_out=left_out)


def _read_problem_file(place: Place) -> TestSuite | None:
    for layout in formats():
        file = layout.problem_file_of(place.source)
        if file is not None:
            return suite_of(place.shown(file), layout.read(file))
    return None


def _read_folder(place: Place, folder: Path, *, shared: bool = False) -> TestSuite | None:
    """The tests in an automatically found folder; None where there is no such folder."""
    if not folder.is_dir():
        return None
    name = f"{place.shown(folder)}/"
    try:
        listing = list_tests(visible_files(folder))
    except OSError as error:
        return TestSuite(NO_TESTS, left_out=(LeftOut(name, f"{name} cannot be read ({error.strerror})."),))
    if shared:
        listing = Listing(_of_source(place, listing.pairs), listing.orphans)
    reading = read_pairs(listing.pairs, place.roots)
    return suite_of(name, replace(reading, left_out=reading.left_out + orphans_left_out(listing.orphans)))


def _read_beside(place: Place) -> TestSuite:
    """Pairs in the source's own folder, but only those that clearly belong to it."""
    try:
        pairs = list_tests(visible_files(place.folder)).pairs
    except OSError:
        return TestSuite(NO_TESTS)
    mine = tuple(pair for pair in pairs if _begins_with(pair.name, place.source.stem))
    if not mine and _other_stems(place):
        return TestSuite(NO_TESTS)
    return suite_of(f"beside {place.source.name}", read_pairs(mine or pairs, place.roots))


def _of_source(place: Place, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Those of a shared folder that are for this source, where their names say for which one they are."""
    mine = tuple(pair for pair in pairs if _begins_with(pair.name, place.source.stem))
    if mine:
        return mine
    others = _other_stems(place)
    return tuple(pair for pair in pairs if not any(_begins_with(pair.name, stem) for stem in others))


def _other_stems(place: Place) -> tuple[str, ...]:
    try:
        files = visible_files(place.folder)
    except OSError:
        return ()
    mine = place.source.stem
    return tuple(file.stem for file in files if file.suffix in _SOURCE_SUFFIXES and file.stem != mine)


def _begins_with(name: str, stem: str) -> bool:
    """Whether a test called `name` is one of the source `stem`: ``sum``, ``sum-1``, ``sum.2``, ``sum3``."""
    return name == stem or re.fullmatch(re.escape(stem) + r"([-_. ].*|\d+)", name, re.DOTALL) is not None
