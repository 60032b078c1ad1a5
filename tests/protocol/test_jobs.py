"""Jobs from their start to their end."""

from pathlib import Path

import pytest

from .driver import Driver, Message
from .flow import SOURCE, Flow, capabilities, with_client
from .test_lifecycle import is_alive, read_children

CONTENT_MODIFIED = -32801


def test_starting_twice_joins_the_job(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// WAIT\n")
    (action,) = flow.actions()
    job = driver.execute(action)["job"]
    assert driver.execute(action)["job"] == job
    (running,) = flow.actions()
    assert running["title"].startswith("Cancel optimizing 'f' (")
    (tmp_path / "release").touch()
    driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])
    created = [m for m in driver.messages if m.get("method") == "window/workDoneProgress/create"]
    assert [m["params"]["token"] for m in created].count(job) == 1


def test_a_function_that_is_gone_is_said(flow: Flow) -> None:
    (action,) = flow.actions()
    flow.change("int g() { return 1; }\n")
    assert flow.driver.execute(action) == {"job": None}
    assert "'f' is not in the file" in flow.driver.notification("window/showMessage")["message"]


def test_a_function_that_changed_since_the_offer_is_optimized_as_it_is_now(flow: Flow) -> None:
    (action,) = flow.actions()
    flow.change(SOURCE.replace("slow();", "slow(); g();"))
    assert flow.driver.execute(action)["job"]
    flow.driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])
    assert flow.actions()[0]["title"].endswith("Call fast()")


def test_progress_begins_rises_and_ends(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// WAIT\n")
    job = flow.start()
    driver.notification("$/progress", lambda p: "measuring" in p["value"].get("message", ""))
    (tmp_path / "release").touch()
    end = driver.notification("$/progress", lambda p: p["token"] == job and p["value"]["kind"] == "end")
    assert "2 verified faster versions" in end["value"]["message"]
    values = [m["params"]["value"] for m in driver.messages if of_job(m, job)]
    assert (
        values[0]["kind"] == "begin" and values[0]["cancellable"] and values[0]["title"] == "Optimizing 'f'"
    )
    shares = [v["percentage"] for v in values if "percentage" in v]
    assert shares == sorted(shares)
    assert [v["kind"] for v in values].count("end") == 1


def of_job(message: Message, job: str) -> bool:
    """Whether a message is progress of that job."""
    return message.get("method") == "$/progress" and message["params"]["token"] == job


@pytest.mark.parametrize("door", ["token", "action"])
def test_cancelling_kills_the_children_and_ends_the_progress(
    driver: Driver, tmp_path: Path, door: str
) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// WAIT\n")
    job = flow.start()
    driver.notification("$/progress", lambda p: "measuring" in p["value"].get("message", ""))
    (child,) = read_children(tmp_path)
    (action,) = flow.actions()
    if door == "token":
        driver.notify("window/workDoneProgress/cancel", {"token": job})
        driver.notify("window/workDoneProgress/cancel", {"token": job})
    else:
        assert driver.execute(action) is True
    end = driver.notification("$/progress", lambda p: p["token"] == job and p["value"]["kind"] == "end")
    assert end["value"]["message"] == "cancelled"
    driver.settle()
    assert not is_alive(child)
    assert driver.execute(action) is False
    assert flow.actions()[0]["title"] == "Optimize 'f'"


def test_a_job_that_waits_for_its_turn_can_be_cancelled_too(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = Flow(driver, tmp_path / "one", SOURCE + "// WAIT\n")
    first.start()
    second = Flow(driver, tmp_path / "two", SOURCE + "// WAIT\n")
    second.start()
    (action,) = second.actions()
    assert action["title"] == "Cancel optimizing 'f' (waiting)"
    assert driver.execute(action) is True
    driver.settle()
    assert not read_children(tmp_path / "two")
    (tmp_path / "one" / "release").touch()
    driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])


def test_an_edit_of_the_function_while_it_runs_starts_the_next_job_on_the_new_text(
    driver: Driver, tmp_path: Path
) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// WAIT\n")
    first = flow.start()
    (stale,) = flow.actions()
    assert stale["command"]["command"] == "pie.cancel"
    flow.change(flow.text.replace("slow();", "slow(); g();"))
    argument = {"uri": flow.uri, "function": "f"}
    second = driver.request("workspace/executeCommand", {"command": "pie.optimize", "arguments": [argument]})[
        "job"
    ]
    assert second != first
    end = driver.notification("$/progress", lambda p: p["token"] == first and p["value"]["kind"] == "end")
    assert end["value"]["message"] == "cancelled"
    (tmp_path / "release").touch()
    driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])
    assert "g();" in flow.applied(flow.actions()[0])


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("CRASH", "because of a defect in pie-lsp"),
        ("REFUSE", "'f': The engine refuses."),
        ("int NOTHING", "'f': No faster equivalent found: 3 failed tests, 2 identical code, 4 slower."),
    ],
)
def test_a_job_without_results_says_why(driver: Driver, tmp_path: Path, word: str, sentence: str) -> None:
    text = SOURCE.replace("slow", "fine") if "NOTHING" in word else SOURCE
    flow = Flow(driver, tmp_path, f"{text}// {word}\n")
    flow.start()
    message = driver.notification("window/showMessage", lambda p: "'f'" in p["message"])["message"]
    assert sentence in message
    assert flow.actions()[0]["title"] == "Optimize 'f'"
    assert bool(flow.actions(triggerKind=2)) == ("NOTHING" not in word)


def test_stray_output_does_not_reach_the_client(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// NOISY\n")
    flow.finish()
    assert not driver.junk
    assert "a stray print" in driver.errors() and "a stray child" in driver.errors()


@pytest.mark.parametrize("refused", [False, True])
def test_without_progress_stages_are_logged_and_the_start_is_shown(tmp_path: Path, refused: bool) -> None:
    def use(flow: Flow) -> None:
        if refused:
            flow.driver.answer_requests(lambda _request: RuntimeError("no progress here"))
        flow.start()
        assert flow.driver.notification("window/showMessage")["message"].startswith("Optimizing 'f'")
        flow.driver.notification("window/logMessage", lambda p: "measuring 3/8" in p["message"])
        (flow.folder / "release").touch()
        assert "2 verified" in flow.driver.notification("window/showMessage")["message"]

    driver = with_client(tmp_path, capabilities(progress=refused), use, SOURCE + "// WAIT\n")
    methods = [m.get("method") for m in driver.messages]
    assert "$/progress" not in methods
    assert methods.count("window/showMessage") == 2
    assert ("window/workDoneProgress/create" in methods) == refused
