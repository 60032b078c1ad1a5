"""Programs to score on from the files that the authors of PIE published, in both of their formats.

Tests lie in one folder for each problem, as PIE's merged test cases do: ``p02549/input.0.txt`` and
``p02549/output.0.txt``. The column ``tests``, where a line has it, names those that the authors let count.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pie_lsp.research.scoring.tasks import Task
from pie_lsp.retrieval.pie_files import LeftOut, NoPairError, pair_of_line
from pie_lsp.values.errors import InputError
from pie_lsp.values.testing import TestCase

_INPUT = re.compile(r"input\.(\d+)\.txt")
_SOURCE = "program.cpp"
_PLAIN = re.compile(r"\w[\w.-]*")


@dataclass(frozen=True, slots=True)
class PieTasks:
    """What a file gives: one task for each line, in its order, and the lines that give none."""

    tasks: tuple[Task, ...]
    left_out: tuple[LeftOut, ...]


def pie_tasks(file: Path, tests: Path, names: Sequence[str] = ()) -> PieTasks:
    """The tasks of `file`, of the problems `names` or of all, with the tests in the folder `tests`.

    A line that repeats an earlier program is a task of its own, as PIE counts it. Raises InputError where
    something cannot be read, and where a named problem is not there.
    """
    if not tests.is_dir():
        raise InputError(f"{tests} is no folder; name the one with PIE's merged test cases.")
    tasks: list[Task] = []
    left_out: list[LeftOut] = []
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        tasks.append(_task(file, number, line, tests))
                    except NoPairError as reason:
                        left_out.append(LeftOut(number, str(reason)))
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}).") from None
    missing = set(names) - {task.problem for task in tasks}
    if missing:
        raise InputError(f"{file.name} has no program of the problem {min(missing)}.")
    chosen = tuple(task for task in tasks if not names or task.problem in names)
    return PieTasks(chosen, tuple(left_out))


def _task(file: Path, number: int, line: bytes, tests: Path) -> Task:
    pair = pair_of_line(line, file.stem)
    if not _PLAIN.fullmatch(pair.problem):
        raise NoPairError(f"{pair.problem!r} is no name of a problem")
    folder = tests / pair.problem
    read: Callable[[], tuple[TestCase, ...]] = partial(read_tests, folder, _chosen(line))
    return Task(f"{file.name}:{number}", pair.problem, file.parent / _SOURCE, pair.before, "", read)


def _chosen(line: bytes) -> frozenset[int] | None:
    """The tests that count; None for all."""
    listed = json.loads(line).get("tests")
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(str(one).isdecimal() for one in listed):
        raise NoPairError("its tests are no list of numbers")
    return frozenset(int(one) for one in listed)


def read_tests(folder: Path, chosen: frozenset[int] | None) -> tuple[TestCase, ...]:
    """The tests in `folder`, by number. Raises InputError where one cannot be read."""
    numbers = sorted(
        int(found[1]) for path in folder.glob("input.*.txt") if (found := _INPUT.fullmatch(path.name))
    )
    try:
        return tuple(_test(folder, number) for number in numbers if chosen is None or number in chosen)
    except OSError as error:
        raise InputError(f"A test in {folder} cannot be read ({error.strerror}).") from None


def _test(folder: Path, number: int) -> TestCase:
    expected = folder / f"output.{number}.txt"
    given = (folder / f"input.{number}.txt").read_bytes()
    return TestCase(str(number), given, expected.read_bytes() if expected.exists() else None)
