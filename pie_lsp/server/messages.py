"""Our own messages beside LSP's: their names and what they carry. Each has a standard fallback (README).

Field names become camelCase on the wire (`pie_lsp.server.wire`). Knows nothing of pygls, jobs or results.
"""

from dataclasses import dataclass
from enum import Enum

from pie_lsp.text.positions import Position

RUN = "pie/run"
"""Optimize and answer when it is done; cancelling the request stops the job. Without it: `pie.optimize`."""
VERIFY_COPY = "pie/verifyCopy"
"""Verify what the person made of a copy of the file."""
RESULTS = "pie/results"
"""Everything that was found. Without it: code actions, hover and diagnostics."""
RESULTS_CHANGED = "pie/resultsChanged"
"""Sent to clients that say so in ``experimental``. Without it: diagnostics and refreshed lenses."""

Token = int | str
"""Names a progress display."""


class Scope(Enum):
    """What `pie/run` works on."""

    FUNCTION = "function"
    FILE = "file"
    CHANGED = "changed"
    """The functions that differ from a revision of git."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """LSP's TextDocumentIdentifier."""

    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionPlace:
    """Selects a function; `line` is 1-based, `fingerprint` of its text as the client knew it."""

    qualified_name: str
    line: int
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunParams:
    """What `pie/run` asks for.

    text_document    the file; may be left out where `folder` is there
    position         in the function, or else `function` names it
    folder           of a git work tree, of which all changed files are meant
    base             the revision that changed functions differ from
    work_done_token  where progress is reported; without it, as for commands
    """

    scope: Scope
    text_document: FileName | None = None
    position: Position | None = None
    function: FunctionPlace | None = None
    folder: str | None = None
    base: str = "HEAD"
    work_done_token: Token | None = None

    def __post_init__(self) -> None:
        if self.scope is Scope.CHANGED:
            wanted = self.text_document is not None or self.folder is not None
        else:
            wanted = self.text_document is not None
        if self.scope is Scope.FUNCTION:
            wanted = wanted and (self.position is not None or self.function is not None)
        if not wanted:
            raise ValueError("it does not say what is meant")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCopyParams:
    """What `pie/verifyCopy` asks for.

    text_document  the original
    result, rank   the suggestion of which the copy was made
    text           the whole text of the copy
    """

    text_document: FileName
    result: str
    text: str
    rank: int | None = None
    work_done_token: Token | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsParams:
    """Of which file the results are wanted; of all where none is named."""

    text_document: FileName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnswer:
    """Ids of what was found, in the order of the functions, and a sentence for the person."""

    results: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The answer to commands that start several jobs."""

    jobs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The answer to `pie.apply`. `problem` is the sentence that is shown too."""

    applied: bool
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """LSP's Range."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionName:
    """The function of a run, as it stands now."""

    name: str
    qualified_name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """Where the tests were found, and how many are measured."""

    source: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFigure:
    """Old against new on one test."""

    name: str
    old_cost: int
    new_cost: int
    speedup: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One suggestion.

    short       for the space behind a line of code
    low, high   of the speedup, over layouts or as a clock's interval
    applicable  it may be applied to the text as it is now
    """

    rank: int
    title: str
    headline: str
    short: str
    speedup: float
    low: float | None
    high: float | None
    assurance: str
    explanation: str
    notes: tuple[str, ...]
    llm_generated: bool
    per_test: tuple[TestFigure, ...]
    original: str
    proposed: str
    applicable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """One candidate that is not offered, and why."""

    function: str
    title: str
    proposer: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one job found, and how that relates to the text as it is now.

    range     of the function's name; None where it is not there any more
    standing  "fresh", "applied", "stale" or "nothing"
    machine   what measured; empty where nothing was measured, as `unit` is then
    old_cost  summed over the tests
    """

    id: str
    uri: str
    function: FunctionName
    range: Range | None
    standing: str
    message: str
    machine: str
    unit: str
    tests: Tests
    old_cost: int | None
    candidates: tuple[Candidate, ...]
    rejected: tuple[Refused, ...]
    advice: tuple[str, ...]
    cached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The answer to `pie/results`, the newest run first."""

    runs: tuple[Run, ...]
