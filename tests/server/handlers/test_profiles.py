from pathlib import Path

from ...protocol.flow import PROGRAM
from ..conftest import Harness


async def test_a_buffer_that_cannot_be_written_is_not_profiled(harness: Harness, tmp_path: Path) -> None:
    await harness.begin(PROGRAM)
    (tmp_path / "a.cpp").write_bytes("// é\n".encode("latin-1"))
    harness.notify("textDocument/didSave", {"textDocument": {"uri": harness.uri}})
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "// 😀\n" + PROGRAM}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert (await harness.execute("pie.profile", {"uri": harness.uri}))["result"] == {"job": None}
    assert "cannot be written" in await harness.message("😀")
    lenses = await harness.request("textDocument/codeLens", {"textDocument": {"uri": harness.uri}})
    assert lenses == []


async def test_a_share_without_a_profile_is_not_made_up(harness: Harness) -> None:
    await harness.begin(PROGRAM)
    argument = {"uri": harness.uri, "function": "f"}
    assert (await harness.execute("pie.share", argument))["result"] is None
    await harness.message("Profile again")


async def test_a_function_that_was_not_kept_apart_has_no_share(harness: Harness) -> None:
    await harness.begin(PROGRAM)
    await harness.execute("pie.profile", {"uri": harness.uri})
    await harness.message("most expensive")
    assert (await harness.execute("pie.share", {"uri": harness.uri, "function": "g"}))["result"] is None
    said = (await harness.execute("pie.share", {"uri": harness.uri, "function": "main"}))["result"]
    assert str(said).startswith("'main': 10 % of the cost on 6 tests (estimate); of that 100 % itself.")
