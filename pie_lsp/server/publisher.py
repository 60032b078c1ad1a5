"""Keeps what the editor shows beside the text in step with the results: hints, lenses and inlay hints."""

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from pie_lsp.server import to_lsp
from pie_lsp.server.accepting import remember_accepted
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result, Standing, subject

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer

QUIET_SECONDS = 0.2
"""How long the text must rest before it is looked at again."""


class Publisher:
    """Publishes after a job, and again whenever a text that has results comes to rest."""

    def __init__(self, server: "PieServer") -> None:
        self._server = server
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._standings: dict[str, Standing] = {}
        self._profiles_held: dict[str, bool] = {}

    def publish_soon(self, document: str) -> None:
        """Publish for the file with this key when its text has come to rest."""
        if (timer := self._timers.pop(document, None)) is not None:
            timer.cancel()
        known = any(self._server.results.of(document)) or self._server.profiles.of(document) is not None
        if document in self._published or known:
            loop = asyncio.get_running_loop()
            self._timers[document] = loop.call_later(QUIET_SECONDS, self._start, document)

    def _start(self, document: str) -> None:
        self._timers.pop(document, None)
        self._server.spawn(self.publish(document))

    async def publish(self, document: str) -> None:
        """Send what changed since it was last sent."""
        current = self._server.session.documents.get(document)
        if current is None:
            return
        changed = await self._note_profile(document, current)
        diagnostics = []
        for result in self._server.results.of(document):
            standing = await self._server.standing(result, current)
            changed |= self._note(result, standing, current)
            found = hint(self._server, result, standing, current)
            diagnostics += [found] if found is not None else []
        if self._server.session.documents.get(document) is not current:
            return
        if diagnostics != self._published.get(document, []):
            self._published[document] = diagnostics
            self._server.client.publish(current.uri, current.version, diagnostics)
            changed = True
        if changed:
            self._server.client.refresh()
            self._server.results_changed()

    def clear(self, document: str, uri: str) -> None:
        """Take back what was published for a file that is closed."""
        if (timer := self._timers.pop(document, None)) is not None:
            timer.cancel()
        if self._published.pop(document, None):
            self._server.client.publish(uri, None, [])

    async def _note_profile(self, key: str, document: Document) -> bool:
        """Remember whether the profile held when it was last looked at; whether that changed."""
        known = self._server.profiles.of(key)
        if known is None:
            return False
        before = self._profiles_held.get(key, True)
        self._profiles_held[key] = await self._server.profile_holds(known, document)
        return before is not self._profiles_held[key]

    def _note(self, result: Result, standing: Standing, document: Document) -> bool:
        """Remember the standing that was last seen, and notice the moment at which an edit arrived."""
        before = self._standings.get(result.id)
        self._standings[result.id] = standing
        if standing is Standing.APPLIED and before is not Standing.APPLIED:
            self._server.client.log(
                f"The text is now the verified faster version of '{result.function.name}'."
            )
            self._server.spawn(remember_accepted(self._server, result, document))
        return before is not standing


def hint(
    server: "PieServer", result: Result, standing: Standing, document: Document
) -> types.Diagnostic | None:
    """The diagnostic of one result, where it holds and has something to offer."""
    now = subject(result, document)
    if now is None or standing is not Standing.FRESH or not result.suggestions:
        return None
    return to_lsp.diagnostic(document, now.name_span, result, server.client.can)
