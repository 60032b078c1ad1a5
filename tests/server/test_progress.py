from typing import Any

from lsprotocol import types

from pie_lsp.server.client import Client
from pie_lsp.server.messages import Token
from pie_lsp.server.progress import MIN_SECONDS_BETWEEN_REPORTS, JobProgress, RequestProgress
from pie_lsp.values.events import Progress

from .test_jobs import tick


class Screen(Client):
    """Records what would be shown; `willing` says whether there is a display."""

    def __init__(self, willing: bool) -> None:
        self.willing = willing
        self.seen: list[tuple[Any, ...]] = []

    async def create_progress(self, token: str, title: str) -> bool:
        self.seen += [("begin", token, title)] if self.willing else []
        return self.willing

    def begin_progress(self, token: Token, title: str) -> None:
        self.seen.append(("begin", token, title))

    def report_progress(self, token: Token, message: str, percentage: int) -> None:
        self.seen.append((message, percentage))

    def end_progress(self, token: Token, message: str) -> None:
        self.seen.append(("end", message))

    def show(self, message: str, kind: types.MessageType = types.MessageType.Info) -> None:
        self.seen.append(("show", message))

    def log(self, message: str) -> None:
        self.seen.append(("log", message))


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_reports_are_at_most_five_a_second_and_the_last_one_counts() -> None:
    screen, clock = Screen(willing=True), Clock()
    progress = JobProgress(screen, "t", "Optimizing 'f'", clock)
    await tick()
    for done in range(50):
        progress.report(Progress("testing", done, 100), None)
    assert screen.seen == [("begin", "t", "Optimizing 'f'"), ("testing 0/100", 0)]
    clock.now += MIN_SECONDS_BETWEEN_REPORTS
    progress.report(Progress("testing", 50, 100), None)
    assert len(screen.seen) == 2, "a report is under way already"
    progress.end("done")
    await tick()
    assert screen.seen[-1] == ("end", "done") and len(screen.seen) == 3


async def test_a_late_report_is_sent_when_its_time_comes() -> None:
    screen = Screen(willing=True)
    progress = JobProgress(screen, "t", "x")
    await tick()
    progress.report(Progress("a", 1, 4), None)
    progress.report(Progress("b", 2, 4), None)
    while len(screen.seen) < 3:
        await tick()
    assert screen.seen[1:] == [("a 1/4", 25), ("b 2/4", 50)]
    progress.end("done")


async def test_the_share_never_falls() -> None:
    screen, clock = Screen(willing=True), Clock()
    progress = JobProgress(screen, "t", "x", clock)
    await tick()
    for done, total in ((3, 4), (3, 8), (7, 8)):
        progress.report(Progress("s", done, total), None)
        clock.now += 1
    assert [seen[1] for seen in screen.seen[1:]] == [75, 75, 87]
    progress.end("done")


async def test_what_came_before_the_display_is_shown_when_it_is_there() -> None:
    screen = Screen(willing=True)
    progress = JobProgress(screen, "t", "x")
    progress.report(Progress("early", 1, 2), None)
    await tick()
    assert screen.seen == [("begin", "t", "x"), ("early 1/2", 50)]
    progress.end("done")


async def test_without_a_display_the_start_is_shown_and_the_stages_are_logged() -> None:
    screen = Screen(willing=False)
    progress = JobProgress(screen, "t", "Optimizing 'f'")
    await tick()
    progress.report(Progress("testing", 1, 2), None)
    progress.end("done")
    assert screen.seen == [("show", "Optimizing 'f' …"), ("log", "Optimizing 'f': testing 1/2")]


async def test_a_job_that_ends_before_the_display_is_there_shows_none() -> None:
    screen = Screen(willing=True)
    JobProgress(screen, "t", "x").end("done")
    await tick()
    assert screen.seen == []


async def test_jobs_of_one_request_share_its_display() -> None:
    screen, clock = Screen(willing=True), Clock()
    whole = RequestProgress(screen, 7, "Optimizing 2 functions of a.cpp", clock)
    first, second = whole.add("f"), whole.add("g")
    first.report(Progress("testing", 1, 2), None)
    first.end("done")
    clock.now += 1
    second.report(Progress("testing", 1, 2), 3.4)
    second.end("done")
    whole.end("all")
    assert screen.seen == [
        ("begin", 7, "Optimizing 2 functions of a.cpp"),
        ("'f' (1 of 2): testing 1/2", 25),
        ("'g' (2 of 2): testing 1/2, best 3.40x", 75),
        ("end", "all"),
    ]
