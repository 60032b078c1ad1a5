"""Life of the server, from the first message to the exit status (LSP 3.18, "Server lifecycle")."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .driver import DEADLINE_SECONDS, Driver, framed
from .flow import FAKE_SERVER

NOT_INITIALIZED = -32002
INVALID_REQUEST = -32600
URI = "file:///nowhere/a.cpp"

PIPE_BYTES = 1 << 16
"""What Linux keeps of a pipe that nobody reads."""


@pytest.mark.parametrize("method", ["textDocument/hover", "shutdown", "pie/unknown", "$/unknown"])
def test_requests_before_initialize_are_refused(shared_unborn: Driver, method: str) -> None:
    assert shared_unborn.error(method) == NOT_INITIALIZED


@pytest.fixture(scope="module")
def shared_unborn() -> Iterator[Driver]:
    """A server that never hears `initialize`."""
    with Driver(entry=FAKE_SERVER) as driver:
        yield driver


def test_notifications_before_initialize_are_dropped(fresh: Driver) -> None:
    fresh.open(URI, "int main() {}\n")
    fresh.initialize()
    assert fresh.request("pie/text", {"uri": URI}) is None


def test_exit_before_initialize_ends_with_1(fresh: Driver) -> None:
    fresh.notify("exit")
    assert fresh.wait() == 1


def test_initialize_is_accepted_once(shared: Driver) -> None:
    assert (
        shared.error("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        == INVALID_REQUEST
    )


def test_a_failed_initialize_may_be_repeated(fresh: Driver) -> None:
    assert fresh.error("initialize", {"processId": "no number"}) == -32602
    assert "capabilities" in fresh.initialize()


def test_shutdown_answers_null_and_then_only_exit_counts(fresh: Driver) -> None:
    fresh.initialize()
    answer = fresh.response(fresh.begin("shutdown"))
    assert "result" in answer and answer["result"] is None
    assert fresh.error("textDocument/hover") == INVALID_REQUEST
    assert fresh.error("shutdown") == INVALID_REQUEST
    fresh.open(URI, "int main() {}\n")
    assert fresh.error("pie/text", {"uri": URI}) == INVALID_REQUEST
    fresh.notify("exit")
    assert fresh.wait() == 0


def test_shutdown_without_params_key(fresh: Driver) -> None:
    fresh.initialize()
    fresh.send({"jsonrpc": "2.0", "id": 7, "method": "shutdown"})
    assert fresh.response(7)["result"] is None
    fresh.send({"jsonrpc": "2.0", "method": "exit"})
    assert fresh.wait() == 0


def test_exit_without_shutdown_ends_with_1(fresh: Driver) -> None:
    fresh.initialize()
    fresh.notify("exit")
    assert fresh.wait() == 1


def test_end_of_input_ends_the_server(fresh: Driver) -> None:
    fresh.initialize()
    fresh.close_input()
    assert fresh.wait() == 1


def test_end_of_input_in_the_middle_of_a_message(fresh: Driver) -> None:
    fresh.initialize()
    fresh.raw(b"Content-Length: 1000\r\n\r\n{")
    fresh.close_input()
    assert fresh.wait() == 1


def test_end_of_input_after_shutdown_ends_with_0(fresh: Driver) -> None:
    fresh.initialize()
    fresh.request("shutdown")
    fresh.close_input()
    assert fresh.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_end_the_server_in_an_orderly_way(fresh: Driver, number: signal.Signals) -> None:
    fresh.initialize()
    fresh.process.send_signal(number)
    assert fresh.wait() == 128 + number
    assert "Traceback" not in fresh.errors()


def test_the_server_ends_with_the_process_that_started_it(fresh: Driver) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as parent:
        fresh.initialize(processId=parent.pid)
        fresh.settle()
        parent.kill()
    assert fresh.wait() == 1


def test_a_client_that_does_not_read_cannot_keep_the_server() -> None:
    command = [sys.executable, str(FAKE_SERVER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as deaf:
        assert deaf.stdin is not None and deaf.stdout is not None
        for identity in range(2 * PIPE_BYTES // 100):
            deaf.stdin.write(framed({"jsonrpc": "2.0", "id": identity, "method": "pie/unknown"}))
        deaf.stdin.flush()
        # One answer shows that the server is up, has its signal handlers, and works on the rest.
        assert deaf.stdout.read(1)
        deaf.terminate()
        assert deaf.wait(DEADLINE_SECONDS) == 128 + signal.SIGTERM


@pytest.mark.parametrize(
    ("door", "jobs"),
    [("shutdown", 0), ("shutdown", 1), ("shutdown", 3), ("end of input", 3), ("SIGTERM", 3), ("exit", 3)],
)
def test_no_child_outlives_the_server(fresh: Driver, tmp_path: Path, jobs: int, door: str) -> None:
    driver = fresh
    driver.initialize()
    for number in range(jobs):
        uri = (tmp_path / f"{number}.cpp").as_uri()
        driver.open(uri, "void f() { /* WAIT */ slow(); }\n")
        (action,) = driver.actions(uri, 0, 6)
        assert driver.execute(action)["job"]
    if jobs:
        driver.notification("window/logMessage", lambda p: "measuring" in p["message"])
    children = read_children(tmp_path)
    assert bool(children) == bool(jobs)
    leave(driver, door)
    assert not [child for child in read_children(tmp_path) if is_alive(child)]


def leave(driver: Driver, door: str) -> None:
    """Go through one of the doors, and see that the server goes too."""
    if door == "shutdown":
        assert driver.leave() == 0
    elif door == "end of input":
        driver.close_input()
        assert driver.wait() == 1
    elif door == "exit":
        driver.notify("exit")
        assert driver.wait() == 1
    else:
        driver.process.terminate()
        assert driver.wait() == 128 + signal.SIGTERM


def read_children(folder: Path) -> list[int]:
    """Process ids that the fake engine wrote down."""
    file = folder / "children"
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []


def is_alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not yet waited for does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
