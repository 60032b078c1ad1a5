"""Keeps whole reports between runs. A report is found again only for the same bytes and the same evidence."""

import dataclasses
import hashlib

from pie_lsp.engine import report_json
from pie_lsp.engine.cache import ResultCache
from pie_lsp.engine.clock import FROM_CACHE
from pie_lsp.engine.confirm import NOT_CONFIRMED, NOT_STARTED
from pie_lsp.engine.shares import CUT_OFF
from pie_lsp.engine.subject import Subject
from pie_lsp.values.measurement import NativeAdvice
from pie_lsp.values.report import OptimizeReport, Rejected, Stage

_MAY_END_DIFFERENTLY = frozenset({Stage.BUILD, Stage.MEASURE, Stage.NATIVE, Stage.UNVERIFIED})


def recall(cache: ResultCache | None, subject: Subject, asked: str = "") -> OptimizeReport | None:
    """The report of an earlier run that rests on the same evidence, or None.

    asked  everything that decides what a language model answers; empty where none is asked
    """
    data = cache.get(_key(subject, asked)) if cache is not None else None
    report = report_json.load(data) if data is not None else None
    if report is None or report.evidence != subject.evidence:
        return None
    return dataclasses.replace(report, path=subject.request.path, cached=True)


def remember(cache: ResultCache | None, subject: Subject, report: OptimizeReport, asked: str = "") -> None:
    """Keep `report`, unless the next run could end differently.

    What was cut off by a clock, or measured by one, is found out anew each time, and so is what a machine
    without memory or room on the disk may have stopped. The clock's advice beside a model's figure is left
    out, and where it moved a suggestion to the end, nothing is kept.
    """
    unsettled = any(_is_unsettled(rejected) for rejected in report.rejected)
    unsettled = unsettled or any(
        line.startswith((CUT_OFF, NOT_CONFIRMED, NOT_STARTED)) for line in report.advice
    )
    if cache is not None and not report.cached and not unsettled and not _decided_by_clock(report):
        cache.put(_key(subject, asked), report_json.dump(_without_clock(report)))


def _is_unsettled(rejected: Rejected) -> bool:
    """What no rule wrote often does not compile, and then that is its own fault: see `judge.py`."""
    stage = rejected.rejection.stage
    own_fault = stage is Stage.BUILD and not rejected.provenance.by_rule
    return stage in _MAY_END_DIFFERENTLY and not own_fault


def _decided_by_clock(report: OptimizeReport) -> bool:
    by_clock = report.baseline is not None and report.baseline.backend == "native"
    return by_clock or any(
        one.system_time or (one.native is not None and one.native.slower) for one in report.suggestions
    )


def _without_clock(report: OptimizeReport) -> OptimizeReport:
    """The same with a word in the place of each figure of a clock."""
    kept = tuple(dataclasses.replace(one, native=NativeAdvice(FROM_CACHE)) for one in report.suggestions)
    return dataclasses.replace(report, suggestions=kept)


def _key(subject: Subject, asked: str) -> str:
    """The evidence leaves out comments and white space, but spans do not: the bytes are in the key too.

    So is what a report says of the tests besides their content: where they lie, and which cannot be used.
    """
    request = subject.request
    selected = ",".join(f"{function.ref.label}:{function.ref.span.start}" for function in subject.functions)
    source = hashlib.sha256(request.source).hexdigest()
    tests = f"{subject.suite.source} {subject.suite.left_out!r}"
    edited = "" if request.edited is None else hashlib.sha256(request.edited).hexdigest()
    parts = (subject.evidence, source, str(request.path), selected, tests, asked, edited)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
