"""Names and typed arguments of the commands, all of which stand in `executeCommandProvider`.

Every command takes one object. None is private to an editor extension.
"""

from dataclasses import dataclass

OPTIMIZE = "pie.optimize"
"""Start, or join, the job for one function. Returns ``{"job": id}`` at once."""
CANCEL = "pie.cancel"
"""Stop a job; for editors that show no cancel button beside progress."""
PREVIEW = "pie.preview"
"""Write the suggestion as a ``.diff`` file and show it."""
DISCARD = "pie.discard"
"""Forget the results of a function, and do not offer it by itself again while its text is the same."""
VERIFY_AGAIN = "pie.verifyAgain"
"""Start the job again for results that a later change made stale."""
APPLY = "pie.apply"
"""Apply a suggestion by `workspace/applyEdit`. Returns ``{"applied": bool, "problem": sentence or null}``."""
OPTIMIZE_FILE = "pie.optimizeFile"
"""Start, or join, a job for every function of a file that may gain. Returns ``{"jobs": [id]}`` at once."""
OPTIMIZE_CHANGED = "pie.optimizeChanged"
"""The same for the functions that differ from a revision of git."""
PROFILE = "pie.profile"
"""Start, or join, the job that finds each function's share of the cost. Returns ``{"job": id}`` at once."""
SHARE = "pie.share"
"""Say where the cost of a function goes, as far as a profile knows. Returns the sentence, or null."""


@dataclass(frozen=True, slots=True)
class FileArgument:
    """Selects an open file."""

    uri: str


@dataclass(frozen=True, slots=True)
class ChangedArgument:
    """Selects a file, or a folder of a git work tree, and a revision."""

    uri: str
    base: str | None = None


@dataclass(frozen=True, slots=True)
class FunctionArgument:
    """Selects a function of an open file.

    fingerprint  of the function when the command was offered; the text may have changed since
    """

    uri: str
    function: str
    line: int | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class JobArgument:
    """Selects a job."""

    job: str


@dataclass(frozen=True, slots=True)
class ResultArgument:
    """Selects the results of one function."""

    result: str


@dataclass(frozen=True, slots=True)
class SuggestionArgument:
    """Selects one suggestion."""

    result: str
    rank: int
