from typing import Any

from pie_lsp.server.uris import same_file_key

from .conftest import Harness


def published(harness: Harness) -> list[Any]:
    """Numbers of diagnostics, in the order in which they were sent."""
    params = [m["params"] for m in harness.sent if m.get("method") == "textDocument/publishDiagnostics"]
    return [(len(p["diagnostics"]), p.get("version")) for p in params]


async def test_only_what_changed_is_sent(harness: Harness) -> None:
    await harness.begin()
    key = same_file_key(harness.uri)
    publisher = harness.server.publisher
    await publisher.publish(key)
    assert published(harness) == []
    await harness.finish()
    for _ in range(3):
        await publisher.publish(key)
    assert published(harness) == [(1, 1)]
    publisher.clear(key, harness.uri)
    publisher.clear(key, harness.uri)
    assert published(harness) == [(1, 1), (0, None)]


async def test_many_changes_are_looked_at_once(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    text = harness.server.session.documents[same_file_key(harness.uri)].text
    for version in range(2, 30):
        identifier = {"uri": harness.uri, "version": version}
        change = {"text": "// x\n" * version + text}
        harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    await harness.until(lambda m: m.get("params", {}).get("version") == 29)
    assert published(harness) == [(1, 1), (1, 29)]


async def test_a_file_that_is_not_open_gets_nothing(harness: Harness) -> None:
    await harness.begin()
    await harness.server.publisher.publish("file:///not/open.cpp")
    harness.server.publisher.publish_soon("file:///not/open.cpp")
    assert published(harness) == []


async def test_an_applied_edit_is_logged_once(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    key = same_file_key(harness.uri)
    text = harness.server.session.documents[key].text.replace("slow", "fast")
    identifier = {"uri": harness.uri, "version": 2}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})
    for _ in range(3):
        await harness.server.publisher.publish(key)
    logged = [m for m in harness.sent if m.get("method") == "window/logMessage"]
    assert len([m for m in logged if "verified faster version of 'f'" in m["params"]["message"]]) == 1
