"""``.cph/.NAME_MD5.prob``: what the extension Competitive Programming Helper saves for a source.

The file is JSON with ``tests: [{id, input, output}]`` and ``interactive`` (CPH's src/types.ts); the hash
is the MD5 of the absolute path of the source (src/parser.ts), so it goes stale when a folder moves.
"""

import os
from collections.abc import Sequence
from hashlib import md5
from pathlib import Path
from typing import cast

from pie_lsp.values.testing import LeftOut, TestCase
from pie_lsp.verify.test_formats.files import UnreadableError, read_json
from pie_lsp.verify.test_formats.layout import Reading, TestFormat

_SUFFIX = ".prob"


class Cph(TestFormat):
    """One problem file per source."""

    def problem_file_of(self, source: Path) -> Path | None:
        """By the hash of the path; after a move by base name, first those that name folder and source."""
        folder = source.parent / ".cph"
        digest = md5(os.fsencode(source.absolute()), usedforsecurity=False).hexdigest()
        exact = folder / f".{source.name}_{digest}{_SUFFIX}"
        if exact.is_file():
            return exact
        prefix = f".{source.name}_"
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError:
            return None
        moved = [folder / name for name in names if name.startswith(prefix) and name.endswith(_SUFFIX)]
        mine = [path for path in moved if _source_tail(path) == source.absolute().parts[-2:]]
        return next(iter(mine or moved), None)

    def reads(self, file: Path) -> bool:
        """By suffix."""
        return file.suffix == _SUFFIX

    def read(self, file: Path) -> Reading:
        """The tests in the order of the file; what is no test is left out with a sentence."""
        try:
            problem = read_json(file, (file.parent.resolve(),))
        except UnreadableError as error:
            return Reading(left_out=(LeftOut(file.name, f"{file.name} {error}."),))
        if not isinstance(problem, dict):
            return Reading(left_out=(LeftOut(file.name, f"{file.name} is not a problem file of CPH."),))
        interactive = problem.get("interactive") is True
        tests = problem.get("tests")
        if not isinstance(tests, list):
            reason = f"{file.name} has no list of tests."
            return Reading(left_out=(LeftOut(file.name, reason),), interactive=interactive)
        cases, left_out = _read_tests(tests)
        return Reading(cases, left_out, interactive)


def _read_tests(tests: Sequence[object]) -> tuple[tuple[TestCase, ...], tuple[LeftOut, ...]]:
    cases: list[TestCase] = []
    left_out: list[LeftOut] = []
    for number, test in enumerate(tests, start=1):
        name = f"cph-{number}"
        fields = cast("dict[str, object]", test) if isinstance(test, dict) else {}
        given, output = fields.get("input"), fields.get("output", "")
        if not isinstance(given, str) or not isinstance(output, str):
            left_out.append(
                LeftOut(name, f"Test {number} of the problem file has no text as its input and output.")
            )
            continue
        # CPH saves an empty output for a test whose answer the user never filled in.
        expected = _bytes(output) if output.strip() else None
        cases.append(TestCase(name, _bytes(given), expected))
    return tuple(cases), tuple(left_out)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _source_tail(file: Path) -> tuple[str, ...]:
    """Folder and name of the source that the file was saved for, which survive a move."""
    try:
        problem = read_json(file, (file.parent.resolve(),))
    except UnreadableError:
        return ()
    path = problem.get("srcPath") if isinstance(problem, dict) else None
    return tuple(path.replace("\\", "/").split("/")[-2:]) if isinstance(path, str) else ()


FORMAT = Cph()
