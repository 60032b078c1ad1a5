"""``pie-lsp optimize``: everything the engine finds for one file, for people or as JSON."""

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
    from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
    from pie_lsp.values.report import OptimizeReport


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("optimize", help="find verified, measured speedups for a C++ file")
    parser.add_argument("file", metavar="FILE", help="C++ source of a program that reads standard input")
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
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Optimize, print, and apply where asked to. Returns 0 also where nothing is offered."""
    from pie_lsp.cli.job import run_job

    request = _request(arguments)
    if arguments.show_prompt:
        print_prompts(request)
        return 0
    report = run_job(_optimize(request))
    applied, problem = _applied(report, request) if arguments.apply else (None, None)
    if arguments.json:
        from pie_lsp.cli.documents import optimize_document, print_document

        print_document(optimize_document(report, request.source, applied))
    else:
        from pie_lsp.cli.report import print_report

        print_report(report, request.source)
    sys.stdout.flush()
    if problem is not None:
        raise problem
    if applied is not None:
        sys.stderr.write(f"suggestion {applied} was written to {arguments.file}\n")
    return 0


def selector(word: str) -> "FunctionSelector":
    """``NAME`` or ``NAME@LINE``. Raises InputError."""
    from pie_lsp.engine.contract import FunctionSelector

    name, at, line = word.rpartition("@")
    if not at:
        name, line = line, ""
    if not name or (at and not (line.isdecimal() and int(line) > 0)):
        raise InputError(f"--function takes NAME or NAME@LINE with a line counted from 1, not {word!r}.")
    return FunctionSelector(name, int(line) if line else None)


def _request(arguments: argparse.Namespace) -> "OptimizeRequest":
    from pie_lsp.cli.configuration import settings_for
    from pie_lsp.engine.contract import OptimizeRequest
    from pie_lsp.text.source import read_source

    path = shared.absolute(arguments.file)
    source = read_source(path).data
    settings = shared.with_toolchain(settings_for(path), arguments)
    if arguments.tests:
        settings = dataclasses.replace(settings, tests=tuple(map(_existing, arguments.tests)))
    if arguments.top is not None:
        settings = dataclasses.replace(settings, top=arguments.top)
    if arguments.min_speedup is not None:
        settings = dataclasses.replace(settings, min_speedup=arguments.min_speedup)
    settings = with_language_model(settings, arguments)
    chosen = None if arguments.function is None else selector(arguments.function)
    return OptimizeRequest(path, source, chosen, settings)


def _existing(word: str) -> Path:
    path = shared.absolute(word)
    if not path.exists():
        raise InputError(f"--tests names {word}, which does not exist.")
    return path


async def _optimize(request: "OptimizeRequest") -> "OptimizeReport":
    from pie_lsp.cli.progress import shown_progress
    from pie_lsp.engine.cache import open_cache
    from pie_lsp.engine.optimize import optimize

    cache = open_cache()
    try:
        with shown_progress() as listener:
            return await optimize(request, listener, cache)
    finally:
        cache.close()
        for problem in cache.problems:
            sys.stderr.write(f"{problem}\n")


def _applied(report: "OptimizeReport", request: "OptimizeRequest") -> tuple[int | None, InputError | None]:
    """Write the best suggestion. Returns its rank, or why it was not written; the report is shown anyway."""
    from pie_lsp.cli.apply import write_atomically

    if not report.suggestions:
        return None, None
    best = report.suggestions[0]
    try:
        write_atomically(request.path, request.source, best.new_source)
    except InputError as problem:
        return None, problem
    return best.rank, None
