"""Server processes: one shared by each module for what leaves no trace, new ones for the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .driver import Driver
from .flow import FAKE_SERVER, Flow, answer, capabilities

Start = Callable[[], Driver]


@pytest.fixture(scope="module")
def shared() -> Iterator[Driver]:
    """An initialized server of this module, with the fake engine."""
    with Driver(entry=FAKE_SERVER) as driver:
        driver.initialize()
        yield driver
        assert driver.leave() == 0, driver.errors()
        assert not driver.junk


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts servers with the fake engine, and ends them after the test."""
    drivers: list[Driver] = []

    def begin() -> Driver:
        drivers.append(Driver(entry=FAKE_SERVER))
        return drivers[-1]

    yield begin
    for driver in drivers:
        driver.kill()


@pytest.fixture
def fresh(start: Start) -> Driver:
    """A server that nobody spoke to."""
    return start()


@pytest.fixture(scope="module")
def driver() -> Iterator[Driver]:
    """One server for all flows with a capable client; each flow has a file of its own."""
    with Driver(entry=FAKE_SERVER) as driver:
        driver.answer_requests(answer)
        driver.initialize(capabilities())
        yield driver
        assert driver.leave() == 0, driver.errors()
        assert not driver.junk


@pytest.fixture
def flow(driver: Driver, tmp_path: Path) -> Iterator[Flow]:
    """A file that is open in the shared server."""
    flow = Flow(driver, tmp_path)
    yield flow
    (tmp_path / "release").touch()
    driver.notify("textDocument/didClose", {"textDocument": {"uri": flow.uri}})
