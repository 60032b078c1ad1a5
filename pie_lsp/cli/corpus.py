"""``pie-lsp corpus``: lists the problems of the corpus, checks that every program of them is right, and
imports pairs of others to find examples in.
"""

import argparse
import re
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.arguments import Subparsers
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

    from pie_lsp.research.corpus_check import ProblemReport

_WRONG = 1
"""Exit status where something is wrong with a problem."""


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser(
        "corpus", help="list or check the problems that the figures are calibrated on"
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="name every problem with its split, form, family, versions and title")
    check = actions.add_parser("check", help="compile and run the programs on their tests")
    check.add_argument("names", metavar="NAME", nargs="*", help="problem to check (default: all)")
    check.add_argument(
        "--tests", type=shared.positive, metavar="N", help="check the first N tests only, of ten"
    )
    check.add_argument(
        "--write", action="store_true", help="put down the digests of the tests, for authors of problems"
    )
    check.add_argument(
        "--sanitize", action="store_true", help="also run under sanitizers, on the two smallest tests"
    )
    shared.add_json(check)
    _add_import(actions)
    parser.set_defaults(run=run)


def _add_import(actions: Subparsers) -> None:
    bring = actions.add_parser("import", help="keep the pairs of one of PIE's files to find examples in")
    bring.add_argument("file", metavar="FILE", help="JSONL in either of PIE's formats")
    bring.add_argument("--name", metavar="NAME", help="what to call the corpus (default: after the file)")
    shared.add_json(bring)


def run(arguments: argparse.Namespace) -> int:
    """List, check, or import."""
    if arguments.action == "list":
        return _list()
    return _import(arguments) if arguments.action == "import" else _check(arguments)


def _list() -> int:
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.corpus.loader import problems

    found = problems()
    wide = max((len(problem.name) for problem in found), default=0)
    console = output()
    for it in found:
        versions = f"{len(it.versions)} versions"
        kind = f"{it.split.value:<10}  {it.form.value:<8}  {it.family:<10}"
        line = f"{it.name:<{wide}}  {kind}  {versions}  {it.title}"
        console.print(visible(line), soft_wrap=True)
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from pie_lsp.cli.terminal import errors, output, visible
    from pie_lsp.retrieval.local import save
    from pie_lsp.retrieval.pie_files import read_pie

    path = shared.absolute(arguments.file)
    name = arguments.name or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    try:
        with path.open("rb") as lines:
            found = read_pie(lines, name)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    if not found.corpus.pairs:
        first = found.left_out[0].reason if found.left_out else "it is empty"
        raise InputError(f"{path} holds no pair in either of PIE's formats ({first}).")
    kept = save(name, found.corpus)
    if arguments.json:
        from pie_lsp.cli.documents import import_document, print_document

        print_document(import_document(name, kept, found))
    else:
        for it in found.left_out:
            errors().print(visible(f"line {it.line} is left out: {it.reason}"), soft_wrap=True)
        counted = f"{len(found.corpus)} pairs of {found.lines} lines, {len(found.left_out)} left out"
        output().print(visible(f"{name}: {counted}; {kept}"), soft_wrap=True)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.terminal import errors, output
    from pie_lsp.corpus.problem import TESTS
    from pie_lsp.research.corpus_check import check
    from pie_lsp.values.settings import Settings

    console = errors() if arguments.json else output()
    report = run_job(
        check(
            arguments.names,
            Settings(),
            arguments.tests or TESTS,
            sanitize=arguments.sanitize,
            write=arguments.write,
            told=lambda problem: _tell(console, problem),
        )
    )
    if arguments.json:
        from pie_lsp.cli.documents import corpus_document, print_document

        print_document(corpus_document(report.problems))
    wrong = report.wrong
    what = f"wrong: {', '.join(wrong)}" if wrong else "all right"
    console.print(f"{len(report.problems)} checked, {what}.", style="bold red" if wrong else "bold green")
    return _WRONG if wrong else 0


def _tell(console: "Console", problem: "ProblemReport") -> None:
    from pie_lsp.cli.terminal import visible

    tests = "1 test" if problem.tests == 1 else f"{problem.tests} tests"
    detail = f"{problem.versions} versions, {tests}{', written' if problem.written else ''}"
    # One line a problem, whatever a compiler or a program says.
    detail = " ".join(" ".join(problem.faults).split()) or detail
    state = "WRONG" if problem.faults else "ok"
    console.print(visible(f"{state:<6} {problem.name}: {detail}"), soft_wrap=True)
