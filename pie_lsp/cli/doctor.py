"""``pie-lsp doctor``: what is found, what is missing and how to get it, one line each."""

import argparse
import dataclasses
import sys

from pie_lsp.cli import arguments as shared
from pie_lsp.cli.arguments import Subparsers

_CANNOT_RUN = 1
"""Exit status where the main job cannot run on this machine."""


def add_to(commands: Subparsers) -> None:
    """Declare the subcommand."""
    parser = commands.add_parser("doctor", help="try out what the main job needs on this machine")
    parser.add_argument(
        "--gem5", metavar="PATH", help="gem5 binary to try (default: the setting gem5, else $PIE_LSP_GEM5)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line per finding. Returns 1 where something that is needed is missing."""
    from pie_lsp.cli.job import run_job
    from pie_lsp.cli.terminal import output, visible
    from pie_lsp.engine.doctor import examine
    from pie_lsp.engine.settings import load_settings

    settings, messages = load_settings(None)
    for message in messages:
        sys.stderr.write(f"pie-lsp: {visible(message)}\n")
    if arguments.gem5 is not None:
        settings = dataclasses.replace(settings, gem5=str(shared.absolute(arguments.gem5)))
    findings = run_job(examine(settings))
    console = output()
    for finding in findings:
        state = "ok" if finding.ok else "MISSING" if finding.needed else "absent"
        detail = " ".join(finding.detail.split())
        remedy = f"; to get it: {finding.remedy}" if finding.remedy and not finding.ok else ""
        console.print(visible(f"{state:<8} {finding.name:<11} {detail}{remedy}"), soft_wrap=True)
    broken = [finding.name for finding in findings if finding.needed and not finding.ok]
    if broken:
        console.print(f"The main job cannot run here: {', '.join(broken)} missing.", style="bold red")
        return _CANNOT_RUN
    console.print("The main job can run here.", style="bold green")
    return 0
