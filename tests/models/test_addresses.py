"""What counts as this machine: too little is an inconvenience, too much sends source away."""

import pytest

from pie_lsp.models.addresses import fault_of, is_loopback, shown


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:11434/v1",
        "http://127.0.0.1:8080/v1",
        "https://127.8.8.8/v1",
        "http://[::1]:1234/v1",
        "http://LOCALHOST/v1",
    ],
)
def test_loopback_is_local(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.openai.com/v1",
        "http://localhost.example.com/v1",
        "http://127.0.0.1.example.com/v1",
        "http://127.0.0.1@example.com/v1",
        "http://example.com/127.0.0.1",
        "http://example.com#@127.0.0.1",
        "http://192.168.1.5:8000/v1",
        "http://10.0.0.1/v1",
        "http://0.0.0.0:8000/v1",
        "http://2130706433/v1",
        "http://my-machine/v1",
        "http://localhost./v1",
        "http://[fe80::1]/v1",
        "http://[::1",
        "",
        "nonsense",
    ],
)
def test_everything_else_is_remote(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("localhost:11434", "http://"),
        ("ftp://host/", "http://"),
        ("http:///v1", "a host"),
        ("http://user:key@host/v1", "environment variable"),
        ("http://host/v1?key=1", "without ?"),
        ("http://host:port/v1", "no address"),
        ("http://[::1", "no address"),
    ],
)
def test_what_is_no_address_of_a_server(address: str, words: str) -> None:
    assert words in (fault_of(address) or "")


def test_an_address_of_a_server() -> None:
    assert fault_of("https://host.example:8443/openai/v1/") is None


def test_nothing_secret_is_shown() -> None:
    assert shown("https://me:key@host:1/v1?api=key#key") == "https://host:1/v1"
