"""`pie/results`, the texts behind it, and who hears of a change."""

import re
from pathlib import Path
from typing import Any

from .driver import Driver
from .flow import FAKE_SERVER, SOURCE, Flow, answer, apply, capabilities


def runs(flow: Flow, uri: str | None = None) -> list[Any]:
    asked = {} if uri is None else {"textDocument": {"uri": uri}}
    found: list[Any] = flow.driver.request("pie/results", asked)["runs"]
    return found


def mine(flow: Flow) -> Any:
    """The one run of the file."""
    (run,) = runs(flow, flow.uri)
    return run


def text(flow: Flow, uri: str) -> str:
    return str(flow.driver.request("workspace/textDocumentContent", {"uri": uri})["text"])


def test_a_run_tells_everything_that_is_shown(flow: Flow) -> None:
    flow.finish()
    run = mine(flow)
    assert run["function"] == {"name": "f", "qualifiedName": "f", "line": 2}
    assert run["range"] == {"start": {"line": 1, "character": 5}, "end": {"line": 1, "character": 6}}
    assert (run["uri"], run["standing"]) == (flow.uri, "fresh")
    assert run["message"].startswith("'f': 2 verified faster versions")
    assert (run["machine"], run["unit"], run["oldCost"], run["cached"]) == ("", "", None, False)
    assert run["tests"] == {"source": "none", "count": 0} and run["rejected"] == run["advice"] == []
    best = run["candidates"][0]
    assert best["short"] == "3.40x faster, 12 tests"
    assert best["headline"] == "3.40x faster, estimated Skylake cycles, 12 tests"
    assert (best["speedup"], best["low"], best["high"]) == (3.4, None, None)
    assert best["applicable"] and not best["llmGenerated"]
    assert flow.driver.request("pie/results", {})["runs"][0] == run, "the newest of all files comes first"


def test_the_texts_of_a_run_are_the_verified_ones(flow: Flow) -> None:
    flow.finish()
    best = mine(flow)["candidates"][0]
    assert best["original"].startswith("pie:/pie-result-") and best["original"].endswith("/original/a.cpp")
    assert text(flow, best["original"]) == SOURCE
    assert text(flow, best["proposed"]) == SOURCE.replace("slow", "fast")
    for uri in ("pie:/", "pie:/x/y/z", best["proposed"].replace("/1/", "/9/"), "file:///etc/passwd"):
        assert "not there any more" in text(flow, uri)


def test_the_standing_follows_the_text(flow: Flow) -> None:
    flow.finish()
    flow.change("// a line\n" + SOURCE)
    assert (mine(flow)["standing"], mine(flow)["function"]["line"]) == ("fresh", 3)
    flow.change(SOURCE.replace("slow", "fast"))
    assert (mine(flow)["standing"], mine(flow)["message"]) == (
        "applied",
        "'f' is the verified faster version.",
    )
    assert not any(one["applicable"] for one in mine(flow)["candidates"])
    flow.change("int g() { return 1; }\n")
    assert (mine(flow)["standing"], mine(flow)["range"]) == ("stale", None)
    flow.change(SOURCE)
    assert mine(flow)["standing"] == "fresh"
    flow.file.unlink()
    flow.driver.notify("textDocument/didClose", {"textDocument": {"uri": flow.uri}})
    assert mine(flow)["standing"] == "stale"


def test_nothing_found_is_told_too(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, SOURCE.replace("slow", "best"))
    flow.finish()
    run = mine(flow)
    assert (run["standing"], run["candidates"]) == ("nothing", [])
    assert "No faster equivalent found: 3 failed tests" in run["advice"][0]


def test_applying_by_command_gives_the_verified_text(flow: Flow) -> None:
    flow.finish()
    argument = {"command": "pie.apply", "arguments": [{"result": mine(flow)["id"], "rank": 2}]}
    assert flow.driver.request("workspace/executeCommand", argument) == {"applied": True, "problem": None}
    asked = flow.driver.expect(lambda m: m.get("method") == "workspace/applyEdit")["params"]
    (change,) = asked["edit"]["documentChanges"]
    assert apply(SOURCE, change["edits"][0]) == SOURCE.replace("slow", "faster")


def test_a_client_that_wants_to_hears_of_changes_and_reads_again(tmp_path: Path) -> None:
    can = capabilities()
    can["workspace"]["textDocumentContent"] = {"dynamicRegistration": True}
    can["experimental"] = {"pie": {"results": True}}
    with Driver(entry=FAKE_SERVER) as driver:
        driver.answer_requests(answer)
        driver.initialize(can)
        registered = driver.expect(lambda m: m.get("method") == "client/registerCapability")
        (registration,) = registered["params"]["registrations"]
        assert registration["method"] == "workspace/textDocumentContent"
        assert registration["registerOptions"] == {"schemes": ["pie"]}
        flow = Flow(driver, tmp_path)
        flow.finish()
        driver.notification("pie/resultsChanged")
        run = mine(flow)
        uri = run["candidates"][0]["proposed"]
        text(flow, uri)
        driver.execute({"command": "pie.discard", "arguments": [{"result": run["id"]}]})
        driver.notification("pie/resultsChanged")
        again = driver.expect(lambda m: m.get("method") == "workspace/textDocumentContent/refresh")
        assert again["params"] == {"uri": uri}
        assert "not there any more" in text(flow, uri)
        assert runs(flow) == []
        assert driver.leave() == 0


def test_another_client_hears_nothing_of_ours(flow: Flow) -> None:
    flow.finish()
    flow.actions()
    ours = {"pie/resultsChanged", "workspace/textDocumentContent/refresh", "client/registerCapability"}
    assert not ours & {str(m.get("method")) for m in flow.driver.messages}


def test_what_was_discarded_is_not_offered_by_itself_in_a_later_session(tmp_path: Path) -> None:
    line = "  std::string s; for (int i = 0; i < 9; i++) s = s + 'x'; slow();"
    program = SOURCE.replace("  slow();", line)
    automatic = {"triggerKind": 2}
    data = {"PIE_LSP_DATA_DIR": str(tmp_path / "data")}
    for session in range(2):
        with Driver(entry=FAKE_SERVER, env=data) as driver:
            driver.answer_requests(answer)
            driver.initialize(capabilities())
            flow = Flow(driver, tmp_path, program)
            assert bool(flow.actions(2, 3, **automatic)) is (session == 0)
            if session == 0:
                flow.finish()
                driver.execute({"command": "pie.discard", "arguments": [{"result": mine(flow)["id"]}]})
                assert not flow.actions(2, 3, **automatic)
            else:
                assert flow.actions(2, 3), "it is there for whoever asks"
                flow.change(program.replace("9", "8"))
                assert flow.actions(2, 3, **automatic), "and for another text"
            driver.leave()
    (kept,) = (tmp_path / "data").rglob("dismissed")
    assert re.fullmatch(r"[0-9a-f]{64}\n", kept.read_text())
