"""``pie-lsp calibrate``: measures the corpus in the user's gem5, and fits the estimate to it anew."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.arguments import Subparsers

if TYPE_CHECKING:
    from pie_lsp.corpus.problem import Problem
    from pie_lsp.research.fitting import Fitted
    from pie_lsp.research.labels import Table
    from pie_lsp.values.settings import Settings

_SOME_FAILED = 1
"""Exit status where some programs could not be measured."""


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser(
        "calibrate", help="measure the corpus in gem5 and fit the estimate to it; may be stopped and resumed"
    )
    parser.add_argument("folder", metavar="FOLDER", help="where the labels and the coefficients are written")
    parser.add_argument(
        "--test",
        action="append",
        type=shared.positive,
        metavar="N",
        help="test to simulate, of ten; may be repeated (default: 2, and 3 where memory decides)",
    )
    parser.add_argument("--problem", action="append", metavar="NAME", help="only these problems")
    parser.add_argument(
        "--micro-ops",
        action="store_true",
        help="measure instead what gem5's decoder makes of each instruction",
    )
    parser.add_argument(
        "--recount",
        action="store_true",
        help="keep gem5's cycles, and count anew what the estimate counts: for a changed estimate",
    )
    parser.add_argument(
        "--seconds",
        action="store_true",
        help="record instead the processor time of gem5 and of the estimate, over a sample of the corpus",
    )
    shared.add_toolchain(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure what is missing, fit, and say what the fit is worth."""
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.progress import say
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.research.calibrate import calibrate
    from pie_lsp.values.settings import Settings

    settings = shared.with_toolchain(Settings(), arguments)
    folder = shared.absolute(arguments.folder)
    _make(folder)
    if arguments.micro_ops:
        return _micro_ops(settings, folder)
    if arguments.seconds:
        return _seconds(settings, folder, arguments.problem, tuple(arguments.test or ()))
    problems = _problems(arguments.problem)
    if arguments.recount:
        return _recount(settings, folder, problems)
    tests = tuple(arguments.test or ())
    path = folder / f"{settings.model}.jsonl"
    done = run_job(calibrate(problems, tests, settings, path, say))
    console = output()
    for line in (f"{path}: {len(done.table.labels)} labels, {done.measured} of them new", *done.failed):
        console.print(visible(line), soft_wrap=True)
    _fit(done.table, folder, problems)
    return _SOME_FAILED if done.failed else 0


def _recount(settings: "Settings", folder: Path, problems: "tuple[Problem, ...]") -> int:
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.progress import say
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.research.recount import recount

    for table in run_job(recount(problems, folder, settings, say)):
        line = f"{table.source.machine}: {len(table.labels)} labels counted anew"
        output().print(visible(line), soft_wrap=True)
        _fit(table, folder, problems)
    return 0


def _fit(table: "Table", folder: Path, problems: "tuple[Problem, ...]") -> None:
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.research.fitting import fit_table, toml_of

    fitted = fit_table(table, problems)
    machine = table.source.machine
    coefficients = folder / f"{machine}.toml"
    coefficients.write_text(toml_of(machine, fitted, table.source), encoding="ascii")
    console = output()
    for line in (*_worth(fitted), f"coefficients: {coefficients}"):
        console.print(visible(line), soft_wrap=True)


def _micro_ops(settings: "Settings", folder: Path) -> int:
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.research.micro_op_forms import forms
    from pie_lsp.research.micro_op_records import FILE, write
    from pie_lsp.research.micro_op_run import measured_in_gem5

    measured = run_job(measured_in_gem5(forms(), settings))
    path = folder / FILE
    write(path, measured)
    console = output()
    console.print(visible(f"{path}: {len(measured.forms)} forms in gem5 {measured.gem5}"), soft_wrap=True)
    for form in measured.forms:
        if form.micro_ops is None:
            console.print(visible(f"{form.form.text}: {form.problem}"), soft_wrap=True)
    return 0


def _seconds(settings: "Settings", folder: Path, names: list[str] | None, tests: tuple[int, ...]) -> int:
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.progress import say
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.research.bench_measurement import held_out
    from pie_lsp.research.recorded_seconds import FILE
    from pie_lsp.research.seconds import record_seconds, sample

    path = folder / FILE
    jobs = sample(_problems(names) if names else held_out(), tests)
    done = run_job(record_seconds(jobs, settings, path, say))
    found = done.seconds
    for line in (
        f"{path}: {len(found.runs)} runs for {settings.model}, {done.measured} of them new",
        f"gem5 {found.gem5:.1f} s, estimate {found.estimate:.2f} s: {found.ratio:.0f} times less",
        *done.failed,
    ):
        output().print(visible(line), soft_wrap=True)
    return _SOME_FAILED if done.failed else 0


def _problems(names: list[str] | None) -> "tuple[Problem, ...]":
    from pie_lsp.corpus.loader import calibration_problems, problem_named

    return tuple(map(problem_named, names)) if names else calibration_problems()


def _worth(fitted: "Fitted") -> list[str]:
    lines = []
    for name, agreed in (
        ("training problems, each family left out in turn", fitted.validated),
        ("test problems", fitted.tested),
    ):
        lines.append(
            f"{name}: {agreed.pairs} pairs, tau {agreed.kendall_tau:.3f}, error of the ratio "
            f"{agreed.median_abs_log_ratio:.1%} in the median, {agreed.p90_abs_log_ratio:.1%} in the 90th "
            f"percentile, {agreed.worst_abs_log_ratio:.1%} at worst; {agreed.disagree_at_110:.1%} disagree "
            "on at least 1.10x"
        )
    return lines


def _make(folder: Path) -> None:
    from pie_lsp.values.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror}); name another folder.") from error
