"""``pie-lsp bench models``: scores a language model on our corpus or PIE's files, by the paper's figures."""

import argparse
import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.arguments import Subparsers
from pie_lsp.cli.asking import add_retrieval, add_sampling
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pie_lsp.cli.documents import Json
    from pie_lsp.research.scoring.bench import ModelBench, ScoredProgram
    from pie_lsp.research.scoring.tasks import Task
    from pie_lsp.values.settings import Settings

SCORES = "scores.json"
_SPLITS = ("train", "validation", "test")
_MEANT = ("strategy", "samples", "model_seed", "retriever")


def add_to(actions: Subparsers) -> None:
    """Declare the subcommand."""
    parser = actions.add_parser(
        "models",
        help="score a language model by PIE's figures: %%Opt, Speedup and %%Correct of the best of k",
    )
    parser.add_argument(
        "--language-model", metavar="NAME", help="one of the language models in your settings"
    )
    add_sampling(parser, "answers for each program; the figures are for k = 1 to N (default: 8)")
    add_retrieval(parser)
    parser.add_argument("--out", metavar="FOLDER", required=True, help="where all that is found out is kept")
    parser.add_argument("--split", choices=_SPLITS, help="problems of the corpus (default: test)")
    parser.add_argument(
        "--problem", action="append", default=[], metavar="NAME", help="only this one; may be repeated"
    )
    parser.add_argument("--limit", type=shared.positive, metavar="N", help="only the first N programs")
    parser.add_argument("--pie", metavar="JSONL", help="programs of PIE's files in place of the corpus")
    parser.add_argument(
        "--pie-tests", metavar="FOLDER", help="their tests: a folder for each problem, with input.N.txt"
    )
    shared.add_toolchain(parser)
    shared.add_json(parser)
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> int:
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.progress import say
    from pie_lsp.research.scoring.bench import bench_models
    from pie_lsp.research.scoring.report import write, write_samples

    settings, tasks = _settings(arguments), _tasks(arguments)
    folder = shared.absolute(arguments.out)
    found = run_job(bench_models(tasks, settings, folder, say))
    document = _document(found)
    write_samples(found, folder)
    write(folder / SCORES, iter([json.dumps(document, indent=2).encode("ascii") + b"\n"]))
    for sentence in (*found.torn, *found.told):
        say(sentence)
    if arguments.json:
        from pie_lsp.cli.documents import print_document

        print_document(document)
    else:
        _print(found)
    return 0


def _settings(arguments: argparse.Namespace) -> "Settings":
    from pie_lsp.cli.progress import say
    from pie_lsp.engine.settings import load_settings

    settings, messages = load_settings(None)
    for message in messages:
        say(message)
    given = {name: getattr(arguments, name) for name in _MEANT if getattr(arguments, name) is not None}
    if arguments.encoder is not None:
        given["encoder"] = str(shared.absolute(arguments.encoder))
    if arguments.language_model is not None:
        given["language_model"] = arguments.language_model
    settings = dataclasses.replace(shared.with_toolchain(settings, arguments), **given)
    if not settings.language_model:
        raise InputError("Name the language model to score with --language-model.")
    return settings


def _tasks(arguments: argparse.Namespace) -> "Sequence[Task]":
    from pie_lsp.cli.progress import say
    from pie_lsp.corpus.problem import Split
    from pie_lsp.research.scoring.pie_tasks import pie_tasks
    from pie_lsp.research.scoring.tasks import corpus_tasks

    if (arguments.pie is None) != (arguments.pie_tests is None):
        raise InputError(
            "--pie and --pie-tests belong together: the programs, and the tests of their problems."
        )
    if arguments.pie is None:
        found = corpus_tasks(Split(arguments.split or "test"), arguments.problem)
    else:
        if arguments.split is not None:
            raise InputError("--split is about the corpus; PIE has one file for each split.")
        file, tests = (shared.absolute(name) for name in (arguments.pie, arguments.pie_tests))
        read = pie_tasks(file, tests, arguments.problem)
        for line in read.left_out:
            say(f"{Path(arguments.pie).name}:{line.line}: left out, since {line.reason}")
        found = read.tasks
    if not found:
        raise InputError("There is no program to score on.")
    return found[: arguments.limit]


def _document(found: "ModelBench") -> "dict[str, Json]":
    samples = [one for program in found.programs for one in program.samples]
    return {
        "schema": 1,
        **_about(found),
        "programs": len(found.programs),
        "at_k": [
            {name: getattr(one, name) for name in type(one).__dataclass_fields__} for one in found.scores
        ],
        "stages": dict(found.stages),
        "unmeasured": sum(one.outcome.correct and one.outcome.speedup is None for one in samples),
        "per_program": [_program(one) for one in found.programs],
        "left_out": [
            {"program": one.task.name, "problem": one.task.problem, "reason": one.program.problem}
            for one in found.left_out
        ],
        "usage": {
            "requests": found.spent.requests,
            "prompt_tokens": found.spent.prompt_tokens,
            "completion_tokens": found.spent.completion_tokens,
            "cost_microdollars": found.spent.cost_microdollars,
        },
    }


def _about(found: "ModelBench") -> "dict[str, Json]":
    """What was asked, and what measured."""
    recipe, limits = found.recipe, found.recipe.limits
    return {
        "model": {
            "name": found.model,
            "identity": found.identity,
            "strategy": found.strategy,
            "retriever": found.retriever,
            "temperature": found.temperature,
            "seed": found.seed,
            "samples": found.samples,
            "prompts": found.prompts,
        },
        "machine": {
            "backend": recipe.backend,
            "model": recipe.model,
            "compiler": recipe.compiler,
            "library": recipe.library,
            "flags": list(recipe.flags),
            "link": recipe.link.value,
            "cpu_seconds": limits.cpu_seconds,
            "memory_bytes": limits.memory_bytes,
        },
    }


def _program(one: "ScoredProgram") -> "dict[str, Json]":
    outcomes = [sample.outcome for sample in one.samples]
    return {
        "program": one.task.name,
        "problem": one.task.problem,
        "cost": one.program.cost,
        "unit": one.program.unit or None,
        "tests": one.program.tests,
        "tests_left_out": list(one.program.left_out),
        "unmeasured": one.program.unmeasured or None,
        "not_asked": one.problem or None,
        "correct": [it.correct for it in outcomes],
        "speedup": [it.speedup for it in outcomes],
        "offered": [it.offered for it in outcomes],
    }


def _print(found: "ModelBench") -> None:
    from pie_lsp.cli.terminal import output, visible

    programs = len(found.programs)
    samples = f"{found.samples} sample{'s' * (found.samples != 1)}"
    lines = [
        f"{found.model}, {found.strategy}, {samples} for each of {programs} "
        f"program{'s' * (programs != 1)}; {found.recipe.backend}, {found.recipe.model}",
        "  k    %Opt  Speedup  %Correct  geometric  median  offered",
        *(
            f"{it.k:>3}  {it.pct_opt:>6.2f}  {it.speedup:>6.2f}x  {it.pct_correct:>8.2f}  "
            f"{it.speedup_geometric:>8.2f}x  {it.speedup_median:>5.2f}x  {it.pct_offered:>7.2f}"
            for it in found.scores
        ),
        "where the samples fell: " + ", ".join(f"{count} {name}" for name, count in found.stages.items()),
        *(f"left out: {one.task.name}: {one.program.problem}" for one in found.left_out),
    ]
    console = output()
    for line in lines:
        console.print(visible(line), soft_wrap=True)
