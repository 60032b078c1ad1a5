import asyncio
from pathlib import Path
from typing import Any

import pytest

from pie_lsp.text.positions import PositionEncoding

from ..conftest import DEADLINE_SECONDS, Harness


async def initialize(harness: Harness, **params: Any) -> Any:
    everything = {"processId": None, "rootUri": None, "capabilities": {}, **params}
    return await harness.request("initialize", everything)


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (["utf-8", "utf-16"], PositionEncoding.UTF8),
        (["utf-32"], PositionEncoding.UTF32),
        (["utf-7"], PositionEncoding.UTF16),
        ([], PositionEncoding.UTF16),
    ],
)
async def test_the_clients_first_known_encoding_is_taken(
    harness: Harness, offered: list[str], chosen: PositionEncoding
) -> None:
    await initialize(harness, capabilities={"general": {"positionEncodings": offered}})
    assert harness.server.session.encoding is chosen


@pytest.mark.parametrize(("options", "taken"), [({"jobs": 1}, {"jobs": 1}), (None, {}), ([1], {}), ("x", {})])
async def test_options_are_settings(harness: Harness, options: Any, taken: Any) -> None:
    await initialize(harness, initializationOptions=options)
    assert harness.server.session.initialization_options == taken


async def test_folders_are_followed(harness: Harness, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    outer, inner = ({"uri": path.as_uri(), "name": "x"} for path in (tmp_path, tmp_path / "in"))
    await initialize(harness, workspaceFolders=[outer], rootUri="file:///ignored")
    session = harness.server.session
    assert session.workspace_of(tmp_path / "in" / "a.cpp") == tmp_path
    event = {"added": [inner], "removed": [outer]}
    harness.notify("workspace/didChangeWorkspaceFolders", {"event": event})
    assert session.workspace_of(tmp_path / "in" / "a.cpp") == tmp_path / "in"


async def test_a_client_without_folders_has_a_root(harness: Harness, tmp_path: Path) -> None:
    await initialize(harness, rootUri=tmp_path.as_uri())
    assert harness.server.session.workspace_of(tmp_path / "a.cpp") == tmp_path


async def test_a_dead_parent_ends_the_server(harness: Harness) -> None:
    stopped = asyncio.Event()
    harness.server.protocol.stop = stopped.set
    await initialize(harness, processId=2**22 + 1)
    await asyncio.wait_for(stopped.wait(), DEADLINE_SECONDS)


async def test_shutdown_is_answered_after_the_jobs_are_gone(harness: Harness) -> None:
    await harness.begin("void f() { /* WAIT */ slow(); }\n")
    await harness.execute("pie.optimize", {"uri": harness.uri, "function": "f"})
    await harness.until(lambda m: m.get("method") == "$/progress")
    assert await harness.request("shutdown", None) is None
    ends = [
        m for m in harness.sent if m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "end"
    ]
    assert len(ends) == 1
