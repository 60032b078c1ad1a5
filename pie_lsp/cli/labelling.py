"""``pie-lsp measure --manifest``: labels many programs, says how far it is, and how to go on after a stop."""

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from pie_lsp.cli import arguments as shared
from pie_lsp.values.errors import InputError
from pie_lsp.values.events import CandidateJudged, Event

if TYPE_CHECKING:
    from pie_lsp.research.campaign import LabelReport, LabelRequest
    from pie_lsp.research.pool import OpenPool

CHUNK = 16
"""Rows of one program that share its build. Each is kept as it comes, so a large chunk loses no more."""

_OPTIONS = ("manifest", "out", "workers", "chunk", "parsl_config")
_STEPS = 20
"""Lines of progress that a whole run writes to a file or a pipe."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what belongs to a manifest."""
    group = parser.add_argument_group("many programs")
    group.add_argument(
        "--manifest",
        metavar="JSONL",
        help="programs and inputs to label, as JSON lines (see README)",
    )
    group.add_argument("--out", metavar="TABLE", help="where the labels go, as JSON lines")
    group.add_argument(
        "--workers",
        type=shared.positive,
        metavar="N",
        help="workers on this machine (default: one for each processor)",
    )
    group.add_argument(
        "--chunk",
        type=shared.positive,
        metavar="N",
        help=f"most rows of one program that share its build (default: {CHUNK})",
    )
    group.add_argument(
        "--parsl-config",
        metavar="PY",
        help="Python file, which is run, that sets config to a parsl.config.Config (Slurm, Kubernetes, ...)",
    )


def asked_for(arguments: argparse.Namespace) -> bool:
    """Whether the command line is about a manifest. Raises InputError where it is half about one."""
    given = [name for name in _OPTIONS if getattr(arguments, name) is not None]
    if not given:
        return False
    if arguments.manifest is None:
        raise InputError(f"--{given[0].replace('_', '-')} belongs to --manifest, which is missing.")
    if arguments.out is None:
        raise InputError("--manifest needs --out TABLE, the file that the labels go to.")
    if arguments.file is not None or arguments.input:
        raise InputError("--manifest names the programs and inputs itself; leave FILE and --input out.")
    if arguments.workers is not None and arguments.parsl_config is not None:
        raise InputError("--parsl-config says itself how many workers there are; leave --workers out.")
    return True


def run(arguments: argparse.Namespace) -> int:
    """Label, and print what came of it."""
    from pie_lsp.research.campaign import LabelRequest, label_manifest
    from pie_lsp.values.settings import Settings

    request = LabelRequest(
        manifest=shared.absolute(arguments.manifest),
        table=shared.absolute(arguments.out),
        settings=shared.with_toolchain(Settings(), arguments),
        chunk=arguments.chunk or CHUNK,
    )
    progress = _Progress()
    try:
        with _signals():
            report = label_manifest(request, _pool(arguments), progress)
    except (KeyboardInterrupt, SystemExit):
        progress.end()
        sys.stderr.write(f"stopped at {progress.stage}; all are kept, and the same command goes on\n")
        raise
    finally:
        progress.end()
    for sentence in report.torn:
        sys.stderr.write(f"{sentence}\n")
    _print(report, request, as_json=arguments.json)
    return 0


def _pool(arguments: argparse.Namespace) -> "OpenPool":
    from pie_lsp.research.executor import configured_pool, local_pool

    if arguments.parsl_config is not None:
        return partial(configured_pool, shared.absolute(arguments.parsl_config))
    return partial(local_pool, arguments.workers or len(os.sched_getaffinity(0)))


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end the run as Ctrl-C does, so that the workers are told."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        sys.exit(128 + number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Progress:
    """How far the run is, on standard error: a changing line on a terminal, now and then one elsewhere."""

    def __init__(self) -> None:
        self.stage = "the start"
        self._said = -1
        self._open = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, CandidateJudged):
            return
        before, self.stage = self.stage, event.stage
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{event.stage}")
            self._open = True
        elif event.stage != before and (step := event.done * _STEPS // max(event.total, 1)) != self._said:
            self._said = step
            sys.stderr.write(f"{event.stage}\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._open:
            sys.stderr.write("\n")
            self._open = False


def _print(report: "LabelReport", request: "LabelRequest", *, as_json: bool) -> None:
    from pie_lsp.cli.documents import SCHEMA, print_document
    from pie_lsp.cli.terminal import output, visible

    if as_json:
        print_document(
            {
                "schema": SCHEMA,
                "table": str(request.table),
                "rows": report.rows,
                "failed": report.failed,
                "made": report.made,
                "torn": list(report.torn),
            }
        )
        return
    output().print(
        visible(
            f"{request.table.name}: {report.rows:,} rows, {report.failed:,} of them faults of their program; "
            f"{report.made:,} measured now, the others were there"
        ),
        soft_wrap=True,
    )
