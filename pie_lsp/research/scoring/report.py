"""The lines of a run, one for each sample, for whoever wants to look at them or learn from them.

The same rows give the same bytes, whoever made them and however often the run was ended.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from pie_lsp.research.rows import write_whole
from pie_lsp.research.scoring.bench import ModelBench, ScoredProgram, ScoredSample
from pie_lsp.values.errors import InputError

SAMPLES = "samples.jsonl"


def write_samples(found: ModelBench, folder: Path) -> None:
    """Write the lines into `folder`. Raises InputError where that cannot be."""
    write(folder / SAMPLES, _lines(found))


def write(path: Path, lines: Iterator[bytes]) -> None:
    """Write a file whole. Raises InputError where that cannot be; all rows are kept."""
    try:
        write_whole(path, lines)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}); all rows are kept, so the same command writes it "
            "once there is room."
        ) from None


def _lines(found: ModelBench) -> Iterator[bytes]:
    for program in (*found.programs, *found.left_out):
        for sample in program.samples:
            yield json.dumps(_line(program, sample)).encode("ascii") + b"\n"


def _line(program: ScoredProgram, sample: ScoredSample) -> dict[str, object]:
    asked, verdict = sample.asked, sample.verdict
    outcome = sample.outcome
    return {
        "program": program.task.name,
        "problem": program.task.problem,
        "sample": sample.number,
        "seed": None if asked is None else asked.seed,
        "prompt": None if asked is None else asked.prompt,
        "answer": None if asked is None else asked.text,
        "finish": None if asked is None else asked.sample.finish.value,
        "correct": outcome.correct,
        "old": None if verdict is None else verdict.old,
        "new": None if verdict is None else verdict.new,
        "speedup": outcome.speedup,
        "reason": program.problem or program.program.problem if verdict is None else verdict.reason,
        "offered": outcome.offered,
        "stage": sample.stage,
        "refusal": "" if verdict is None else verdict.refusal,
        "key": None if verdict is None else verdict.key,
    }
