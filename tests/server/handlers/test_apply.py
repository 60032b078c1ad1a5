from pathlib import Path
from typing import Any

import pytest

from pie_lsp.engine.contract import OptimizeRequest

from ...protocol.flow import SOURCE
from ..conftest import Harness
from .test_execute_command import ids


async def apply(harness: Harness, text: str = SOURCE) -> Any:
    """Apply the best suggestion for `SOURCE` when the text is `text`."""
    await harness.begin()
    await harness.finish()
    result = await ids(harness)
    identifier = {"uri": harness.uri, "version": 2}
    change = {"textDocument": identifier, "contentChanges": [{"text": text}]}
    harness.notify("textDocument/didChange", change)
    return (await harness.execute("pie.apply", {"result": result, "rank": 1}))["result"]


async def test_what_the_editor_says_is_answered(harness: Harness) -> None:
    harness.answers["workspace/applyEdit"] = {"applied": True}
    assert await apply(harness) == {"applied": True, "problem": None}


async def test_what_the_editor_refuses_is_answered_and_shown(harness: Harness) -> None:
    harness.answers["workspace/applyEdit"] = {"applied": False, "failureReason": "read only"}
    assert await apply(harness) == {"applied": False, "problem": "Not applied: read only"}
    await harness.message("Not applied: read only")


async def test_what_no_longer_holds_is_refused(harness: Harness) -> None:
    answer = await apply(harness, SOURCE + "int h;\n")
    assert not answer["applied"] and answer["problem"].startswith("Verify again")
    await harness.message("Verify again")
    assert not [m for m in harness.sent if m.get("method") == "workspace/applyEdit"]


async def test_a_text_that_changes_while_the_evidence_is_read_is_refused(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = harness.server.evidence

    async def evidence(request: OptimizeRequest) -> str:
        identifier = {"uri": harness.uri, "version": 3}
        change = {"textDocument": identifier, "contentChanges": [{"text": SOURCE + "int h;\n"}]}
        harness.notify("textDocument/didChange", change)
        return await read(request)

    harness.answers["workspace/applyEdit"] = {"applied": True}
    await harness.begin()
    await harness.finish()
    result = await ids(harness)
    monkeypatch.setattr(harness.server, "evidence", evidence)
    answer = (await harness.execute("pie.apply", {"result": result, "rank": 1}))["result"]
    assert not answer["applied"] and answer["problem"].startswith("Verify again")
    assert not [m for m in harness.sent if m.get("method") == "workspace/applyEdit"]


async def test_an_editor_that_takes_no_edits_is_told_what_to_run_in_whatever_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a {0} {path} b"
    folder.mkdir()
    harness = Harness(folder, {})
    await harness.begin()
    await harness.finish()
    (result,) = harness.server.results
    answer = (await harness.execute("pie.apply", {"result": result.id, "rank": 1}))["result"]
    assert not answer["applied"] and answer["problem"].endswith(f" in {folder}")
    await harness.message(str(folder))


async def test_a_file_that_is_not_open_is_edited_too(harness: Harness) -> None:
    harness.answers["workspace/applyEdit"] = {"applied": True}
    await harness.begin()
    await harness.finish()
    result = await ids(harness)
    harness.notify("textDocument/didClose", {"textDocument": {"uri": harness.uri}})
    answer = await harness.execute("pie.apply", {"result": result, "rank": 1})
    assert answer["result"] == {"applied": True, "problem": None}
    (asked,) = [m["params"] for m in harness.sent if m.get("method") == "workspace/applyEdit"]
    (change,) = asked["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": harness.uri, "version": None}
