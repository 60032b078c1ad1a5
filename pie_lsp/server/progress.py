"""Shows one job's progress in whatever way the editor has, at most five times a second."""

import asyncio
from collections.abc import Callable
from time import monotonic

from pie_lsp.server.client import Client
from pie_lsp.values.events import Progress

MIN_SECONDS_BETWEEN_REPORTS = 0.2


class JobProgress:
    """Progress of one job.

    The editor is asked to create the display, and the job does not wait for its answer. Where there is
    no display, stages go to the log, and one message is shown at the start.
    """

    def __init__(
        self, client: Client, token: str, title: str, clock: Callable[[], float] = monotonic
    ) -> None:
        self._client = client
        self._token = token
        self._title = title
        self._clock = clock
        self._begun = False
        self._share = 0
        self._latest: Progress | None = None
        self._last_sent = -MIN_SECONDS_BETWEEN_REPORTS
        self._timer: asyncio.TimerHandle | None = None
        self._creating = asyncio.get_running_loop().create_task(self._create())

    async def _create(self) -> None:
        self._begun = await self._client.begin_progress(self._token, self._title)
        if not self._begun:
            self._client.show(f"{self._title} …")
        if self._latest is not None:
            self._send()

    def report(self, progress: Progress) -> None:
        """Show `progress` now or, if another report was sent just now, a little later."""
        self._latest = progress
        if self._timer is not None or not self._creating.done():
            return
        wait = self._last_sent + MIN_SECONDS_BETWEEN_REPORTS - self._clock()
        if wait <= 0:
            self._send()
        else:
            self._timer = asyncio.get_running_loop().call_later(wait, self._send)

    def _send(self) -> None:
        self._timer = None
        latest, self._latest = self._latest, None
        if latest is None:
            return
        self._last_sent = self._clock()
        if self._begun:
            # Candidates that appear later make the share fall, which editors ignore (LSP 3.18).
            self._share = max(self._share, latest.percentage)
            text = f"{latest.stage} {latest.done}/{latest.total}"
            self._client.report_progress(self._token, text, self._share)
        else:
            self._client.log(f"{self._title}: {latest.stage} {latest.done}/{latest.total}")

    def end(self, message: str) -> None:
        """Close the display; nothing is sent for this job afterwards."""
        if self._timer is not None:
            self._timer.cancel()
        self._creating.cancel()
        if self._begun:
            self._client.end_progress(self._token, message)
