"""What share of the cost each function has, for one request: which to work on first, and what became of it.

Everything here is told and nothing is decided by it: where a share cannot be found out, the request goes on
without it.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace

from pie_lsp.engine.apart import build_apart
from pie_lsp.engine.attribution import attribute
from pie_lsp.engine.counterpart import counterpart
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.original import Original
from pie_lsp.engine.subject import Subject
from pie_lsp.engine.workbench import Workbench
from pie_lsp.measure.contract import Attributing
from pie_lsp.values.errors import PieError
from pie_lsp.values.profile import Profile
from pie_lsp.values.report import Suggestion

logger = logging.getLogger(__name__)

CUT_OFF = "The time budget ran out before the shares of the functions were measured."


class Shares:
    """Profiles the original and the winners of one request, each at most once."""

    def __init__(self, subject: Subject, bench: Workbench, original: Original) -> None:
        self._subject = subject
        self._bench = bench
        self._original = original
        self._before: asyncio.Task[Profile | None] | None = None

    def worth_ordering(self, drafts: Sequence[Draft]) -> bool:
        """Whether there is an order to find: several functions that were asked for have drafts."""
        functions = {draft.candidate.function for draft in drafts}
        several = not self._subject.request.is_about_one
        return several and len(functions) > 1 and isinstance(self._bench.backend, Attributing)

    def start(self) -> None:
        """Begin with the original, beside whatever else is done."""
        if self._before is None:
            self._before = asyncio.create_task(self._profile(self._subject.request.source))

    async def close(self) -> None:
        """Stop what is still running, and wait until it has ended."""
        if self._before is not None:
            self._before.cancel()
            await asyncio.gather(self._before, return_exceptions=True)

    async def ordered(self, drafts: tuple[Draft, ...], seconds: float) -> tuple[Draft, ...]:
        """`drafts` with those of the most expensive function first, where that is known within `seconds`."""
        try:
            profile = await asyncio.wait_for(self._of_original(), seconds)
        except TimeoutError:
            return drafts
        if profile is None:
            return drafts
        return tuple(sorted(drafts, key=lambda it: -(profile.share_of(it.candidate.function) or 0.0)))

    async def told(
        self, suggestions: tuple[Suggestion, ...], seconds: float
    ) -> tuple[Suggestion, ...] | None:
        """`suggestions` with the shares of their functions; None where that takes more than `seconds`."""
        telling = asyncio.gather(*(self._told(suggestion) for suggestion in suggestions))
        try:
            return tuple(await asyncio.wait_for(telling, seconds))
        except TimeoutError:
            return None

    async def _told(self, suggestion: Suggestion) -> Suggestion:
        before = await self._of_original()
        if before is None:
            return suggestion
        after = await self._profile(suggestion.new_source)
        function = suggestion.function
        now = counterpart(function, self._subject.request.source, suggestion.new_source)
        return replace(
            suggestion,
            share_before=before.share_of(function),
            share_after=None if after is None or now is None else after.share_of(now),
        )

    async def _of_original(self) -> Profile | None:
        self.start()
        assert self._before is not None
        return await asyncio.shield(self._before)

    async def _profile(self, source: bytes) -> Profile | None:
        """The profile of the program, or of a rewrite of it; whatever stands in its way is only logged."""
        if not isinstance(self._bench.backend, Attributing):
            return None
        building = asyncio.create_task(build_apart(self._bench.compiler, self._subject.unit_of(source)))
        try:
            old = await asyncio.shield(self._original.binary)
            oracle = await asyncio.shield(self._original.oracle)
            return await attribute(self._bench.backend, await building, old, oracle.measurable)
        except PieError as error:
            logger.info("The cost of %s is not attributed: %s", self._subject.request.path, error)
            return None
        finally:
            building.cancel()
            await asyncio.gather(building, return_exceptions=True)
