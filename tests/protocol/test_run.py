"""`pie/run` and `pie/verifyCopy`: requests that wait for jobs, and stop them when they are cancelled."""

import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from .driver import Driver
from .flow import FAKE_SERVER, SOURCE, Flow, answer, capabilities
from .test_lifecycle import is_alive, read_children

INVALID_PARAMS = -32602
REQUEST_FAILED = -32803
CANCELLED = -32800
AT_F = {"position": {"line": 1, "character": 5}}
WAITING = SOURCE + "// WAIT BEST\n"
TWO = "void g() {\n  endless();\n}\n" + SOURCE


def params(flow: Flow, scope: str = "function", **more: Any) -> dict[str, Any]:
    return {
        "textDocument": {"uri": flow.uri},
        "scope": scope,
        **(AT_F if scope == "function" else {}),
        **more,
    }


def shown(driver: Driver) -> list[str]:
    return [m["params"]["message"] for m in driver.messages if m.get("method") == "window/showMessage"]


def reports_on(token: str, progress: Any) -> bool:
    return bool(progress["token"] == token and progress["value"]["kind"] == "report")


def of_token(driver: Driver, token: int | str) -> list[Any]:
    """Everything that was reported on a token."""
    progress = [m["params"] for m in driver.messages if m.get("method") == "$/progress"]
    return [one["value"] for one in progress if one["token"] == token]


def test_it_answers_with_what_was_found_and_shows_nothing_beside(flow: Flow) -> None:
    found = flow.driver.request("pie/run", params(flow, workDoneToken="mine"))
    (result,) = found["results"]
    assert found["message"].startswith("'f': 2 verified faster versions, best 3.40x faster")
    begin, *reports, end = of_token(flow.driver, "mine")
    assert begin == {"kind": "begin", "title": "Optimizing 'f'", "cancellable": True, "percentage": 0}
    assert end["kind"] == "end" and "2 verified" in end["message"]
    assert {report["kind"] for report in reports} <= {"report"}
    assert shown(flow.driver) == []
    assert flow.actions()[0]["data"]["result"] == result


def test_progress_tells_the_stage_the_counts_and_the_best(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, WAITING)
    identity = driver.begin("pie/run", params(flow, workDoneToken=7))
    told = driver.notification("$/progress", lambda p: "best" in p["value"].get("message", ""))
    assert told["token"] == 7
    assert told["value"]["message"] == "measuring 3/8, best 3.40x", "and not what a clock alone says"
    (tmp_path / "release").touch()
    assert driver.response(identity)["result"]["results"]


@pytest.mark.parametrize("door", ["$/cancelRequest", "window/workDoneProgress/cancel", "pie.cancel"])
def test_cancelling_is_answered_when_every_child_is_dead(driver: Driver, tmp_path: Path, door: str) -> None:
    flow = Flow(driver, tmp_path, WAITING)
    identity = driver.begin("pie/run", params(flow, workDoneToken="t"))
    driver.notification("$/progress", lambda p: "measuring" in p["value"].get("message", ""))
    (child,) = read_children(tmp_path)
    if door == "$/cancelRequest":
        driver.notify(door, {"id": identity})
    elif door == "pie.cancel":
        assert driver.execute(flow.actions()[0])
    else:
        driver.notify(door, {"token": "t"})
    error = driver.response(identity)["error"]
    assert error["code"] == (REQUEST_FAILED if door == "pie.cancel" else CANCELLED)
    assert not is_alive(child)
    assert [value["kind"] for value in of_token(driver, "t")].count("end") == 1
    assert flow.actions()[0]["title"] == "Optimize 'f'"
    assert shown(driver) == []


def test_a_job_that_another_request_waits_for_goes_on(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, WAITING)
    first, second = (driver.begin("pie/run", params(flow, workDoneToken=token)) for token in "ab")
    for token in "ab":
        driver.notification("$/progress", partial(reports_on, token))
    driver.notify("$/cancelRequest", {"id": first})
    assert driver.response(first)["error"]["code"] == CANCELLED
    (child,) = read_children(tmp_path)
    assert is_alive(child)
    (tmp_path / "release").touch()
    assert driver.response(second)["result"]["results"]
    assert of_token(driver, "a")[-1] == {"kind": "end", "message": "cancelled"}


def test_at_shutdown_what_waits_is_answered_and_nothing_is_left(tmp_path: Path) -> None:
    with Driver(entry=FAKE_SERVER) as driver:
        driver.answer_requests(answer)
        driver.initialize(capabilities())
        flow = Flow(driver, tmp_path, WAITING)
        waiting = [driver.begin("pie/run", params(flow, workDoneToken=token)) for token in "ab"]
        driver.notification("$/progress", lambda p: "measuring" in p["value"].get("message", ""))
        assert driver.leave() == 0, driver.errors()
        assert all("error" in driver.response(identity) for identity in waiting)
        assert not [child for child in read_children(tmp_path) if is_alive(child)]
        assert "Traceback" not in driver.errors()


def test_all_functions_of_a_file_share_one_display(driver: Driver, tmp_path: Path) -> None:
    slow = SOURCE.replace("  slow();", "  std::string s; for (int i = 0; i < 9; i++) s = s + 'x'; slow();")
    text = slow + slow.replace("void f", "void h").replace("int g() { return 1; }\n", "")
    flow = Flow(driver, tmp_path, text)
    found = driver.request("pie/run", params(flow, "file", workDoneToken="t"))
    assert len(found["results"]) == 2
    assert found["message"].startswith("'f', 'h': 2 verified"), "what is the same is said once"
    runs = driver.request("pie/results", {"textDocument": {"uri": flow.uri}})["runs"]
    names = {run["id"]: run["function"]["name"] for run in runs}
    assert [names[result] for result in found["results"]] == ["f", "h"], "in the order of the functions"
    begin, *reports, end = of_token(driver, "t")
    assert begin["title"] == "Optimizing 2 functions of a.cpp" and end["kind"] == "end"
    assert all(" of 2): testing " in report["message"] for report in reports) and reports
    shares = [report["percentage"] for report in reports]
    assert shares == sorted(shares)


def test_where_no_rule_applies_to_a_file_it_says_so(flow: Flow) -> None:
    found = flow.driver.request("pie/run", params(flow, "file"))
    assert found == {"results": [], "message": "a.cpp: no rule applies to any of 2 functions."}


def test_a_file_that_is_not_open_is_read_from_the_disk(driver: Driver, tmp_path: Path) -> None:
    file = tmp_path / "b.cpp"
    file.write_text(SOURCE)
    driver.forget()
    uri = file.as_uri()
    (result,) = driver.request("pie/run", {"scope": "function", "textDocument": {"uri": uri}, **AT_F})[
        "results"
    ]
    (run,) = driver.request("pie/results", {"textDocument": {"uri": uri}})["runs"]
    assert (run["id"], run["standing"]) == (result, "fresh")


def test_what_changed_since_a_revision(driver: Driver, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", *name, *words], cwd=tmp_path, check=True, capture_output=True)

    slow = "void f() {\n  std::string s; for (int i = 0; i < 9; i++) s = s + 'x'; slow();\n}\n"
    same = slow.replace("void f", "void same")
    git("init", "-q")
    (tmp_path / "b.cpp").write_text(same + slow.replace("9", "8"))
    (tmp_path / "c.cpp").write_text(same)
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "b.cpp").write_text(same + slow)
    driver.forget()
    asked = {"scope": "changed", "folder": tmp_path.as_uri()}
    found = driver.request("pie/run", asked)
    assert found["message"].startswith("'f': 2 verified") and len(found["results"]) == 1
    answered = driver.request(
        "workspace/executeCommand",
        {"command": "pie.optimizeChanged", "arguments": [{"uri": tmp_path.as_uri(), "base": "HEAD"}]},
    )
    assert len(answered["jobs"]) == 1
    driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])
    git("commit", "-qam", "two")
    nothing = driver.request("pie/run", asked)
    assert nothing["results"] == [] and "there is no function to optimize" in nothing["message"]
    error = driver.response(driver.begin("pie/run", {**asked, "base": "nowhere"}))["error"]
    assert error["code"] == REQUEST_FAILED and "nowhere" in error["message"]


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({}, "scope"),
        ({"scope": "everything"}, "everything"),
        ({"scope": "function"}, "what is meant"),
        ({"scope": "file"}, "what is meant"),
        ({"scope": "changed"}, "what is meant"),
        ({"scope": "file", "textDocument": {"uri": 7}}, "7 is not a text"),
        ({"scope": "file", "textDocument": "file:///a.cpp"}, "not valid"),
        ({"scope": "file", "textDocument": {"uri": "x"}, "workDoneToken": True}, "True names no progress"),
        ({"scope": "function", "textDocument": {"uri": "x"}, "position": {"line": -1, "character": 0}}, "-1"),
        ({"scope": "function", "textDocument": {"uri": "x"}, "function": {"line": 1}}, "qualifiedName"),
        ([], "not valid"),
        (None, "scope"),
    ],
)
def test_invalid_parameters_are_answered(shared: Driver, wrong: Any, word: str) -> None:
    error = shared.response(shared.begin("pie/run", wrong))["error"]
    assert error["code"] == INVALID_PARAMS and word in error["message"]


@pytest.mark.parametrize("method", ["pie/verifyCopy", "pie/results"])
def test_so_are_those_of_the_other_requests(shared: Driver, method: str) -> None:
    assert shared.error(method, {"textDocument": {"uri": None}}) == INVALID_PARAMS


def test_our_requests_are_no_notifications(shared: Driver) -> None:
    shared.forget()
    shared.notify("pie/run", {"scope": "file", "textDocument": {"uri": "file:///a.cpp"}})
    shared.settle()
    # Nothing but the answer to settling came: no job, no message, no answer without a question.
    (only,) = shared.messages
    assert "pie/settle" in only["error"]["message"]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("REFUSE", "'f': The engine refuses."), ("CRASH", "because of a defect in pie-lsp")],
)
def test_a_job_that_fails_is_an_error_with_its_sentence(
    driver: Driver, tmp_path: Path, word: str, sentence: str
) -> None:
    flow = Flow(driver, tmp_path, f"{SOURCE}// {word}\n")
    error = driver.response(driver.begin("pie/run", params(flow, workDoneToken="t")))["error"]
    assert error["code"] == REQUEST_FAILED and sentence in error["message"]
    assert sentence in of_token(driver, "t")[-1]["message"]
    assert shown(driver) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"position": {"line": 99, "character": 0}}, "There is no function"),
        ({"function": {"qualifiedName": "h", "line": 1}}, "'h' is not in the file"),
        ({"textDocument": {"uri": "file:///nowhere/b.cpp"}}, "does not exist"),
        ({"textDocument": {"uri": "untitled:b"}}, "is no file"),
    ],
)
def test_what_cannot_be_run_is_a_sentence(flow: Flow, changes: dict[str, Any], sentence: str) -> None:
    error = flow.driver.response(flow.driver.begin("pie/run", {**params(flow), **changes}))["error"]
    assert error["code"] == REQUEST_FAILED and sentence in error["message"]


def test_without_trust_nothing_is_started(tmp_path: Path) -> None:
    with Driver(entry=FAKE_SERVER) as driver:
        driver.answer_requests(answer)
        options = {"initializationOptions": {"trusted": False}, "clientInfo": {"name": "tests"}}
        driver.initialize(capabilities(), **options)
        flow = Flow(driver, tmp_path)
        for scope in ("function", "file", "changed"):
            error = driver.response(driver.begin("pie/run", params(flow, scope)))["error"]
            assert error["code"] == REQUEST_FAILED and "not trusted" in error["message"]
        file = {"command": "pie.optimizeFile", "arguments": [{"uri": flow.uri}]}
        assert driver.execute(file) == {"jobs": []}
        assert "not trusted" in driver.notification("window/showMessage")["message"]
        assert driver.execute(flow.actions()[0]) == {"job": None}
        assert "not trusted" in driver.notification("window/showMessage")["message"]
        driver.notify("workspace/didChangeConfiguration", {"settings": {"pie": {"trusted": True}}})
        assert driver.error("pie/run", params(flow)) == REQUEST_FAILED, "a workspace may write that section"
        driver.notify("workspace/didChangeConfiguration", {"settings": {"trusted": True}})
        assert driver.request("pie/run", params(flow))["results"]
        driver.leave()


def test_where_a_project_can_write_all_settings_it_cannot_trust_itself(tmp_path: Path) -> None:
    with Driver(entry=FAKE_SERVER) as driver:
        driver.answer_requests(answer)
        options = {"initializationOptions": {"trusted": False}, "clientInfo": {"name": "Eglot"}}
        driver.initialize(capabilities(), **options)
        flow = Flow(driver, tmp_path)
        driver.notify("workspace/didChangeConfiguration", {"settings": {"trusted": True}})
        assert driver.error("pie/run", params(flow)) == REQUEST_FAILED
        driver.leave()
