"""Runs one asynchronous job of the engine for a person who may press Ctrl-C."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run_job(job: Coroutine[Any, Any, T]) -> T:
    """The result of `job`. SIGINT, SIGTERM and SIGHUP cancel it, and the engine kills every child.

    Once the job has ended, raises KeyboardInterrupt after SIGINT and SystemExit(128 + number) after the
    other two.
    """
    received: list[int] = []

    async def guarded() -> T:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, _stop, task, received, number)
        return await job

    try:
        # asyncio.run itself turns the first SIGINT into a cancellation and waits for the job to end.
        return asyncio.run(guarded())
    except asyncio.CancelledError:
        sys.exit(128 + received[0])


def _stop(task: "asyncio.Task[Any]", received: list[int], number: int) -> None:
    received.append(number)
    task.cancel()
