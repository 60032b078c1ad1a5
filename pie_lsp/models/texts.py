"""Texts on their way to a model and back: an answer ends at the first of its stops, whole or while it comes.

Knows plain text and nothing of who made it.
"""

from collections.abc import Sequence


def cut_at(text: str, stops: Sequence[str]) -> str:
    """`text` up to the first of `stops`."""
    places = [place for stop in stops if stop and (place := text.find(stop)) >= 0]
    return text[: min(places)] if places else text


def sendable(text: str) -> str:
    """`text` with a question mark for each byte that was no text, which no model takes."""
    return text.encode("utf-8", "replace").decode()


class Ending:
    """Gives a growing text out in pieces, and never a part of a stop."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._given = 0
        self.text = ""
        self.stopped = False

    def add(self, piece: str) -> str:
        """Take the next piece; returns what can be given out now."""
        return self.grow(self.text + piece)

    def grow(self, text: str) -> str:
        """Take the whole text as far as it is known; returns what can be given out now."""
        if self.stopped:
            return ""
        cut = cut_at(text, self._stops)
        self.stopped = cut != text
        self.text = cut
        return self._give(len(cut) if self.stopped else len(cut) - self._beginning(cut))

    def finish(self) -> str:
        """What was held back because a stop might have begun there."""
        return self._give(len(self.text))

    def _give(self, end: int) -> str:
        piece = self.text[self._given : end]
        self._given = max(self._given, end)
        return piece

    def _beginning(self, text: str) -> int:
        """Length of the longest end of `text` with which a stop begins."""
        longest = max(map(len, self._stops), default=1) - 1
        for length in range(min(longest, len(text)), 0, -1):
            if any(stop.startswith(text[-length:]) for stop in self._stops):
                return length
        return 0
