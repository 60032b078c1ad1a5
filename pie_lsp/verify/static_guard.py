"""Tier T0: rejects a candidate by its text alone, before anything is compiled.

Syntax only; knows nothing of builds, runs or costs. The checks are in `pie_lsp.verify.guards`.
"""

from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.values.candidate import Candidate
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.testing import TestSuite
from pie_lsp.verify.guards import CHECKS
from pie_lsp.verify.guards.change import Change


def guard(original: ParsedFile, candidate: Candidate, changed: bytes, suite: TestSuite) -> Rejection | None:
    """The first check that `changed`, the file after the candidate's edits, does not pass.

    Exceptions are granted only where the candidate declares them. A combination of the engine may change
    several functions, since each of its parts passed alone.
    """
    change = Change(original, candidate, changed, suite)
    for check in CHECKS:
        reason = check(change)
        if reason is not None:
            return Rejection(Stage.GUARD, reason)
    return None
