"""Scores one model on many programs. Every answer and every verdict is kept at once, so a run can be ended at
any time and goes on with what is missing.

The faults of the evaluator that PIE released are not repeated here. Those that a test can notice have one in
`tests/research/scoring/test_pie_faults.py`:

1  A run on a part of the programs is not padded with failures, and no number of programs is expected: the
   denominator is the number of programs that were judged, and the report has it.
2, 3, 11, 15  No number of processors, no port and no queue is assumed; there is no request that holds a whole
   batch, and what is finished is kept.
4  The flags that the programs are built with are those that the report names.
5  Outputs are compared byte for byte with those of the original, and line by line with the expected ones:
   lines that are too much are a difference, numbers are not compared with a tolerance, and an empty expected
   output is one.
6  What is measured is compared again: a program that answers otherwise under the emulator, or cannot be
   measured there, has no speedup, and the report counts it.
7  The original is measured with the same backend, on the same machine model, as its answers.
8  No limit of real time decides whether an answer is right; what such a limit cut off is judged again by the
   next run.
9  Lines that share one program are one row each, as the paper averages over pairs.
10 One sample is scored as eight are.
12, 13  A failed run has its reason in the report, whatever its output is; rows have names, and no columns.
14 Everything that a model wrote is compiled and run in the sandbox.
16 The geometric mean and the median stand beside the arithmetic mean.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp import __version__
from pie_lsp.build.compile_commands import project_flags
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.models.contract import Usage
from pie_lsp.research.at_work import driving
from pie_lsp.research.recipe import Recipe
from pie_lsp.research.scoring.asking import Asked, Asker, Questioned, open_asker
from pie_lsp.research.scoring.judging import Court, Weighed, open_court
from pie_lsp.research.scoring.kept import KeptRows, ProgramRow, VerdictRow, key_of
from pie_lsp.research.scoring.metrics import Outcome, Score, scores
from pie_lsp.research.scoring.programs import read_programs
from pie_lsp.research.scoring.tasks import Task
from pie_lsp.research.worker import NOWHERE, recipe_of
from pie_lsp.retrieval.registry import DEFAULT
from pie_lsp.sandbox.beside import all_of
from pie_lsp.values.errors import InputError, MeasurementError
from pie_lsp.values.settings import Settings

_FORMAT = "pie-lsp verdict 1"
"""Goes up when verdicts on the same content come to mean something else."""

NO_ANSWER = "no answer"
"""Where a sample stands that the model did not give, or could not be asked for."""
OFFERED = "offered"

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ScoredSample:
    """One sample; `asked` and `verdict` are None where the model gave no answer."""

    number: int
    asked: Asked | None
    verdict: VerdictRow | None

    @property
    def outcome(self) -> Outcome:
        """As the metrics want it."""
        one = self.verdict
        if one is None:
            return Outcome(False)
        return Outcome(one.correct, _ratio(one.old, one.new), _ratio(one.old, one.offered))

    @property
    def stage(self) -> str:
        """Where it fell on the way to being offered."""
        if self.verdict is None:
            return NO_ANSWER
        return self.verdict.stage if self.verdict.offered is None else OFFERED


@dataclass(frozen=True, slots=True)
class ScoredProgram:
    """One task with its samples. `problem` says why the model could not be asked, in a sentence."""

    task: Task
    program: ProgramRow
    samples: tuple[ScoredSample, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ModelBench:
    """What came of a run.

    programs  those that were judged; `left_out` those on which nothing can be judged, with the reason
    spent     on all answers, also those of earlier runs
    stages    where the samples fell on the way to being offered, and how many did not
    told      sentences about the model
    torn      sentences about rows that were not whole
    """

    model: str
    identity: str
    strategy: str
    retriever: str | None
    temperature: float
    seed: int
    samples: int
    prompts: str
    recipe: Recipe
    programs: tuple[ScoredProgram, ...]
    left_out: tuple[ScoredProgram, ...]
    scores: tuple[Score, ...]
    spent: Usage
    stages: Mapping[str, int]
    told: tuple[str, ...]
    torn: tuple[str, ...]


async def bench_models(tasks: Sequence[Task], settings: Settings, folder: Path, say: Say) -> ModelBench:
    """Score the model that `settings` name on `tasks`, with the rows in `folder`.

    Raises InputError for a clock as the backend, for a folder that another run fills, and for what cannot be
    asked; ModelError where the model fails, and what the engine raises for faults of the machine. What was
    found until then is kept.
    """
    if settings.backend == "native":
        raise InputError("Models are not scored by a clock; take --backend estimate or gem5.")
    with driving(_made(folder)):
        # Read under the lock: what a run that has just ended kept is not made again.
        rows = KeptRows(folder / "rows")
        async with open_asker(settings, rows) as asker:
            return await _Run(settings, rows, asker, await _recipe(settings), say).execute(tasks)


def _made(folder: Path) -> Path:
    """`folder`, made where it is not there. Raises InputError where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be used for rows ({error.strerror}).") from None
    return folder


async def _recipe(settings: Settings) -> Recipe:
    async with open_workbench(settings, NOWHERE, expected_builds=1, or_clock=False) as bench:
        if bench.backend.is_clock:
            raise InputError("Models are not scored by a clock; take --backend estimate or gem5.")
        return recipe_of(bench, settings, bench.toolchain.flags)


class _Run:
    """One run at work."""

    def __init__(self, settings: Settings, rows: KeptRows, asker: Asker, recipe: Recipe, say: Say) -> None:
        self._settings = settings
        self._rows = rows
        self._asker = asker
        self._recipe = recipe
        self._say = say

    async def execute(self, tasks: Sequence[Task]) -> ModelBench:
        made: list[ScoredProgram] = []
        for number, task in enumerate(tasks, start=1):
            self._say(f"{number} of {len(tasks)}: {task.name}")
            made.append(await self._scored(task))
        judged = tuple(one for one in made if not one.program.problem)
        if not judged:
            first = f" The first: {made[0].task.name}: {made[0].program.problem}" if made else ""
            raise MeasurementError(f"There is no program on which a model can be judged.{first}")
        asker, samples = self._asker, [one for program in judged for one in program.samples]
        outcomes = [[one.outcome for one in program.samples] for program in judged]
        return ModelBench(
            model=asker.model.name,
            identity=asker.model.identity,
            strategy=asker.plan.strategy.name,
            retriever=self._settings.retriever or DEFAULT if asker.plan.strategy.nearest else None,
            temperature=asker.plan.temperature,
            seed=asker.plan.seed,
            samples=asker.plan.samples,
            prompts=asker.version,
            recipe=self._recipe,
            programs=judged,
            left_out=tuple(one for one in made if one.program.problem),
            scores=scores(outcomes, asker.plan.samples),
            spent=asker.model.spent,
            stages=dict(sorted(Counter(one.stage for one in samples).items())),
            told=asker.told,
            torn=tuple(self._rows.torn),
        )

    async def _scored(self, task: Task) -> ScoredProgram:
        asked = await self._asker.ask(task, self._settings)
        key = self._task_key(task, asked)
        keys = {one.number: self._verdict_key(key, asked, one) for one in asked.answers}
        program = self._rows.get(ProgramRow, key)
        missing = {keys[one.number]: one for one in asked.answers if self._verdict(keys[one.number]) is None}
        found: dict[str, VerdictRow] = {}
        if program is None or (missing and not program.problem):
            program, found = await self._judged(asked, key, missing)
        samples = []
        answers = {one.number: one for one in asked.answers}
        for number in range(self._asker.plan.samples):
            one = answers.get(number)
            verdict = None if one is None else found.get(keys[number]) or self._verdict(keys[number])
            samples.append(ScoredSample(number, one, verdict))
        return ScoredProgram(task, program, tuple(samples), asked.problem)

    async def _judged(
        self, asked: Questioned, key: str, missing: Mapping[str, Asked]
    ) -> tuple[ProgramRow, dict[str, VerdictRow]]:
        """The program, and verdicts on the missing answers; also those that are not kept."""
        try:
            async with open_court(asked.subject, self._settings, len(missing)) as court:
                program = await court.program(key)
                self._rows.put([program])
                if program.problem:
                    return program, {}
                work = [self._weigh(court, asked, name, one) for name, one in missing.items()]
                return program, {one.verdict.key: one.verdict for one in await all_of(work)}
        except InputError as error:
            program = ProgramRow(key, problem=str(error))
            self._rows.put([program])
            return program, {}

    async def _weigh(self, court: Court, asked: Questioned, key: str, one: Asked) -> Weighed:
        assert asked.target is not None, "there is an answer"
        reading = await asyncio.to_thread(read_programs, asked.target, one.text, one.sample.finish)
        weighed = await court.judge(key, asked.target, reading)
        if weighed.settled:
            self._rows.put([weighed.verdict])
        verdict = weighed.verdict
        self._say(f"  sample {one.number + 1}: {'correct' if verdict.correct else 'not correct'}")
        return weighed

    def _verdict(self, key: str) -> VerdictRow | None:
        return self._rows.get(VerdictRow, key)

    def _task_key(self, task: Task, asked: Questioned) -> str:
        tests = [
            part
            for case in asked.subject.suite.cases
            for part in (case.name, case.input, repr((case.expected, case.measured)))
        ]
        how = (_FORMAT, repr(self._recipe), repr(project_flags(task.path).flags), task.path.name)
        return key_of((*how, task.source, *tests))

    def _verdict_key(self, task: str, asked: Questioned, one: Asked) -> str:
        assert asked.target is not None, "there is an answer"
        gate = (__version__, repr(self._settings.min_speedup), asked.target.function.ref.label)
        return key_of((task, *gate, one.sample.finish.value, one.text))


def _ratio(old: int | None, new: int | None) -> float | None:
    return None if old is None or new is None else old / max(new, 1)
