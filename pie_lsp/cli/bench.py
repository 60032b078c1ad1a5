"""``pie-lsp bench``: judges the tools of this package.

``bench measurement`` judges the estimate, ``bench retrieval`` what finds examples for prompts, and
``bench models`` (`bench_models.py`) what a language model answers.
"""

import argparse
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.cli import bench_models
from pie_lsp.cli.arguments import Subparsers

if TYPE_CHECKING:
    from pie_lsp.cli.documents import Json
    from pie_lsp.research.bench_measurement import MeasurementBench
    from pie_lsp.research.bench_retrieval import RetrievalBench


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("bench", help="judge the tools of this package themselves")
    actions = parser.add_subparsers(dest="action", metavar="WHAT", required=True)
    measurement = actions.add_parser(
        "measurement", help="compare estimated speedups with those of gem5, on problems held out from the fit"
    )
    measurement.add_argument("--pairs", action="store_true", help="list every pair, the worst first")
    shared.add_toolchain(measurement)
    shared.add_json(measurement)
    measurement.set_defaults(run=_measurement)
    retrieval = actions.add_parser(
        "retrieval", help="tell how often each retriever finds a pair with the kind of edit that is needed"
    )
    retrieval.add_argument(
        "--encoder", metavar="FOLDER", help="judge the retrievers with this encoder too (needs torch)"
    )
    shared.add_json(retrieval)
    retrieval.set_defaults(run=_retrieval)
    bench_models.add_to(actions)


def _measurement(arguments: argparse.Namespace) -> int:
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.progress import say
    from pie_lsp.research.bench_measurement import bench_measurement, held_out
    from pie_lsp.values.settings import Settings

    settings = shared.with_toolchain(Settings(), arguments)
    found = run_job(bench_measurement(settings, held_out(), say))
    if arguments.json:
        from pie_lsp.cli.documents import print_document

        print_document(_document(found))
    else:
        _print(found, arguments.pairs)
    return 0


def _retrieval(arguments: argparse.Namespace) -> int:
    from pie_lsp.research.bench_retrieval import bench_retrieval

    found = bench_retrieval(shared.absolute(arguments.encoder) if arguments.encoder else None)
    if arguments.json:
        from pie_lsp.cli.documents import print_document

        print_document(_retrieval_document(found))
    else:
        _print_retrieval(found)
    return 0


def _retrieval_document(found: "RetrievalBench") -> "dict[str, Json]":
    return {
        "schema": 1,
        "queries": found.queries,
        "problems": found.problems,
        "kinds": found.kinds,
        "retrievers": [
            {"retriever": it.retriever, "hit_at_1": it.hit_at_1, "hit_at_4": it.hit_at_4}
            for it in found.retrievers
        ],
    }


def _print_retrieval(found: "RetrievalBench") -> None:
    from pie_lsp.cli.terminal import output, visible

    console = output()
    lines = [
        f"{found.queries} programs of {found.problems} problems, each asked about the pairs of the others; "
        f"the edit they need is of one of {found.kinds} kinds",
        f"{'retriever':<14}  {'first':>6}  {'first 4':>7}",
        *(f"{it.retriever:<14}  {it.hit_at_1:>6.1%}  {it.hit_at_4:>7.1%}" for it in found.retrievers),
    ]
    for line in lines:
        console.print(visible(line), soft_wrap=True)


def _document(found: "MeasurementBench") -> "dict[str, Json]":
    agreed = found.agreement
    return {
        "schema": 1,
        "machine": found.machine,
        "gem5": found.gem5,
        "configuration": found.configuration,
        "splits": list(found.splits),
        "live": found.live,
        "pairs": agreed.pairs,
        "near": agreed.near,
        "kendall_tau": agreed.kendall_tau,
        "median_abs_log_ratio": agreed.median_abs_log_ratio,
        "p90_abs_log_ratio": agreed.p90_abs_log_ratio,
        "worst_abs_log_ratio": agreed.worst_abs_log_ratio,
        "disagree_at_110": agreed.disagree_at_110,
        "times_native": found.times_native,
        "times_faster_than_gem5": found.times_faster_than_gem5,
        "seconds_outdated": found.seconds_outdated,
    }


def _print(found: "MeasurementBench", with_pairs: bool) -> None:
    from pie_lsp.cli.terminal import output, visible

    agreed = found.agreement
    counted = (
        "estimated here"
        if found.live
        else "from the recorded counts, since compiler or flags are others here"
    )
    native = f"{found.times_native:.0f} times native" if found.times_native is not None else "not measured"
    lines = [
        f"{found.machine}, gem5 {found.gem5}, configuration {found.configuration[:12]}; {counted}",
        f"pairs held out from the fit                {agreed.pairs}, {agreed.near:.0%} from 0.8x to 1.3x",
        f"Kendall's tau                              {agreed.kendall_tau:.3f}",
        f"error of the ratio: median                 {agreed.median_abs_log_ratio:.1%}",
        f"error of the ratio: 90th percentile        {agreed.p90_abs_log_ratio:.1%}",
        f"error of the ratio: worst                  {agreed.worst_abs_log_ratio:.1%}",
        f"disagree on at least 1.10x                 {agreed.disagree_at_110:.1%}",
        f"processor time of the estimate             {native}",
        f"processor time of gem5 by the estimate's   {_faster(found)}",
    ]
    if with_pairs:
        ordered = sorted(found.pairs, key=lambda pair: -pair.error)
        lines += [
            f"{it.estimated:8.3f}x estimated {it.simulated:8.3f}x simulated {it.error:7.1%}  {it.name}"
            for it in ordered
        ]
    console = output()
    for line in lines:
        console.print(visible(line), soft_wrap=True)


def _faster(found: "MeasurementBench") -> str:
    if found.times_faster_than_gem5 is None:
        return "not recorded"
    when = "recorded with an older estimate" if found.seconds_outdated else "as recorded"
    return f"{found.times_faster_than_gem5:.0f} ({when})"
