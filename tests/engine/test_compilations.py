"""What is compiled, and when: once before a candidate's first test, with sanitizers for survivors only."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from pie_lsp.build.floor import floor_unit
from pie_lsp.engine.optimize import optimize
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import OptimizeReport
from pie_lsp.values.span import Span
from pie_lsp.values.toolchain import LAYOUTS, BuildMode, TranslationUnit

from .conftest import SLOW, Project
from .recording import Build, Recording, Run, recorded

SLOW_LINE = b"out = out + word;"
REWRITES = {
    "faster": b"out += word;",
    "wrong": b"out = word + word;",
    "not faster": b"{ std::string piece = word; out = out + piece; }",
    "the same": b"out = (out) + word;",
    "broken": b"out = out + wird;",
}


@dataclass(frozen=True)
class Replacing:
    """A proposer that replaces one statement by another, right or wrong."""

    id: str
    line: bytes
    version: str = "1"

    def prepare(self, context: ProposeContext) -> bool:
        return context.function.ref.name == "repeat"

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        start = context.file.data.index(SLOW_LINE)
        yield Candidate(
            function=context.function.ref,
            title=f"Make it {self.id}",
            explanation="For a test.",
            edits=(Edit(Span(start, start + len(SLOW_LINE)), self.line),),
            provenance=Provenance(self.id, self.version),
        )


@dataclass(frozen=True)
class Observed:
    """One real run of the engine on every rewrite, and what it compiled and ran."""

    project: Project
    report: OptimizeReport
    recording: Recording

    @property
    def original(self) -> bytes:
        return self.project.path.read_bytes()

    def rewrite(self, name: str) -> bytes:
        return self.original.replace(SLOW_LINE, REWRITES[name])


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Observed:
    path = tmp_path_factory.mktemp("compilations") / "repeat.cpp"
    path.write_bytes(SLOW)
    project = Project(path)
    project.add_test("1", b"ab 3\n", b"6 2870519715\n")
    project.add_test("2", b"x 0\n", b"0 0\n")
    project.add_test("big", b"abcdefgh 3000\n")
    proposers = tuple(Replacing(name, line) for name, line in REWRITES.items())
    with pytest.MonkeyPatch.context() as patch, recorded() as recording:
        patch.setattr(registry, "proposers", lambda: proposers)
        report = asyncio.run(optimize(project.request("repeat"), lambda event: None))
    return Observed(project, report, recording)


def test_the_list_of_compilations(observed: Observed) -> None:
    report, recording = observed.report, observed.recording
    assert [s.provenance.proposer for s in report.suggestions] == ["faster"]
    assert {r.provenance.proposer for r in report.rejected} == set(REWRITES) - {"faster"}

    builds = Counter((build.source, build.mode) for build in recording.builds)
    assert max(builds.values()) == 1, "nothing is compiled twice"

    unit = TranslationUnit(observed.project.path.name, observed.project.path.parent, observed.original)
    assert set(recording.builds_of(observed.original)) == set(BuildMode) - {BuildMode.ATTRIBUTED}
    assert recording.builds_of(floor_unit(unit).source) == [BuildMode.OPTIMIZED]
    of_the_winner = recording.builds_of(observed.rewrite("faster"))
    assert of_the_winner[:2] == [BuildMode.OPTIMIZED, BuildMode.SANITIZED]
    assert set(of_the_winner[2:]) == set(LAYOUTS)
    for name in set(REWRITES) - {"faster"}:
        assert recording.builds_of(observed.rewrite(name)) == [BuildMode.OPTIMIZED], name
    # The original and the one winner are built once more, with their functions kept out of line.
    apart = [build.source for build in recording.builds if build.mode is BuildMode.ATTRIBUTED]
    assert len(apart) == 2
    assert all(b"__noinline__" in source for source in apart)
    assert sum(builds.values()) == len(BuildMode) - 1 + 1 + len(REWRITES) + 1 + len(LAYOUTS) + len(apart)

    assert recording.compilers_started == sum(builds.values()), "no build starts the compiler twice"
    assert recording.headers_made <= 1


def test_a_candidate_is_compiled_once_before_its_first_test(observed: Observed) -> None:
    for name in ("faster", "wrong", "not faster"):
        source = observed.rewrite(name)
        steps = [step for step in observed.recording.steps if step.source == source]
        first_test = next(i for i, step in enumerate(steps) if isinstance(step, Run))
        assert first_test == 1, name


def test_only_what_passed_its_tests_is_measured(observed: Observed) -> None:
    runs = [step for step in observed.recording.steps if isinstance(step, Run)]
    measured = {run.source for run in runs if run.measured}
    assert observed.rewrite("faster") in measured
    assert observed.rewrite("not faster") in measured
    assert observed.rewrite("wrong") not in measured


def test_sanitizers_see_survivors_of_the_measurement_only(observed: Observed) -> None:
    steps = observed.recording.steps
    sanitized = {step.source for step in steps if step.mode is BuildMode.SANITIZED}
    assert sanitized == {observed.original, observed.rewrite("faster")}
    source = observed.rewrite("faster")
    own = [step for step in steps if step.source == source and step.mode not in LAYOUTS]
    last_measured = max(i for i, step in enumerate(own) if isinstance(step, Run) and step.measured)
    first_sanitized = min(i for i, step in enumerate(own) if step.mode is BuildMode.SANITIZED)
    assert last_measured < first_sanitized


def test_layouts_are_built_for_what_passed_everything_else_and_once_for_the_original(
    observed: Observed,
) -> None:
    steps = observed.recording.steps
    laid_out = Counter(
        (step.source, step.mode) for step in steps if step.mode in LAYOUTS and isinstance(step, Build)
    )
    both = (observed.original, observed.rewrite("faster"))
    assert laid_out == Counter((source, mode) for source in both for mode in LAYOUTS)
    sanitized = [
        i for i, step in enumerate(steps) if step == Run(both[1], BuildMode.SANITIZED, measured=False)
    ]
    assert sanitized[-1] < min(i for i, step in enumerate(steps) if step.mode in LAYOUTS)


def test_nothing_is_measured_twice(observed: Observed) -> None:
    measured = Counter(
        (step.source, step.mode)
        for step in observed.recording.steps
        if isinstance(step, Run) and step.measured
    )
    assert len(observed.report.tests.cases) == 3
    for source in (observed.original, observed.rewrite("faster")):
        for mode in (BuildMode.OPTIMIZED, *LAYOUTS):
            assert measured[source, mode] == 3, mode
    assert measured[observed.rewrite("not faster"), BuildMode.OPTIMIZED] == 3
