"""No process of the real engine outlives the server, whatever door the client takes."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from ..protocol.driver import Driver
from ..protocol.flow import capabilities

T = TypeVar("T")

DEADLINE_SECONDS = 60.0

BUSY = """\
#include <iostream>
#include <string>
int main() {
    std::string text;
    unsigned long sum = 0;
    for (unsigned long i = 0; i < 20000000000UL; i++) sum = sum * 6364136223846793005UL + i;
    for (int i = 0; i < 1000; i++) text = text + 'x';
    std::cout << text << sum << std::endl;
}
"""
"""Runs for longer than any test waits, so that a child is there when the server ends."""


@pytest.mark.parametrize("door", ["shutdown", "SIGTERM", "end of input", "SIGKILL"])
def test_no_process_outlives_the_server(tmp_path: Path, door: str) -> None:
    file = tmp_path / "busy.cpp"
    file.write_text(BUSY)
    (tmp_path / "busy.tests").mkdir()
    (tmp_path / "busy.tests" / "1.in").write_text("")
    with Driver() as driver:
        driver.initialize(capabilities())
        driver.open(file.as_uri(), BUSY)
        (start,) = driver.actions(file.as_uri(), 2, 5)
        assert driver.execute(start)["job"]
        driver.notification("$/progress", lambda p: "running the original" in p["value"].get("message", ""))
        children = wait_for(lambda: descendants(driver.process.pid))
        leave(driver, door)
        wait_for(lambda: not [child for child in children if is_running(child)])


def leave(driver: Driver, door: str) -> None:
    """Go through one of the doors, and see that the server goes too."""
    if door == "shutdown":
        assert driver.leave() == 0
    elif door == "end of input":
        driver.close_input()
        assert driver.wait() == 1
    else:
        number = signal.Signals[door]
        driver.process.send_signal(number)
        assert driver.wait() == (-number if number is signal.SIGKILL else 128 + number)


def wait_for(condition: Callable[[], T]) -> T:
    """The first true value of a condition, polled."""
    end = time.monotonic() + DEADLINE_SECONDS
    while not (value := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return value


def descendants(process: int) -> list[int]:
    """Everything below a process."""
    found, queue = [], [process]
    while queue:
        for file in Path(f"/proc/{queue.pop()}/task").glob("*/children"):
            try:
                below = [int(pid) for pid in file.read_text().split()]
            except (FileNotFoundError, ProcessLookupError):
                continue
            found += below
            queue += below
    return found


def is_running(process: int) -> bool:
    """Whether a process is there and no zombie that nobody waited for yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
