"""Checks problems of the corpus: that every program is right, and every test what it is known to be.

Whatever is wrong with a problem ends in a sentence of its report, and the next problem is checked.
Programs are compiled and run as those of a user are: on a workbench, in the sandbox. They are measured only
where their costs are to be written down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.corpus.costs import COST_TEST, Costs, digests_of_sources, read_costs, write_costs
from pie_lsp.corpus.digests import DIGESTS, Digests, digest, read_digests, write_digests
from pie_lsp.corpus.loader import PROBLEMS, problem_folder, problem_names
from pie_lsp.corpus.metadata import read_problem
from pie_lsp.corpus.problem import TESTS, Problem, Version
from pie_lsp.engine.workbench import Workbench, open_workbench
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import CorpusError, InputError
from pie_lsp.values.report import Rejection
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, TranslationUnit
from pie_lsp.verify.candidate import check as check_on_tests
from pie_lsp.verify.oracle import Answer, Oracle, learn
from pie_lsp.verify.sanitizers import check_sanitized

SANITIZED_TESTS = 2
"""Sanitizers look at the smallest tests only, since programs take many times as long under them."""


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """What was found out about one problem.

    versions  how many programs it has, and `tests` on how many tests each was run; 0 where none was
    faults    a sentence for everything that is wrong
    written   its digests and costs were put down
    """

    name: str
    versions: int
    tests: int
    faults: tuple[str, ...]
    written: bool = False


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """The reports of all problems that were asked for."""

    problems: tuple[ProblemReport, ...]

    @property
    def wrong(self) -> tuple[str, ...]:
        """The names of the problems with a fault."""
        return tuple(it.name for it in self.problems if it.faults)


@dataclass(frozen=True, slots=True)
class _Wish:
    """How thoroughly to check. `write` puts digests down instead of comparing with them."""

    tests: int
    sanitize: bool
    write: bool


async def check(
    names: Sequence[str],
    settings: Settings,
    tests: int = TESTS,
    *,
    root: Path = PROBLEMS,
    sanitize: bool = False,
    write: bool = False,
    told: Callable[[ProblemReport], None] | None = None,
) -> CorpusReport:
    """Check the problems `names` of `root`, or all, on their first `tests` tests.

    sanitize  also run every program under sanitizers on its two smallest tests
    write     put the digests and the costs of a problem down where nothing else is wrong with it
    told      is called with each report as soon as there is one

    Raises CorpusError for a name that is not there, InputError for a wish that cannot be granted,
    MissingToolError and SandboxError where programs cannot be compiled or run.
    """
    if not 1 <= tests <= TESTS:
        raise InputError(f"Every problem has {TESTS} tests, so {tests} of them cannot be checked.")
    if write and tests < TESTS:
        raise InputError("Digests are written of all tests; leave --tests out.")
    for name in names:
        problem_folder(name, root)
    reports = []
    for name in dict.fromkeys(names or problem_names(root)):
        reports.append(await _check_problem(name, root, settings, _Wish(tests, sanitize, write)))
        if told is not None:
            told(reports[-1])
    return CorpusReport(tuple(reports))


async def _check_problem(name: str, root: Path, settings: Settings, wish: _Wish) -> ProblemReport:
    try:
        problem = read_problem(root / name)
        known = None if wish.write else read_digests(problem.folder)
        inputs = tuple(problem.test(number) for number in range(1, wish.tests + 1))
        faults = _faults_of_inputs(problem, inputs, known)
    except CorpusError as error:
        # The report names the problem already.
        return ProblemReport(name, 0, 0, (str(error).removeprefix(f"{name}: "),))
    cases = tuple(TestCase(str(number), data) for number, data in enumerate(inputs, start=1))
    async with open_workbench(
        settings, problem.folder / problem.versions[0].file, expected_builds=1, or_clock=not wish.write
    ) as bench:
        answers, found = await _check_programs(bench, problem, cases, settings, wish)
        faults += found
        if known is not None:
            faults += _faults_of_outputs(answers, known)
            # A program that is wrong is mended first, which makes another program of it.
            faults += [] if faults else _faults_of_costs(problem)
        written = wish.write and not faults
        if written:
            outputs = tuple(digest(answer.outcome.stdout) for answer in answers)
            write_digests(problem.folder, Digests(tuple(map(digest, inputs)), outputs))
            write_costs(problem.folder, await _costs(bench, problem, cases[COST_TEST - 1]))
    return ProblemReport(name, len(problem.versions), wish.tests, tuple(faults), written)


def _faults_of_costs(problem: Problem) -> list[str]:
    try:
        read_costs(problem)
    except CorpusError as error:
        return [str(error).removeprefix(f"{problem.name}: ")]
    return []


async def _costs(bench: Workbench, problem: Problem, case: TestCase) -> Costs:
    """What every version costs on `case`. Raises MeasurementError where one cannot be measured."""
    cycles = []
    for version in problem.versions:
        binary = await bench.build_original(_unit(problem, version))
        cycles.append((await bench.backend.measure(binary, case)).amount)
    chain = bench.toolchain
    return Costs(
        model=bench.backend.model,
        compiler=f"{chain.version}, {' '.join(chain.flags)}",
        sources=digests_of_sources(problem),
        cycles=tuple(cycles),
    )


def _faults_of_inputs(problem: Problem, inputs: Sequence[bytes], known: Digests | None) -> list[str]:
    faults = []
    for number, data in enumerate(inputs, start=1):
        if problem.test(number) != data:
            faults.append(f"Test {number} is another one when it is made again.")
        try:
            problem.validate(data.decode("ascii"))
        except ValueError as error:
            faults.append(f"Test {number} is no valid input: {error}.")
        if known is not None and digest(data) != known.inputs[number - 1]:
            faults.append(f"Test {number} is not the one that {DIGESTS} knows.")
    return faults


def _faults_of_outputs(answers: Sequence[Answer], known: Digests) -> list[str]:
    return [
        f"What is printed on test {answer.test.name} is not what {DIGESTS} knows."
        for answer in answers
        if digest(answer.outcome.stdout) != known.outputs[int(answer.test.name) - 1]
    ]


async def _check_programs(
    bench: Workbench, problem: Problem, cases: Sequence[TestCase], settings: Settings, wish: _Wish
) -> tuple[tuple[Answer, ...], list[str]]:
    """What the first version does on the tests, and everything that is wrong with any version."""
    first, *later = problem.versions
    binary, faults = await _build(bench, problem, first)
    if binary is None:
        return (), faults
    suite = TestSuite(problem.name, tuple(cases))
    oracle = await learn(bench.sandbox, binary, suite, settings.limits, bench.scratch)
    faults += [f"{first.file}: {left_out.reason}" for left_out in oracle.left_out]
    faults += [
        f"{first.file}: On test {answer.test.name} it does not end with status 0 and without a message."
        for answer in oracle.answers
        if answer.outcome.exit_status != 0 or answer.outcome.stderr
    ]
    work = [_check_later(bench, problem, version, oracle) for version in later]
    if wish.sanitize:
        work += [_check_sanitized(bench, problem, it, oracle, settings) for it in problem.versions]
    for found in await all_of(work):
        faults += found
    return oracle.answers, faults


async def _check_later(bench: Workbench, problem: Problem, version: Version, oracle: Oracle) -> list[str]:
    binary, faults = await _build(bench, problem, version)
    if binary is not None:
        verdict = await check_on_tests(bench.sandbox, binary, oracle, bench.scratch)
        if isinstance(verdict, Rejection):
            faults.append(f"{version.file}: {verdict.reason}")
    return faults


async def _check_sanitized(
    bench: Workbench, problem: Problem, version: Version, oracle: Oracle, settings: Settings
) -> list[str]:
    smallest = replace(oracle, answers=oracle.smallest_first[:SANITIZED_TESTS])
    unit = _unit(problem, version)
    verdict = await check_sanitized(
        bench.compiler, bench.sandbox, unit, smallest, settings.limits, bench.scratch
    )
    return [f"{version.file}: {verdict.reason}"] if isinstance(verdict, Rejection) else []


async def _build(bench: Workbench, problem: Problem, version: Version) -> tuple[Binary | None, list[str]]:
    built = await bench.compiler.build(_unit(problem, version), BuildMode.OPTIMIZED)
    if isinstance(built, BuildFailure):
        return None, [f"{version.file} cannot be built: {built.reason}"]
    return built, [f"{version.file} is compiled with a warning: {warning}" for warning in built.warnings]


def _unit(problem: Problem, version: Version) -> TranslationUnit:
    return TranslationUnit(version.file, problem.folder, version.source)
