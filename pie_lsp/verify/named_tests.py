"""Reads the tests that a user named: folders, problem files and single inputs. Runs nothing."""

from collections.abc import Sequence
from pathlib import Path

from pie_lsp.values.errors import InputError
from pie_lsp.values.testing import TestSuite
from pie_lsp.verify.test_formats.files import read_pairs, visible_files
from pie_lsp.verify.test_formats.layout import Pair, Reading
from pie_lsp.verify.test_formats.registry import formats
from pie_lsp.verify.test_formats.suites import Place, counted, list_tests, orphans_left_out, uniquely_named


def read_named(place: Place, named: Sequence[Path]) -> TestSuite:
    """The tests that the user chose. Raises InputError where one does not exist or holds no test."""
    readings = [_read_choice(place, choice) for choice in named]
    cases = uniquely_named(
        [(_label(choice), reading.cases) for choice, reading in zip(named, readings, strict=True)]
    )
    return TestSuite(
        source=counted(", ".join(f"{place.shown(choice)}{'/' * choice.is_dir()}" for choice in named), cases),
        cases=cases,
        left_out=tuple(left for reading in readings for left in reading.left_out),
        interactive=any(reading.interactive for reading in readings),
    )


def _read_choice(place: Place, choice: Path) -> Reading:
    try:
        exists = choice.exists()
        is_folder = choice.is_dir()
        files = visible_files(choice) if is_folder else ()
    except OSError as error:
        raise InputError(f"The tests {choice} cannot be read ({error.strerror}).") from error
    if not exists:
        raise InputError(f"There are no tests at {choice}: no such file or folder.")
    reading = _read_named_folder(place, choice, files) if is_folder else _read_named_file(place, choice)
    if not reading.cases:
        why = f": {reading.left_out[0].reason}" if reading.left_out else "; expected NAME.in with NAME.out."
        raise InputError(f"{choice} holds no test that can be used{why}")
    return reading


def _read_named_folder(place: Place, folder: Path, files: Sequence[Path]) -> Reading:
    listing = list_tests(files)
    found = read_pairs(listing.pairs, (*place.roots, folder.resolve()))
    several = [layout.read(file) for layout in formats() for file in files if layout.reads(file)]
    return Reading(
        cases=found.cases + tuple(case for reading in several for case in reading.cases),
        left_out=found.left_out
        + tuple(left for reading in several for left in reading.left_out)
        + orphans_left_out(listing.orphans),
        interactive=any(reading.interactive for reading in several),
    )


def _read_named_file(place: Place, file: Path) -> Reading:
    for layout in formats():
        if layout.reads(file):
            return layout.read(file)
    pairs = (layout.pair_of(file) for layout in formats())
    pair = next((pair for pair in pairs if pair is not None), Pair(file.name, file))
    # What a user names is read wherever it links to.
    roots = (*place.roots, file.parent.resolve(), file.resolve().parent)
    return read_pairs((pair,), roots)


def _label(choice: Path) -> str:
    return choice.name if choice.is_dir() else choice.parent.name
