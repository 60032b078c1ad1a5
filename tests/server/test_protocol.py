"""What only the inside shows; the conformance table itself is in `tests/protocol`."""

import asyncio
import json
from typing import Any

from lsprotocol import types

from pie_lsp.server.protocol import Phase

from .conftest import Harness

SHOW = types.ShowDocumentParams(uri="file:///a.diff")


async def test_the_phases_and_the_exit_status(harness: Harness) -> None:
    protocol = harness.server.protocol
    assert (protocol.phase, protocol.exit_code) == (Phase.UNINITIALIZED, 1)
    await harness.begin()
    assert (protocol.phase, protocol.exit_code) == (Phase.RUNNING, 1)
    await harness.request("shutdown", None)
    assert (protocol.phase, protocol.exit_code) == (Phase.SHUT_DOWN, 0)


async def test_exit_asks_for_the_end(harness: Harness) -> None:
    stopped = asyncio.Event()
    harness.server.protocol.stop = stopped.set
    harness.notify("exit", None)
    assert stopped.is_set()


async def test_our_requests_cannot_be_cancelled_by_the_client(harness: Harness) -> None:
    await harness.begin()
    harness.write = lambda data: harness.sent.append(parse(data))  # type: ignore[method-assign]
    waiting = asyncio.ensure_future(harness.server.protocol.send_request_async("window/showDocument", SHOW))
    await asyncio.sleep(0)
    identity = harness.sent[-1]["id"]
    harness.notify("$/cancelRequest", {"id": identity})
    harness.say({"id": identity, "result": {"success": True}})
    assert (await waiting).success is True


async def test_a_late_answer_to_a_request_that_was_given_up_is_dropped(harness: Harness) -> None:
    await harness.begin()
    harness.write = lambda data: harness.sent.append(parse(data))  # type: ignore[method-assign]
    waiting = asyncio.ensure_future(harness.server.protocol.send_request_async("window/showDocument", SHOW))
    await asyncio.sleep(0)
    identity = harness.sent[-1]["id"]
    waiting.cancel()
    await asyncio.sleep(0)
    harness.say({"id": identity, "result": {"success": True}})
    assert identity not in harness.server.protocol._request_futures


async def test_an_answer_that_makes_no_sense_fails_the_request(harness: Harness) -> None:
    await harness.begin()
    harness.answers["window/showDocument"] = "nonsense"
    outcome = await asyncio.gather(
        harness.server.protocol.send_request_async("window/showDocument", SHOW), return_exceptions=True
    )
    assert isinstance(outcome[0], Exception)


async def test_a_defect_in_a_handler_is_an_internal_error_without_a_traceback(harness: Harness) -> None:
    await harness.begin()

    def broken(_params: Any) -> None:
        raise RuntimeError("broken")

    harness.server.feature("pie/broken")(broken)
    error = (await harness.respond("pie/broken", {}))["error"]
    assert error == {"code": -32603, "message": "Internal error: broken"}


def parse(data: bytes) -> Any:
    """The body of a framed message."""
    return json.loads(data.partition(b"\r\n\r\n")[2])
