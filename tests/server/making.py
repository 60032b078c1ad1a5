"""Results as the engine would have made them."""

from pathlib import Path

from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.server.results import Result
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.measurement import Comparison, Cost
from pie_lsp.values.report import OptimizeReport, Suggestion
from pie_lsp.values.settings import Settings
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestSuite
from pie_lsp.values.toolchain import Toolchain

from .conftest import document

OLD = "int g() { return 1; }\nvoid f() {\n  slow();\n}\n"
PATH = Path("/nowhere/a.cpp")


def make_suggestion(
    rank: int, edit: Edit, old: str = OLD, kind: ProposerKind = ProposerKind.RULE, notes: tuple[str, ...] = ()
) -> Suggestion:
    """A suggestion that is one edit of `old`."""
    new = apply_edits(old.encode(), (edit,))
    function = document(old).function("f", None)
    assert function is not None
    return Suggestion(
        rank=rank,
        title=f"Title {rank}",
        explanation="It does less.",
        function=function.ref,
        provenance=Provenance("S1", "1", kind),
        edit=edit,
        new_source=new,
        new_text=new,
        comparison=Comparison((Cost(34, "cycles"),), (Cost(10, "cycles"),), 3.4, 3.4),
        tests_passed=12,
        tests_total=12,
        assurance="12 tests, sanitizers clean",
        headline=f"{4 - rank}.40x faster, estimated Skylake cycles, 12 tests",
        notes=notes,
    )


def make_report(
    suggestions: tuple[Suggestion, ...], advice: tuple[str, ...] = (), evidence: str = "e"
) -> OptimizeReport:
    """A report with these suggestions."""
    return OptimizeReport(
        path=PATH,
        encoding="utf-8",
        functions=(),
        refused=(),
        toolchain=Toolchain("/usr/bin/g++", "g++", ()),
        tests=TestSuite("none"),
        baseline=None,
        suggestions=suggestions,
        rejected=(),
        advice=advice,
        evidence=evidence,
        seconds=0.0,
    )


def make_result(old: str = OLD, suggestions: tuple[Suggestion, ...] | None = None) -> Result:
    """The result of a job for `f`."""
    start = old.index("slow")
    if suggestions is None:
        words = (b"fast", b"faster")
        edits = [Edit(Span(start, start + 4), word) for word in words]
        suggestions = tuple(make_suggestion(rank, edit, old) for rank, edit in enumerate(edits, start=1))
    function = document(old).function("f", None)
    assert function is not None
    request = OptimizeRequest(PATH, old.encode(), None, Settings())
    return Result(
        id="pie-result-1",
        document="d",
        function=function.ref,
        request=request,
        report=make_report(suggestions),
    )
