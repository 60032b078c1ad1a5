from pathlib import Path

import pytest

from ..conftest import Harness

INVALID_PARAMS = -32602


async def ids(harness: Harness) -> str:
    """The id of the only result."""
    discard = (await harness.actions())[-1]
    found: str = discard["command"]["arguments"][0]["result"]
    return found


async def test_verify_again_without_the_function_says_so(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    result = await ids(harness)
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "int g() { return 1; }\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert (await harness.execute("pie.verifyAgain", {"result": result}))["result"] == {"job": None}
    assert "'f' is not in the file any more." in await harness.message("any more")


@pytest.mark.parametrize("rank", [0, 3])
async def test_a_rank_that_is_not_there(harness: Harness, rank: int) -> None:
    await harness.begin()
    await harness.finish()
    argument = {"result": await ids(harness), "rank": rank}
    for command in ("pie.preview", "pie.apply"):
        assert (await harness.execute(command, argument))["error"]["code"] == INVALID_PARAMS


async def test_a_result_of_a_file_that_is_gone_cannot_be_used(harness: Harness, tmp_path: Path) -> None:
    await harness.begin()
    await harness.finish()
    result = await ids(harness)
    harness.notify("textDocument/didClose", {"textDocument": {"uri": harness.uri}})
    (tmp_path / "a.cpp").unlink()
    for command in ("pie.preview", "pie.apply"):
        response = await harness.execute(command, {"result": result, "rank": 1})
        assert response["error"]["code"] == INVALID_PARAMS


async def test_a_diff_that_cannot_be_written_is_said(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await harness.begin()
    await harness.finish()
    (tmp_path / "file").touch()
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(tmp_path / "file"))
    argument = {"result": await ids(harness), "rank": 1}
    assert (await harness.execute("pie.preview", argument))["result"] is None
    assert "cannot be written" in await harness.message("The diff")


async def test_a_buffer_that_cannot_be_written_is_not_optimized(tmp_path: Path) -> None:
    harness = Harness(tmp_path)
    await harness.begin()
    (tmp_path / "a.cpp").write_bytes("// é\n".encode("latin-1"))
    harness.notify("textDocument/didSave", {"textDocument": {"uri": harness.uri}})
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "// 😀\nvoid f() { slow(); }\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    response = await harness.execute("pie.optimize", {"uri": harness.uri, "function": "f"})
    assert response["result"] == {"job": None}
    assert "cannot be written" in await harness.message("😀")
