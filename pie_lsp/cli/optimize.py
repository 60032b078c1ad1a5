"""``pie-lsp optimize``: everything the engine finds for one file, or for what changed in a work tree.

The report is for people or JSON; `pie_lsp.cli.review` writes the files that other programs read.
"""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.arguments import Subparsers
from pie_lsp.cli.asking import add_options, print_prompts, with_language_model
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from pie_lsp.cli.outcome import FileOutcome, Outcomes
    from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest

SUGGESTED = 1
"""Exit status of ``--fail-on-suggestion`` where something is offered."""


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("optimize", help="find verified, measured speedups for a C++ file")
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="C++ source of a program that reads standard input; with --changed, files and folders to look "
        "for changes in (default: the whole work tree)",
    )
    parser.add_argument(
        "--changed",
        metavar="BASE",
        help="every function of the git work tree that differs from this revision, such as main or HEAD~1",
    )
    parser.add_argument(
        "--function",
        metavar="NAME[@LINE]",
        help="only this function; the line tells functions of one name apart (default: every function)",
    )
    parser.add_argument(
        "--tests",
        action="append",
        default=[],
        metavar="PATH",
        help="folder of tests or input file to use instead of what lies beside the file; may be repeated",
    )
    shared.add_toolchain(parser)
    parser.add_argument(
        "--top", type=shared.positive, metavar="N", help="at most N suggestions (default: all)"
    )
    parser.add_argument(
        "--min-speedup", type=shared.ratio, metavar="RATIO", help="offer nothing below this (default: 1.10)"
    )
    add_options(parser)
    parser.add_argument("--apply", action="store_true", help="write the best suggestion to FILE")
    shared.add_json(parser)
    _add_outputs(parser)
    parser.set_defaults(run=run)


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--sarif", metavar="OUT", help="write the suggestions to this file in SARIF 2.1.0 too"
    )
    parser.add_argument(
        "--markdown", metavar="OUT", help="write them to this file as a comment for a review too"
    )
    parser.add_argument(
        "--fail-on-suggestion",
        action="store_true",
        help=f"end with status {SUGGESTED} where something is offered",
    )


def run(arguments: argparse.Namespace) -> int:
    """Optimize, print, and apply where asked to. Returns 0 also where nothing is offered."""
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.outcome import optimize_all
    from pie_lsp.cli.review import check_outputs, write_outputs

    check_outputs(arguments)
    if arguments.changed is not None:
        from pie_lsp.cli.changed import optimize_changed

        job = optimize_changed(arguments, _request)
    else:
        request = _request(_only(arguments), arguments, _selectors(arguments))
        if arguments.show_prompt:
            print_prompts(request)
            return 0
        job = optimize_all([request])
    outcomes = run_job(job)
    problems: list[InputError] = []
    if arguments.apply:
        outcomes = _applied(outcomes, problems)
    _print(outcomes, arguments)
    write_outputs(outcomes, arguments)
    sys.stdout.flush()
    for one in outcomes.files:
        if one.applied is not None:
            sys.stderr.write(f"suggestion {one.applied} was written to {one.path}\n")
    if problems:
        raise problems[0]
    offered = any(one.suggestions for one in outcomes.files)
    return SUGGESTED if offered and arguments.fail_on_suggestion else 0


def _only(arguments: argparse.Namespace) -> Path:
    if len(arguments.files) != 1:
        asked = "the following arguments are required: FILE" if not arguments.files else "name one FILE alone"
        raise InputError(f"{asked}, or a revision with --changed; see pie-lsp optimize --help.")
    return shared.absolute(arguments.files[0])


def _print(outcomes: "Outcomes", arguments: argparse.Namespace) -> None:
    if arguments.json:
        from pie_lsp.cli.documents import changed_document, optimize_document, print_document

        if arguments.changed is not None:
            print_document(changed_document(arguments.changed, outcomes.files))
        else:
            (one,) = outcomes.files
            assert one.report is not None, "a file that is named alone raises its problem"
            print_document(optimize_document(one.report, one.source, one.applied))
        return
    from pie_lsp.cli.report import print_report, print_reports

    if arguments.changed is not None:
        print_reports(arguments.changed, outcomes)
    else:
        for one in outcomes.files:
            assert one.report is not None, "a file that is named alone raises its problem"
            print_report(one.report, one.source)


def selector(word: str) -> "FunctionSelector":
    """``NAME`` or ``NAME@LINE``. Raises InputError."""
    from pie_lsp.engine.contract import FunctionSelector

    name, at, line = word.rpartition("@")
    if not at:
        name, line = line, ""
    if not name or (at and not (line.isdecimal() and int(line) > 0)):
        raise InputError(f"--function takes NAME or NAME@LINE with a line counted from 1, not {word!r}.")
    return FunctionSelector(name, int(line) if line else None)


def _selectors(arguments: argparse.Namespace) -> "tuple[FunctionSelector, ...]":
    return () if arguments.function is None else (selector(arguments.function),)


def _request(
    path: Path, arguments: argparse.Namespace, selectors: "tuple[FunctionSelector, ...]"
) -> "OptimizeRequest":
    """The request about these functions of the file, or about all of them where none is named."""
    from pie_lsp.cli.configuration import settings_for
    from pie_lsp.engine.contract import OptimizeRequest
    from pie_lsp.text.source import read_source

    source = read_source(path).data
    settings = shared.with_toolchain(settings_for(path), arguments)
    if arguments.tests:
        settings = dataclasses.replace(settings, tests=tuple(map(_existing, arguments.tests)))
    if arguments.top is not None:
        settings = dataclasses.replace(settings, top=arguments.top)
    if arguments.min_speedup is not None:
        settings = dataclasses.replace(settings, min_speedup=arguments.min_speedup)
    settings = with_language_model(settings, arguments)
    return OptimizeRequest(path, source, next(iter(selectors), None), settings, selectors[1:])


def _existing(word: str) -> Path:
    path = shared.absolute(word)
    if not path.exists():
        raise InputError(f"--tests names {word}, which does not exist.")
    return path


def _applied(outcomes: "Outcomes", problems: list[InputError]) -> "Outcomes":
    """With the best suggestion of each file written; what was not written is shown anyway, and then said."""
    files = []
    for one in outcomes.files:
        try:
            files.append(_written(one))
        except InputError as problem:
            problems.append(problem)
            files.append(one)
    return dataclasses.replace(outcomes, files=tuple(files))


def _written(outcome: "FileOutcome") -> "FileOutcome":
    from pie_lsp.cli.apply import write_atomically

    if not outcome.suggestions:
        return outcome
    best = outcome.suggestions[0]
    write_atomically(outcome.path, outcome.source, best.new_source)
    return dataclasses.replace(outcome, applied=best.rank)
