"""``pie-lsp measure``: what one program costs, input by input; with a manifest, what many do."""

import argparse
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli import labelling
from pie_lsp.cli.arguments import Subparsers
from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    from pie_lsp.engine.measure import MeasureReport
    from pie_lsp.engine.region import RegionReport


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser(
        "measure", help="compile a program and print what it costs, or label the programs of a manifest"
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="C++ source of a program that reads standard input"
    )
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="IN",
        help="input to measure on; may be repeated (default: the tests beside the file)",
    )
    parser.add_argument(
        "--function",
        metavar="NAME[@LINE]",
        help="show too what this function takes of the program; with --backend gem5 only",
    )
    labelling.add_options(parser)
    shared.add_toolchain(parser)
    shared.add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure and print."""
    if labelling.asked_for(arguments):
        return labelling.run(arguments)
    if arguments.file is None:
        raise InputError("measure needs a FILE, or a --manifest of many; see pie-lsp measure --help.")
    from pie_lsp.cli.configuration import settings_for
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.optimize import selector
    from pie_lsp.engine.measure import measure
    from pie_lsp.text.source import read_source

    path = shared.absolute(arguments.file)
    source = read_source(path).data
    settings = shared.with_toolchain(settings_for(path), arguments)
    inputs = [shared.absolute(word) for word in arguments.input]
    chosen = None if arguments.function is None else selector(arguments.function)
    report = run_job(measure(path, source, inputs, settings, chosen))
    if arguments.json:
        from pie_lsp.cli.documents import measure_document, print_document

        print_document(measure_document(str(path), report))
    else:
        _print(path.name, report)
    return 0


def _print(name: str, report: "MeasureReport") -> None:
    from pie_lsp.cli.report import amount
    from pie_lsp.cli.terminal import output, visible

    chain, baseline = report.toolchain, report.baseline
    lines = [
        f"{name}: {chain.version}, {' '.join(chain.flags)}, {chain.link.value} link",
        f"{baseline.backend}, {baseline.model}; "
        f"start-up alone (the floor of every run): {amount(baseline.floor, baseline.unit)}",
        *(
            f"{cost.amount:>16,}  {case.name}"
            for case, cost in zip(report.cases, baseline.costs, strict=True)
        ),
        f"{baseline.total:>16,}  {baseline.unit} in sum",
    ]
    if report.region is not None:
        lines += _of_function(report.region, baseline.unit)
    console = output()
    for line in lines:
        console.print(visible(line), soft_wrap=True)
    for note in report.notes:
        console.print(visible(f"note: {note}"), style="yellow", soft_wrap=True)


def _of_function(region: "RegionReport", unit: str) -> list[str]:
    entries = sum(cost.entries for cost in region.costs)
    amount, whole = sum(cost.amount for cost in region.costs), sum(cost.whole for cost in region.costs)
    bound = region.most_speedup
    most = "" if bound is None else f"; if it cost nothing, the program would be {bound:.2f}x as fast"
    return [
        f"{amount:>16,}  {unit} in {region.function}, entered {entries:,} times",
        f"{whole:>16,}  {unit} of the whole program with marks around it",
        f"{region.share:>16.1%}  of it is the function{most}",
    ]
