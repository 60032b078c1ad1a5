from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from pie_lsp.server.capabilities import Capabilities

from .conftest import Harness

REFUSED = {"code": -32603, "message": "no"}


async def ready(harness: Harness, **can: bool) -> Harness:
    await harness.begin()
    harness.sent.clear()
    harness.server.client.can = Capabilities(**can)
    return harness


def methods(harness: Harness) -> list[str]:
    return [message["method"] for message in harness.sent]


async def test_nothing_is_asked_of_a_client_that_cannot(harness: Harness) -> None:
    client = (await ready(harness)).server.client
    client.refresh()
    assert not await client.create_progress("t", "x")
    assert not await client.show_document(Path("/a.diff"))
    assert await client.configuration() is None
    await client.watch_configuration()
    assert harness.sent == []


async def test_refresh_is_per_ability(harness: Harness) -> None:
    (await ready(harness, inlay_hint_refresh=True)).server.client.refresh()
    assert methods(harness) == ["workspace/inlayHint/refresh"]


async def test_progress_that_is_refused_is_no_progress(harness: Harness) -> None:
    client = (await ready(harness, progress=True)).server.client
    assert await client.create_progress("a", "x")
    harness.answers["window/workDoneProgress/create"] = REFUSED
    assert not await client.create_progress("b", "x")
    assert [m["params"]["token"] for m in harness.sent if m["method"] == "$/progress"] == ["a"]


@pytest.mark.parametrize(
    ("answer", "shown"), [({"success": True}, True), ({"success": False}, False), (REFUSED, False)]
)
async def test_a_document_is_shown_or_not(harness: Harness, answer: Any, shown: bool) -> None:
    client = (await ready(harness, show_document=True)).server.client
    harness.answers["window/showDocument"] = answer
    assert await client.show_document(Path("/a b.diff")) is shown
    assert harness.sent[0]["params"] == {"uri": "file:///a%20b.diff", "takeFocus": True}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"applied": True}, None),
        ({"applied": False, "failureReason": "outdated"}, "outdated"),
        ({"applied": False}, "the editor refused the edit"),
        (REFUSED, "no"),
    ],
)
async def test_why_an_edit_was_not_applied(harness: Harness, answer: Any, problem: str | None) -> None:
    client = (await ready(harness, apply_edit=True)).server.client
    harness.answers["workspace/applyEdit"] = answer
    assert await client.apply(types.WorkspaceEdit(changes={}), "label") == problem


@pytest.mark.parametrize(
    ("answer", "expected"), [([{"jobs": 1}], {"jobs": 1}), ([None], None), ([], None), (REFUSED, None)]
)
async def test_configuration_is_one_section(harness: Harness, answer: Any, expected: Any) -> None:
    client = (await ready(harness, configuration=True)).server.client
    harness.answers["workspace/configuration"] = answer
    assert await client.configuration() == expected
    assert harness.sent[0]["params"] == {"items": [{"section": "pie"}]}


async def test_changes_of_the_configuration_are_asked_for_and_a_refusal_does_no_harm(
    harness: Harness,
) -> None:
    client = (await ready(harness, register_configuration=True)).server.client
    for harness.answers["client/registerCapability"] in (None, REFUSED):
        await client.watch_configuration()
    (registration,) = harness.sent[0]["params"]["registrations"]
    assert registration["method"] == "workspace/didChangeConfiguration"
    assert registration["registerOptions"] == {"section": "pie"}
