"""Reads what sanitizers and libstdc++'s assertions say on standard error; runs nothing."""

import re
from dataclasses import dataclass
from enum import Enum

from pie_lsp.sandbox.contract import Outcome


class Finding(Enum):
    """What a report is about."""

    UNDEFINED = "undefined behaviour"
    RESOURCES = "resources"
    """Memory or stack ran out under the sanitizers, which need several times as much of both."""


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    kind  in the sanitizer's words: "signed integer overflow: …"
    line  of the user's file, None where the report names none
    """

    finding: Finding
    kind: str
    line: int | None

    @property
    def sentence_part(self) -> str:
        """``line 12: heap-buffer-overflow``."""
        return self.kind if self.line is None else f"line {self.line}: {self.kind}"


_UBSAN = re.compile(r"^(?P<place>.*?)(?:: )?runtime error: (?P<kind>.+)$", re.MULTILINE)
_ASAN = re.compile(r"ERROR: AddressSanitizer: (?P<kind>[^\n]+)")
_ASSERTION = re.compile(r"^[^\n]*: Assertion '(?P<kind>[^\n]*)' failed\.", re.MULTILINE)
_RESOURCES = (
    "stack-overflow",
    "out of memory",
    "requested allocation size",
    "rss limit",
    "failed to allocate",
)
_SHOWN = 160


def find_report(outcome: Outcome, file_name: str) -> Report | None:
    """The first report in the standard error of a sanitized run of `file_name`, None where it was clean.

    A program that aborts on purpose is clean: only the abort of a library assertion is a report.
    """
    text = outcome.stderr.decode("utf-8", "replace")
    found = _UBSAN.search(text)
    if found is not None:
        line = _line(found["place"], file_name) or _line(text[found.end() :], file_name)
        return Report(Finding.UNDEFINED, _short(found["kind"]), line)
    assertion, found = _ASSERTION.search(text), _ASAN.search(text)
    if assertion is not None:
        kind = f"a container was used wrongly ({_short(assertion['kind'])} does not hold)"
        return Report(Finding.UNDEFINED, kind, _line(text[assertion.end() :], file_name))
    if found is None or found["kind"].startswith("ABRT"):
        return None
    kind = found["kind"]
    finding = Finding.RESOURCES if any(word in kind.lower() for word in _RESOURCES) else Finding.UNDEFINED
    return Report(finding, _short(kind.split(" on ")[0]), _line(text[found.end() :], file_name))


def _line(text: str, file_name: str) -> int | None:
    """The first line of the user's file that is mentioned."""
    match = re.search(rf"(?:^|[/\s]){re.escape(file_name)}:(\d+)", text)
    return int(match[1]) if match is not None else None


def _short(kind: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in kind.strip())
    return printable if len(printable) <= _SHOWN else f"{printable[:_SHOWN]}…"
