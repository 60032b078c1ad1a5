"""Whether an address is this machine's, and how it is shown. Asks no name server, so nothing is looked up."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def is_loopback(address: str) -> bool:
    """Whether what is sent to `address` stays on this machine.

    Only ``localhost`` and the loopback addresses in their usual spelling do; what is not surely local counts
    as remote.
    """
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def fault_of(address: str) -> str | None:
    """What is wrong with the address of a server, in words that end a sentence; None if nothing is."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return "it is no address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "it has to begin with http:// or https:// and a host"
    if parts.username is not None or parts.password is not None:
        return "a key belongs into an environment variable and not into the address"
    if parts.query or parts.fragment:
        return "it ends where its path ends, without ? and #"
    return None


def shown(address: str) -> str:
    """The address without whatever could be secret in it."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return SplitResult(parts.scheme, host, parts.path, "", "").geturl()
