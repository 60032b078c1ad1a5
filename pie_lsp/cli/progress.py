"""Shows the engine's events while a job runs, on standard error only."""

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pie_lsp.cli.terminal import errors, is_utf8, visible
from pie_lsp.engine.contract import Listener
from pie_lsp.values.events import CandidateJudged, Event, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


@contextlib.contextmanager
def shown_progress() -> Iterator[Listener]:
    """A listener that draws a live display on a terminal, and one line per stage elsewhere."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}", markup=False),
        TimeElapsedColumn(),
    )
    shown = columns if is_utf8(sys.stderr) else (columns[0], *columns[2:])
    with Bar(*shown, console=errors(), transient=True) as bar:
        yield _Live(bar)


class _Live:
    """A bar with the stage, and above it a line for each candidate that reached its verdict."""

    def __init__(self, bar: "Bar") -> None:
        self._bar = bar
        self._task = bar.add_task("starting", total=None)

    def __call__(self, event: Event) -> None:
        if isinstance(event, Progress):
            self._bar.update(
                self._task, description=visible(event.stage), completed=event.done, total=event.total
            )
        else:
            self._bar.console.print(verdict(event), soft_wrap=True)


class _Lines:
    """A line when the stage changes, and one for each verdict."""

    def __init__(self) -> None:
        self._stage = ""
        self._just_judged = False

    def __call__(self, event: Event) -> None:
        if isinstance(event, CandidateJudged):
            sys.stderr.write(verdict(event) + "\n")
        # The step behind a verdict says again what the line of the verdict has said.
        elif event.stage != self._stage and not self._just_judged:
            self._stage = event.stage
            sys.stderr.write(visible(event.stage) + "\n")
        self._just_judged = isinstance(event, CandidateJudged)
        sys.stderr.flush()


def verdict(event: CandidateJudged) -> str:
    """One line on one candidate."""
    figure = f"{event.speedup:.2f}x" if event.speedup is not None else f"rejected: {event.reason}"
    if event.by_clock:
        figure += " less processor time on this machine"
    return visible(f"  {event.function}: {event.title}: {figure}")


def say(sentence: str) -> None:
    """Show one line on standard error, for work that only says where it is."""
    sys.stderr.write(visible(sentence) + "\n")
    sys.stderr.flush()
