"""A language model whose answers are kept: what was once asked is never asked again.

Stands in front of a model and implements the same interface. Where some of the samples of a request are
there, the others alone are asked for, with the seeds that they would have had.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pie_lsp.models.contract import Answer, Finish, Model, OnText, Sample, SamplingRequest, Usage
from pie_lsp.models.usage import summed
from pie_lsp.research.scoring.kept import AnswerRow, KeptRows, key_of


class KeptModel:
    """Implements `Model`."""

    def __init__(self, inner: Model, rows: KeptRows) -> None:
        self._inner = inner
        self._rows = rows
        self.name = inner.name
        self.identity = inner.identity
        self.is_remote = inner.is_remote
        self.address = inner.address
        self.template = inner.template
        self.context_tokens = inner.context_tokens
        self._used: dict[str, AnswerRow] = {}

    @property
    def spent(self) -> Usage:
        """On every answer that was given out, whichever run asked for it."""
        return _spent(self._used.values())

    async def count_tokens(self, text: str) -> int:
        """As the model counts."""
        return await self._inner.count_tokens(text)

    async def sample(self, request: SamplingRequest, on_text: OnText | None = None) -> Answer:
        """The samples of `request`, of which only those that are missing are drawn."""
        keys = self.keys(request)
        remarks: tuple[str, ...] = ()
        for first, count in _runs([at for at, key in enumerate(keys) if self._known(key) is None]):
            remarks += await self._draw(request, keys, first, count)
        found = {at: row for at, key in enumerate(keys) if (row := self._known(key)) is not None}
        self._used |= {row.key: row for row in found.values()}
        samples = tuple(Sample(row.text, Finish(row.finish), at) for at, row in found.items())
        return Answer(samples, _spent(found.values()), self.identity, remarks)

    async def close(self) -> None:
        """Close the model."""
        await self._inner.close()

    def keys(self, request: SamplingRequest) -> list[str]:
        """One for each sample: the model, all that it reads and is told, and the seed of that sample."""
        asked = repr(replace(request, samples=1, seed=None))
        first = request.seed or 0
        return [key_of((self.identity, asked, str(first + at))) for at in range(request.samples)]

    def _known(self, key: str) -> AnswerRow | None:
        return self._rows.get(AnswerRow, key)

    async def _draw(
        self, request: SamplingRequest, keys: Sequence[str], first: int, count: int
    ) -> tuple[str, ...]:
        wanted = replace(request, samples=count, seed=(request.seed or 0) + first)
        answer = await self._inner.sample(wanted)
        spent = answer.usage
        usage = (spent.prompt_tokens, spent.completion_tokens, spent.requests)
        rows = [AnswerRow(keys[first + one.index], one.text, one.finish.value) for one in answer.samples]
        if rows:
            rows[0] = replace(rows[0], usage=usage, cost=spent.cost_microdollars)
            self._rows.put(rows)
        return answer.remarks


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Where each run of consecutive places begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs


def _spent(rows: Iterable[AnswerRow]) -> Usage:
    return summed(Usage(*row.usage, row.cost) for row in rows)
