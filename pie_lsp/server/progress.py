"""Shows progress in whatever way the editor has, at most five times a second.

A job has a display of its own (`JobProgress`), or shares the one of the request that waits for it
(`RequestProgress`).
"""

import asyncio
from collections.abc import Callable
from time import monotonic

from pie_lsp.server.client import Client
from pie_lsp.server.jobs import words
from pie_lsp.server.messages import Token
from pie_lsp.values.events import Progress

MIN_SECONDS_BETWEEN_REPORTS = 0.2


class _Throttle:
    """Hands on the latest report only, and not too often."""

    def __init__(self, send: Callable[[str, int], None], clock: Callable[[], float]) -> None:
        self._send_on = send
        self._clock = clock
        self._share = 0
        self._latest: tuple[str, int] | None = None
        self._last_sent = -MIN_SECONDS_BETWEEN_REPORTS
        self._timer: asyncio.TimerHandle | None = None

    def report(self, text: str, percentage: int, *, hold: bool = False) -> None:
        """Send now or, if another report was sent just now, a little later; not yet where `hold`."""
        self._latest = (text, percentage)
        if self._timer is not None or hold:
            return
        wait = self._last_sent + MIN_SECONDS_BETWEEN_REPORTS - self._clock()
        if wait <= 0:
            self.flush()
        else:
            self._timer = asyncio.get_running_loop().call_later(wait, self.flush)

    def flush(self) -> None:
        """Send what waits."""
        self._timer = None
        latest, self._latest = self._latest, None
        if latest is not None:
            self._last_sent = self._clock()
            # Candidates that appear later make the share fall, which editors ignore (LSP 3.18).
            self._share = max(self._share, latest[1])
            self._send_on(latest[0], self._share)

    def stop(self) -> None:
        """Send nothing any more."""
        if self._timer is not None:
            self._timer.cancel()


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
        self._begun = False
        self._throttle = _Throttle(self._send, clock)
        self._creating = asyncio.get_running_loop().create_task(self._create())

    async def _create(self) -> None:
        self._begun = await self._client.create_progress(self._token, self._title)
        if not self._begun:
            self._client.show(f"{self._title} …")
        self._throttle.flush()

    def report(self, progress: Progress, best: float | None) -> None:
        """See `Display`."""
        self._throttle.report(words(progress, best), progress.percentage, hold=not self._creating.done())

    def _send(self, text: str, share: int) -> None:
        if self._begun:
            self._client.report_progress(self._token, text, share)
        else:
            self._client.log(f"{self._title}: {text}")

    def end(self, message: str) -> None:
        """Close the display; nothing is sent for this job afterwards."""
        self._throttle.stop()
        self._creating.cancel()
        if self._begun:
            self._client.end_progress(self._token, message)


class RequestProgress:
    """Progress of all jobs that one request waits for, on the token that came with it."""

    def __init__(
        self, client: Client, token: Token, title: str, clock: Callable[[], float] = monotonic
    ) -> None:
        self._client = client
        self._token = token
        self._throttle = _Throttle(self._send, clock)
        self._jobs: list[_Part] = []
        client.begin_progress(token, title)

    def add(self, name: str) -> "_Part":
        """The display of one more job."""
        self._jobs.append(_Part(self, name))
        return self._jobs[-1]

    def changed(self, part: "_Part", text: str) -> None:
        """A job did a step."""
        if len(self._jobs) > 1:
            text = f"'{part.name}' ({self._jobs.index(part) + 1} of {len(self._jobs)}): {text}"
        self._throttle.report(text, sum(job.percentage for job in self._jobs) // len(self._jobs))

    def _send(self, text: str, share: int) -> None:
        self._client.report_progress(self._token, text, share)

    def end(self, message: str) -> None:
        """Close the display."""
        self._throttle.stop()
        self._client.end_progress(self._token, message)


class _Part:
    """One job on a display that it shares."""

    def __init__(self, whole: RequestProgress, name: str) -> None:
        self._whole = whole
        self.name = name
        self.percentage = 0

    def report(self, progress: Progress, best: float | None) -> None:
        """See `Display`."""
        self.percentage = max(self.percentage, progress.percentage)
        self._whole.changed(self, words(progress, best))

    def end(self, _message: str) -> None:
        """See `Display`; the display stays open for the other jobs."""
        self.percentage = 100
