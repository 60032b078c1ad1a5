import socket

import pytest

from pie_lsp.server.main import run
from pie_lsp.values.errors import InputError

from ..protocol.driver import Driver, framed


@pytest.mark.parametrize("address", ["", "host", "host:", "host:port", "host:99999", "1.2.3.4:-1"])
def test_a_bad_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(InputError, match=r"127\.0\.0\.1:2087"):
        run(tcp=address)


def test_tcp_serves_one_client_and_ends_with_it() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Driver("--tcp", f"127.0.0.1:{port}") as driver:
        with connect(driver, port) as client, client.makefile("rb") as stream:
            client.sendall(framed({"jsonrpc": "2.0", "id": 1, "method": "shutdown"}))
            length = int(stream.readline().removeprefix(b"Content-Length: "))
            while stream.readline().strip():
                pass
            assert b"-32002" in stream.read(length)
            client.sendall(framed({"jsonrpc": "2.0", "method": "exit"}))
        assert driver.wait() == 1


def connect(driver: Driver, port: int) -> socket.socket:
    """A connection as soon as the server listens."""
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            assert driver.process.poll() is None, driver.errors()


def test_tcp_can_be_stopped_before_anybody_came() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with Driver("--tcp", f"127.0.0.1:{port}") as driver:
        while "Listening" not in driver.errors():
            assert driver.process.poll() is None, driver.errors()
        driver.process.terminate()
        assert driver.wait() == 128 + 15
