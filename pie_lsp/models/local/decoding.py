"""From tokens to text in the worker process, and the end of a sample: its mark, its stops, a cancellation.

Spaces belong to a program, so nothing is tidied up when tokens become text. Knows a tokenizer by two calls.
"""

from collections.abc import Callable
from typing import Any

from pie_lsp.models.texts import Ending, cut_at

_BEFORE = 8
"""Tokens of the prompt that are decoded along, since many tokenizers drop the space before a first token."""

_UNFINISHED = "\ufffd"
"""What a character is decoded to while some of its bytes are still to come."""


class Decoder:
    """Turns rows of tokens into texts.

    Answers begin at the token number `start`; `ends` are marks of the end.
    """

    def __init__(self, tokenizer: Any, start: int, ends: frozenset[int], stops: tuple[str, ...]) -> None:
        self._tokenizer = tokenizer
        self._start = start
        self._ends = ends
        self.stops = stops
        # A token is at least a byte, so this many are surely enough to see a stop that has just come.
        self._tail = max((len(stop.encode()) for stop in stops), default=0) + _BEFORE

    def text(self, row: list[int], end: int | None = None) -> str:
        """The answer in `row`, up to the token number `end`."""
        before = max(0, self._start - _BEFORE)
        whole, head = self._decode(row[before:end]), self._decode(row[before : self._start])
        return whole[len(head) :] if whole.startswith(head) else self._decode(row[self._start : end])

    def has_stopped(self, row: list[int]) -> bool:
        """Whether one of the stops has just been reached."""
        tail = self._decode(row[max(self._start, len(row) - self._tail) :])
        return cut_at(tail, self.stops) != tail

    def finished(self, row: list[int]) -> tuple[str, str, int]:
        """Text, reason of the end, and number of tokens of a whole row, filled up behind its end or not."""
        end = next((i for i in range(self._start, len(row)) if row[i] in self._ends), None)
        text = self.text(row, end)
        cut = cut_at(text, self.stops)
        stopped = end is not None or cut != text
        tokens = len(row) - self._start if end is None else end + 1 - self._start
        return cut, "stop" if stopped else "length", tokens

    def _decode(self, tokens: list[int]) -> str:
        return str(
            self._tokenizer.decode(tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        )


class Watch:
    """A stopping criterion of transformers, asked after each token. Tells the text where somebody listens."""

    def __init__(
        self, decoder: Decoder, cancelled: Callable[[], bool], on_text: Callable[[str], None] | None
    ) -> None:
        self._decoder = decoder
        self._cancelled = cancelled
        self.streamed = on_text
        self._ending = Ending(decoder.stops)

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        import torch

        count = input_ids.shape[0]
        if self._cancelled():
            return torch.ones(count, dtype=torch.bool, device=input_ids.device)
        rows = input_ids.tolist() if self._decoder.stops or self.streamed else []
        if self.streamed is not None:
            self._tell(self._ending.grow(self._decoder.finished(rows[0])[0].rstrip(_UNFINISHED)))
        stopped = [self._decoder.has_stopped(row) for row in rows] if self._decoder.stops else [False] * count
        return torch.tensor(stopped, dtype=torch.bool, device=input_ids.device)

    def finish(self, made: Any) -> None:
        """Tell what was held back."""
        self._tell(self._ending.grow(self._decoder.finished(made.tolist()[0])[0]))
        self._tell(self._ending.finish())

    def _tell(self, piece: str) -> None:
        if piece and self.streamed is not None:
            self.streamed(piece)
