"""Counts steps and tells the listener; the only place that builds progress events."""

from pie_lsp.engine.contract import Listener
from pie_lsp.values.events import CandidateJudged, Progress


class Meter:
    """Steps done of steps known. The share of done steps may fall when candidates appear; `done` never."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._done = 0
        self._total = 0

    def expect(self, steps: int, stage: str) -> None:
        """More steps are known of; `stage` is what happens now."""
        self._total += steps
        self._listener(Progress(stage, self._done, self._total))

    def step(self, stage: str) -> None:
        """One step is done; `stage` is what happens next."""
        self._done = min(self._done + 1, self._total)
        self._listener(Progress(stage, self._done, self._total))

    def judged(
        self, title: str, function: str, speedup: float | None, reason: str | None, by_clock: bool = False
    ) -> None:
        """One candidate has its verdict."""
        self._listener(CandidateJudged(title, function, speedup, reason, by_clock))
        self.step(f"judged: {title}")
