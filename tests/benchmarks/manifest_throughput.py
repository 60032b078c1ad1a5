"""Prints how many labels 1 and 2 workers make, as a ratio, and what PIE's 42.8 M simulations would take.

    python tests/benchmarks/manifest_throughput.py [COPIES]

The manifest holds the bundled examples with all their tests, each program COPIES times (2 without it) with
another comment, so that each copy is built and measured. For the ratio a run's clock starts when its first
chunk is there, since starting workers is paid once; both kinds of run alternate, and the best of each counts.
Core-seconds are the processor time of one worker and of all that it starts, which other load on the machine
hardly changes; the projection rests on them.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pie_lsp.examples
from pie_lsp.research.campaign import LabelRequest, label_manifest
from pie_lsp.research.executor import local_pool
from pie_lsp.research.manifest import read_manifest
from pie_lsp.research.plan import chunks, make_plan
from pie_lsp.research.projection import Rates, described, project
from pie_lsp.research.recorded_seconds import recorded_seconds
from pie_lsp.research.rows import RowFolder, read_line
from pie_lsp.research.worker import work
from pie_lsp.values.events import Event, Progress
from pie_lsp.values.settings import Settings

EXAMPLES = Path(pie_lsp.examples.__file__).parent
CHUNK = 16
ROUNDS = 2
SIZES = (10e6, 20e6, 50e6)
"""Mean instructions of a run. PIE does not say its own; programs of its kind run 1 to 45 M on their tests."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write_manifest(folder: Path, copies: int) -> Path:
    manifest = folder / "manifest.jsonl"
    with manifest.open("w") as lines:
        for number in range(copies):
            for source in sorted(EXAMPLES.glob("*.cpp")):
                program = folder / f"{source.stem}-{number}.cpp"
                program.write_bytes(source.read_bytes() + b"// copy %d\n" % number)
                tests = str(source.with_suffix(".tests"))
                lines.write(json.dumps({"program": program.name, "tests": tests}) + "\n")
    return manifest


class Pace:
    """Rows a second, counted from the first rows on."""

    def __init__(self) -> None:
        self._seen: list[tuple[float, int]] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, Progress) and "rows" in event.stage and event.done:
            self._seen.append((time.perf_counter(), event.done))

    @property
    def rows_a_second(self) -> float:
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        return (last - first) / (end - start)


def pace(manifest: Path, table: Path, workers: int) -> float:
    measured = Pace()
    request = LabelRequest(manifest, table, Settings(), CHUNK)
    label_manifest(request, partial(local_pool, workers), measured)
    say(f"{workers} worker{'s' * (workers > 1)}: {measured.rows_a_second:.2f} rows a second")
    return measured.rows_a_second


def processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(it.ru_utime + it.ru_stime for it in used)


def core_seconds(manifest: Path, folder: Path) -> Rates:
    """What a row takes of a core, with headers precompiled and floors known, as in a long run."""
    rows = RowFolder(folder)
    rows.make()
    plan = make_plan(read_manifest(manifest, Settings()), lambda event: None)
    todo = chunks(plan, {}, folder, CHUNK)
    warm, rest = todo[: len(todo) // 2], todo[len(todo) // 2 :]
    for chunk in warm:
        work(chunk)
    started = processor_seconds()
    made = [key for chunk in rest for key in (work(chunk), chunk.keys)[1]]
    seconds = (processor_seconds() - started) / len(made)
    lines = rows.read().lines
    operations = [
        part.count
        for key in made
        if (row := read_line(lines[key])) is not None
        for part in row.parts
        if part.name == "micro-operations"
    ]
    recorded = recorded_seconds(Settings().model)
    if recorded is None:
        raise SystemExit("no seconds of gem5 are recorded")
    return Rates(seconds, sum(operations) / len(operations), recorded.ratio)


def say_projection(rates: Rates) -> None:
    say(f"the estimate takes {rates.estimate_cheaper:.0f} times less than gem5, as recorded")
    say("42.8 million simulations, in core-years, by the mean instructions of a run:")
    say("  mean   gem5 at 0.4 to 0.2 M/s  labelling  cheaper")
    for size in SIZES:
        say(described(project(rates, size)))


def main(words: Sequence[str]) -> None:
    copies = int(words[0]) if words else 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["PIE_LSP_CACHE_DIR"] = str(folder / "cache")
        manifest = write_manifest(folder, copies)
        rates = core_seconds(manifest, folder / "alone.rows")
        operations = rates.row_instructions / 1e6
        say(f"one row: {rates.row_seconds:.2f} core-seconds, {operations:.1f} M micro-operations")
        say_projection(rates)
        best = {1: 0.0, 2: 0.0}
        for number in range(ROUNDS):
            for workers in best:
                table = folder / f"{number}-{workers}.jsonl"
                best[workers] = max(best[workers], pace(manifest, table, workers))
        tables = {path.read_bytes() for path in folder.glob("?-?.jsonl")}
        say(f"2 workers make {best[2] / best[1]:.2f}x the rows of 1; tables that differ: {len(tables) - 1}")


if __name__ == "__main__":
    main(sys.argv[1:])
