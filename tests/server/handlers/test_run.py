from pathlib import Path

from ...protocol.flow import SOURCE
from ..conftest import Harness

AT_F = {"position": {"line": 1, "character": 5}}


async def test_without_a_token_progress_is_shown_as_for_commands(harness: Harness, tmp_path: Path) -> None:
    await harness.begin(SOURCE + "// WAIT\n")
    asked = {"scope": "function", "textDocument": {"uri": harness.uri}, **AT_F}
    harness.say({"id": "run", "method": "pie/run", "params": asked})
    await harness.until(lambda m: m.get("method") == "window/workDoneProgress/create")
    (tmp_path / "release").touch()
    answer = await harness.until(lambda m: m.get("id") == "run")
    assert answer["result"]["message"].startswith("'f': 2 verified")
    assert not [m for m in harness.sent if m.get("method") == "window/showMessage"]


async def test_a_function_is_found_by_its_name(harness: Harness) -> None:
    await harness.begin()
    place = {"qualifiedName": "f", "line": 1}
    asked = {"scope": "function", "textDocument": {"uri": harness.uri}, "function": place}
    assert (await harness.request("pie/run", asked))["results"]
