"""The JSON documents of the command line, schema 1; they are described in the README.

Dictionaries are the format here, so this is the one place that makes them. All text is escaped to
ASCII when it is printed, so no terminal or pipe can spoil it.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.engine.remarks import remarks
from pie_lsp.text.diff import unified_diff
from pie_lsp.values.candidate import ProposerKind, Provenance
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import (
    Baseline,
    Comparison,
    Cost,
    Interval,
    NativeAdvice,
    Origin,
    SystemCalls,
)
from pie_lsp.values.profile import FunctionShare, ProfileReport
from pie_lsp.values.report import OptimizeReport, Rejected, Suggestion
from pie_lsp.values.toolchain import Toolchain

if TYPE_CHECKING:
    from pie_lsp.cli.outcome import FileOutcome
    from pie_lsp.engine.measure import MeasureReport
    from pie_lsp.research.corpus_check import ProblemReport
    from pie_lsp.retrieval.pie_files import PieFile

SCHEMA = 1
"""Raised when a field is removed or changes its meaning; new fields alone do not raise it."""

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


def print_document(document: Mapping[str, Json]) -> None:
    """Print exactly one document on standard output."""
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


def optimize_document(report: OptimizeReport, source: bytes, applied: int | None) -> dict[str, Json]:
    """The document of ``pie-lsp optimize``; `applied` is the rank that was written to the file."""
    names = [case.name for case in report.tests.cases]
    return {
        "schema": SCHEMA,
        "file": str(report.path),
        "encoding": report.encoding,
        "functions": [_function(function) for function in report.functions],
        "refused": [{"name": it.name, "line": it.line, "reason": it.reason} for it in report.refused],
        "toolchain": _toolchain(report.toolchain),
        "tests": {
            "source": report.tests.source,
            "count": len(names),
            "left_out": [{"name": it.name, "reason": it.reason} for it in report.tests.left_out],
        },
        "baseline": _baseline(report.baseline),
        "suggestions": [_suggestion(it, report, source, names) for it in report.suggestions],
        "rejected": [_rejected(it) for it in report.rejected],
        "applied": applied,
        "advice": list(report.advice),
        "evidence": report.evidence,
        "cached": report.cached,
        "seconds": round(report.seconds, 3),
    }


def changed_document(base: str, files: Sequence["FileOutcome"]) -> dict[str, Json]:
    """The document of ``pie-lsp optimize --changed``: in `files`, one document of `optimize` for each file.

    Of a file that could not be worked on it says the problem alone.
    """
    return {
        "schema": SCHEMA,
        "base": base,
        "files": [
            {"file": str(it.path), "problem": it.problem}
            if it.report is None
            else {**optimize_document(it.report, it.source, it.applied), "problem": None}
            for it in files
        ],
    }


def measure_document(file: str, report: "MeasureReport") -> dict[str, Json]:
    """The document of ``pie-lsp measure``."""
    baseline = report.baseline
    return {
        "schema": SCHEMA,
        "file": file,
        "toolchain": _toolchain(report.toolchain),
        "cost": baseline.total,
        "unit": baseline.unit,
        "backend": baseline.backend,
        "model": baseline.model,
        "expected_error": baseline.expected_error,
        "floor": baseline.floor,
        "per_input": [
            {"name": case.name, **_cost(cost)}
            for case, cost in zip(report.cases, baseline.costs, strict=True)
        ],
        "function": _region(report),
        "notes": list(report.notes),
    }


def _region(report: "MeasureReport") -> Json:
    region = report.region
    if region is None:
        return None
    return {
        "name": region.function,
        "cost": sum(cost.amount for cost in region.costs),
        "whole": sum(cost.whole for cost in region.costs),
        "share": region.share,
        "most_speedup": region.most_speedup,
        "per_input": [
            {"name": case.name, "entries": cost.entries, "cost": cost.amount, "whole": cost.whole}
            for case, cost in zip(report.cases, region.costs, strict=True)
        ],
    }


def import_document(name: str, kept: Path, found: "PieFile") -> dict[str, Json]:
    """The document of ``pie-lsp corpus import``."""
    return {
        "schema": SCHEMA,
        "name": name,
        "file": str(kept),
        "lines": found.lines,
        "pairs": len(found.corpus),
        "left_out": [{"line": it.line, "reason": it.reason} for it in found.left_out],
    }


def corpus_document(problems: Sequence["ProblemReport"]) -> dict[str, Json]:
    """The document of ``pie-lsp corpus check``."""
    return {
        "schema": SCHEMA,
        "problems": [
            {
                "name": it.name,
                "versions": it.versions,
                "tests": it.tests,
                "faults": list(it.faults),
                "written": it.written,
            }
            for it in problems
        ],
    }


def profile_document(report: ProfileReport) -> dict[str, Json]:
    """The document of ``pie-lsp profile``."""
    return {
        "schema": SCHEMA,
        "file": str(report.path),
        "toolchain": _toolchain(report.toolchain),
        "backend": report.backend,
        "model": report.model,
        "unit": report.unit,
        "inputs": list(report.tests),
        "cost": report.measured,
        "floor": report.floor,
        "attributed_cost": report.profile.total,
        "functions": [_share(share) for share in report.profile.functions],
        "rest": report.profile.rest,
        "advice": list(report.advice),
    }


def _share(share: FunctionShare) -> Json:
    return {
        **_function(share.function),
        "share": share.share,
        "cost": share.cost.amount,
        "self_cost": share.cost.own,
        "called": [{"name": part.name, "cost": part.amount} for part in share.cost.called],
        "out_of_line": share.out_of_line,
    }


def diff_of(suggestion: Suggestion, report: OptimizeReport, source: bytes) -> str:
    """The suggestion as a unified diff, decoded as the file is.

    Only the name of the file, which has no encoding, can hold bytes that the file's encoding has not;
    they become lone surrogates (PEP 383).
    """
    diff = unified_diff(source, suggestion.new_source, report.path.name)
    return diff.decode(report.encoding, "surrogateescape")


def _function(function: FunctionRef) -> dict[str, Json]:
    return {"name": function.name, "qualified_name": function.qualified_name, "line": function.line}


def _toolchain(toolchain: Toolchain) -> Json:
    return {
        "compiler": toolchain.compiler,
        "version": toolchain.version,
        "flags": list(toolchain.flags),
        "link": toolchain.link.value,
        "include_dirs": [str(folder) for folder in toolchain.include_dirs],
    }


def _baseline(baseline: Baseline | None) -> Json:
    if baseline is None:
        return None
    return {
        "cost": baseline.total,
        "unit": baseline.unit,
        "floor": baseline.floor,
        "backend": baseline.backend,
        "model": baseline.model,
        "expected_error": baseline.expected_error,
    }


def _suggestion(
    suggestion: Suggestion, report: OptimizeReport, source: bytes, names: Sequence[str]
) -> dict[str, Json]:
    comparison, baseline = suggestion.comparison, report.baseline
    assert baseline is not None, "nothing is offered without a measured original"
    return {
        "rank": suggestion.rank,
        "title": suggestion.title,
        "headline": suggestion.headline,
        "function": suggestion.function.name,
        "line": suggestion.function.line,
        **_provenance(suggestion.provenance),
        **_origin(suggestion.origin or baseline),
        "expected_error": _expected_error(suggestion, baseline),
        "speedup": comparison.speedup,
        "speedup_net": comparison.speedup_net,
        "interval": _interval(comparison.interval),
        "control": _interval(comparison.control),
        "layouts": _layouts(suggestion, baseline),
        "screened": _screened(suggestion, baseline),
        "system_calls": _calls(suggestion.system_calls),
        "system_time": suggestion.system_time,
        "native": _native(suggestion.native),
        "old_cost": sum(cost.amount for cost in comparison.old),
        "cost": sum(cost.amount for cost in comparison.new),
        "share_before": suggestion.share_before,
        "share_after": suggestion.share_after,
        "per_test": _per_test(comparison, names),
        "tests_passed": suggestion.tests_passed,
        "tests_total": suggestion.tests_total,
        "assurance": suggestion.assurance,
        "explanation": suggestion.explanation,
        "notes": list(remarks(suggestion)),
        "diff": diff_of(suggestion, report, source),
        "new_text": suggestion.new_text.decode(report.encoding),
    }


def _origin(origin: Origin | Baseline) -> dict[str, Json]:
    return {"backend": origin.backend, "model": origin.model, "unit": origin.unit}


def _screened(suggestion: Suggestion, baseline: Baseline) -> Json:
    """What the estimate said where another backend confirmed; its costs are no others' to divide by."""
    screened = suggestion.screened
    if screened is None:
        return None
    cost = sum(cost.amount for cost in screened.new)
    speedups: dict[str, Json] = {"speedup": screened.speedup, "speedup_net": screened.speedup_net}
    return {**_origin(baseline), **speedups, "old_cost": baseline.total, "cost": cost}


def _expected_error(suggestion: Suggestion, baseline: Baseline) -> float | None:
    """None where another than the estimate decided: a simulator that confirmed it, or the clock."""
    confirmed = suggestion.origin is not None
    return None if confirmed or suggestion.system_time else baseline.expected_error


def _per_test(comparison: Comparison, names: Sequence[str]) -> Json:
    return [
        {"name": name, "old_cost": old.amount, "new_cost": new.amount, "speedup": _ratio(old, new)}
        for name, old, new in zip(names, comparison.old, comparison.new, strict=True)
    ]


def _ratio(old: Cost, new: Cost) -> float | None:
    """Nothing where the clock is too coarse to see the new program at all."""
    return old.amount / new.amount if new.amount else None


def _rejected(rejected: Rejected) -> dict[str, Json]:
    return {
        "function": rejected.function,
        **_provenance(rejected.provenance),
        "title": rejected.title,
        "stage": rejected.rejection.stage.value,
        "reason": rejected.rejection.reason,
    }


def _provenance(provenance: Provenance) -> dict[str, Json]:
    return {
        "proposer": provenance.proposer,
        "proposer_version": provenance.version,
        "kind": provenance.kind.value,
        **({"details": dict(provenance.details)} if provenance.kind is ProposerKind.MODEL else {}),
    }


def _interval(interval: Interval | None) -> Json:
    return None if interval is None else {"low": interval.low, "high": interval.high}


def _layouts(suggestion: Suggestion, baseline: Baseline) -> Json:
    """The range and what it comes from: where layouts were not simulated, that is the estimate."""
    layouts, origin = suggestion.layouts, suggestion.origin
    if layouts is None:
        return None
    per_layout: list[Json] = [
        {"layout": it.layout, "old_cost": it.old, "new_cost": it.new, "speedup": it.speedup}
        for it in layouts.figures
    ]
    measured_by = _origin(origin if origin is not None and origin.layouts else baseline)
    return {**measured_by, "low": layouts.low, "high": layouts.high, "per_layout": per_layout}


def _calls(calls: SystemCalls | None) -> Json:
    return None if calls is None else {"old": calls.old, "new": calls.new}


def _native(native: NativeAdvice | None) -> Json:
    if native is None:
        return None
    return {"words": native.words, "speedup": native.speedup, "interval": _interval(native.interval)}


def _cost(cost: Cost) -> dict[str, Json]:
    return {
        "cost": cost.amount,
        "parts": [{"name": part.name, "count": part.count, "cost": part.amount} for part in cost.parts],
        "functions": [{"name": part.name, "cost": part.amount} for part in cost.functions],
    }
