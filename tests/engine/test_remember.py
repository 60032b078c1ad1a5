"""Which reports are kept, and for whom they are found again."""

import dataclasses
from pathlib import Path

import pytest

from pie_lsp.engine.cache import ResultCache, open_cache
from pie_lsp.engine.clock import FROM_CACHE
from pie_lsp.engine.remember import recall, remember
from pie_lsp.engine.subject import Subject, read_subject
from pie_lsp.values.candidate import ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.measurement import Baseline, Comparison, Interval, NativeAdvice
from pie_lsp.values.report import OptimizeReport, Rejected, Rejection, Stage, Suggestion
from pie_lsp.values.toolchain import Toolchain

from .conftest import Project


@pytest.fixture
def cache(tmp_path: Path) -> ResultCache:
    return open_cache(tmp_path / "kept")


@pytest.fixture
def subject(project: Project) -> Subject:
    return read_subject(project.request("repeat"))


def report_on(subject: Subject) -> OptimizeReport:
    return OptimizeReport(
        path=subject.request.path,
        encoding="utf-8",
        functions=tuple(function.ref for function in subject.functions),
        refused=(),
        toolchain=Toolchain("/usr/bin/g++", "g++", ("-O3",)),
        tests=subject.suite,
        baseline=None,
        suggestions=(),
        rejected=(),
        advice=("Nothing was found.",),
        evidence=subject.evidence,
        seconds=2.5,
    )


def test_a_report_is_found_again_and_says_so(cache: ResultCache, subject: Subject) -> None:
    assert recall(cache, subject) is None
    report = report_on(subject)
    remember(cache, subject, report)
    assert recall(cache, subject) == dataclasses.replace(report, cached=True)


def test_without_a_cache_nothing_is_kept(subject: Subject) -> None:
    remember(None, subject, report_on(subject))
    assert recall(None, subject) is None


def test_other_bytes_are_another_report_even_where_the_evidence_is_the_same(
    cache: ResultCache, subject: Subject, project: Project
) -> None:
    remember(cache, subject, report_on(subject))
    project.path.write_bytes(
        project.path.read_bytes() + b"// A comment moves nothing, but spans are bytes.\n"
    )
    commented = read_subject(project.request("repeat"))
    assert commented.evidence == subject.evidence
    assert recall(cache, commented) is None


def test_another_function_is_another_report(cache: ResultCache, subject: Subject, project: Project) -> None:
    remember(cache, subject, report_on(subject))
    assert recall(cache, read_subject(project.request("main"))) is None
    assert recall(cache, read_subject(project.request())) is None


@pytest.mark.parametrize("stage", [Stage.UNVERIFIED, Stage.BUILD, Stage.MEASURE, Stage.NATIVE])
def test_what_a_clock_or_a_full_machine_cut_off_is_not_kept(
    cache: ResultCache, subject: Subject, stage: Stage
) -> None:
    rejection = Rejection(stage, "the time budget ran out")
    cut = Rejected("repeat", "Append", Provenance("S1", "1"), rejection)
    remember(cache, subject, dataclasses.replace(report_on(subject), rejected=(cut,)))
    assert recall(cache, subject) is None


def test_what_a_model_wrote_that_does_not_compile_is_kept(cache: ResultCache, subject: Subject) -> None:
    model = Provenance("tiny/few-shot", "1", ProposerKind.MODEL)
    fallen = Rejected("repeat", "Rewrite", model, Rejection(Stage.BUILD, "it does not compile"))
    remember(cache, subject, dataclasses.replace(report_on(subject), rejected=(fallen,)), "asked")
    assert recall(cache, subject, "asked") is not None
    assert recall(cache, subject) is None and recall(cache, subject, "asked otherwise") is None


def test_what_a_clock_measured_is_not_kept(cache: ResultCache, subject: Subject) -> None:
    clock = Baseline("native", "this machine", "nanoseconds", 5, ())
    remember(cache, subject, dataclasses.replace(report_on(subject), baseline=clock))
    assert recall(cache, subject) is None
    model = Baseline("estimate", "skylake/1", "cycles", 5, ())
    remember(cache, subject, dataclasses.replace(report_on(subject), baseline=model))
    assert recall(cache, subject) is not None


def suggestion_of(subject: Subject, native: NativeAdvice | None, system_time: bool = False) -> Suggestion:
    function = subject.functions[0].ref
    return Suggestion(
        rank=1,
        title="Append",
        explanation="",
        function=function,
        provenance=Provenance("S1", "1"),
        edit=Edit(function.span, b""),
        new_source=b"",
        new_text=b"",
        comparison=Comparison((), (), 2.0, 2.0),
        tests_passed=1,
        tests_total=1,
        assurance="",
        headline="2.00x faster",
        system_time=system_time,
        native=native,
    )


FASTER = NativeAdvice("this machine 2.00x [1.90, 2.10]", 2.0, Interval(1.9, 2.1))
SLOWER = NativeAdvice("slower on this machine: 0.80x [0.70, 0.90]", 0.8, Interval(0.7, 0.9))


def test_the_clocks_advice_is_left_out_and_that_is_said(cache: ResultCache, subject: Subject) -> None:
    offered = suggestion_of(subject, FASTER)
    remember(cache, subject, dataclasses.replace(report_on(subject), suggestions=(offered,)))
    recalled = recall(cache, subject)
    assert recalled is not None
    assert recalled.suggestions == (dataclasses.replace(offered, native=NativeAdvice(FROM_CACHE)),)


def test_what_a_clock_ranked_or_let_through_is_not_kept(cache: ResultCache, subject: Subject) -> None:
    for offered in (suggestion_of(subject, SLOWER), suggestion_of(subject, FASTER, system_time=True)):
        remember(cache, subject, dataclasses.replace(report_on(subject), suggestions=(offered,)))
        assert recall(cache, subject) is None


def test_a_report_that_rests_on_other_evidence_is_not_believed(cache: ResultCache, subject: Subject) -> None:
    remember(cache, subject, dataclasses.replace(report_on(subject), evidence="0" * 64))
    assert recall(cache, subject) is None


def test_a_report_of_tests_that_lie_elsewhere_is_another(
    cache: ResultCache, subject: Subject, project: Project
) -> None:
    remember(cache, subject, report_on(subject))
    project.tests.rename(project.tests.with_name("tests"))
    moved = read_subject(project.request("repeat"))
    assert moved.evidence == subject.evidence
    assert recall(cache, moved) is None
