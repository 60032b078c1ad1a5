"""Suggestions in SARIF 2.1.0, the format in which code hosts and editors read what analyses found.

Every suggestion is a result with a fix. Nothing here depends on a clock, so that equal runs give equal logs.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from pie_lsp import __version__
from pie_lsp.cli.documents import Json
from pie_lsp.text.positions import PositionEncoding, TextPositions
from pie_lsp.text.source import BOM
from pie_lsp.values.span import Span

if TYPE_CHECKING:
    from pie_lsp.cli.outcome import FileOutcome, Outcomes
    from pie_lsp.values.report import OptimizeReport, Suggestion

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""Name of the folder that the locations are seen from, as code hosts know it."""


def sarif_log(outcomes: "Outcomes") -> str:
    """The whole log, in ASCII."""
    rules = sorted({one.provenance.proposer for file in outcomes.files for one in file.suggestions})
    results = [
        _result(one, file, file.report, outcomes.name_of(file), rules)
        for file in outcomes.files
        if file.report is not None
        for one in file.suggestions
    ]
    run: dict[str, Json] = {
        "tool": {"driver": _driver(rules)},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"uri": outcomes.root.as_uri() + "/"}},
        "invocations": [_invocation(outcomes)],
        "results": results,
    }
    log: dict[str, Json] = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _driver(rules: Sequence[str]) -> Json:
    return {"name": "pie-lsp", "version": __version__, "rules": [_rule(one) for one in rules]}


def _rule(name: str) -> Json:
    from pie_lsp.propose.registry import all_rules

    found = next((one.document for one in all_rules() if one.id == name), None)
    if found is None:
        return {"id": name, "shortDescription": {"text": f"A rewrite by {name}."}}
    return {
        "id": name,
        "shortDescription": {"text": found.title},
        "fullDescription": {"text": found.what},
        "help": {"text": f"{found.what} {found.when}"},
    }


def _invocation(outcomes: "Outcomes") -> Json:
    """A file that could not be worked on is told here; a run that broke off writes no log."""
    told: list[Json] = [
        {
            "level": "warning",
            "message": {"text": _message(file.problem)},
            "locations": [{"physicalLocation": {"artifactLocation": _place(outcomes.name_of(file))}}],
        }
        for file in outcomes.files
        if file.problem
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _result(
    suggestion: "Suggestion", file: "FileOutcome", report: "OptimizeReport", name: str, rules: Sequence[str]
) -> Json:
    text = file.source.decode(report.encoding)
    bom = file.source.startswith(BOM)
    positions = TextPositions(text.removeprefix("\ufeff"), PositionEncoding.UTF16, report.encoding, bom)
    function, proposer = suggestion.function, suggestion.provenance.proposer
    words = f"'{function.name}': {suggestion.headline}: {suggestion.title}. {suggestion.explanation}"
    return {
        "ruleId": proposer,
        "ruleIndex": rules.index(proposer),
        "level": "note",
        "message": {"text": _message(words)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _place(name),
                    "region": _region(positions, function.name_span),
                },
                "logicalLocations": [{"fullyQualifiedName": function.qualified_name, "kind": "function"}],
            }
        ],
        "partialFingerprints": {"pieFunction/v1": _identity(name, function.qualified_name, proposer)},
        "fixes": [_fix(suggestion, report, positions, name)],
        "properties": _properties(suggestion, report),
    }


def _message(words: str) -> str:
    """Sentences as they stand: nothing in them is a link or a place to be filled (SARIF 3.11)."""
    return re.sub(r"\{([0-9]+)\}", r"{{\1}}", words).replace("](", "] (")


def _fix(suggestion: "Suggestion", report: "OptimizeReport", positions: TextPositions, name: str) -> Json:
    replacement: Mapping[str, Json] = {
        "deletedRegion": _region(positions, suggestion.edit.span),
        "insertedContent": {"text": suggestion.edit.replacement.decode(report.encoding)},
    }
    change: Mapping[str, Json] = {"artifactLocation": _place(name), "replacements": [replacement]}
    return {"description": {"text": suggestion.title}, "artifactChanges": [change]}


def _properties(suggestion: "Suggestion", report: "OptimizeReport") -> Json:
    baseline, origin, layouts = report.baseline, suggestion.origin, suggestion.layouts
    assert baseline is not None, "nothing is offered without a measured original"
    measured = origin or baseline
    return {
        "speedup": suggestion.comparison.speedup,
        "speedupNet": suggestion.comparison.speedup_net,
        "layouts": None if layouts is None else {"low": layouts.low, "high": layouts.high},
        "machine": f"{measured.backend}, {measured.model}",
        "unit": measured.unit,
        "rank": suggestion.rank,
        "tests": suggestion.tests_passed,
        "assurance": suggestion.assurance,
        "notes": list(suggestion.notes),
        "writtenByModel": suggestion.provenance.by_model,
    }


def _region(positions: TextPositions, span: Span) -> Json:
    """Lines and columns from 1; the end is behind the last character."""
    start, end = positions.range_of(span)
    return {
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    }


def _place(name: str) -> Json:
    return {"uri": quote(os.fsencode(name)), "uriBaseId": ROOT}


def _identity(*parts: str) -> str:
    """The same from run to run while file, function and kind of edit are, wherever the lines went."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()
