"""Profiles: started by their lens alone, shown as lenses, and gone with the first token that changes."""

from pathlib import Path
from typing import Any

import pytest

from .driver import Driver, Message
from .flow import PROGRAM, SOURCE, Flow, capabilities, with_client
from .test_lifecycle import is_alive, read_children


def lenses(flow: Flow) -> list[tuple[int, str, str]]:
    """Line, title and command of every lens."""
    found = flow.driver.request("textDocument/codeLens", {"textDocument": {"uri": flow.uri}})
    return [
        (lens["range"]["start"]["line"], lens["command"]["title"], lens["command"]["command"])
        for lens in found
    ]


def click(flow: Flow, title: str) -> Any:
    """Run the command of the lens that begins so."""
    found = flow.driver.request("textDocument/codeLens", {"textDocument": {"uri": flow.uri}})
    (command,) = (lens["command"] for lens in found if lens["command"]["title"].startswith(title))
    return flow.driver.execute(command)


def profiled(flow: Flow) -> None:
    """Profile, and wait for the message at the end."""
    assert click(flow, "Profile this file")["job"]
    flow.driver.notification("window/showMessage", lambda p: "most expensive" in p["message"])


OFFER = (4, "Profile this file", "pie.profile")
SHARES = [
    (1, "80 % of the cost on 6 tests (estimate)", "pie.share"),
    (4, "10 % of the cost on 6 tests (estimate)", "pie.share"),
]


@pytest.fixture
def flow(driver: Driver, tmp_path: Path) -> Flow:
    return Flow(driver, tmp_path, PROGRAM)


def test_opening_a_file_starts_nothing_and_its_lens_does(flow: Flow) -> None:
    assert lenses(flow) == [OFFER]
    flow.driver.settle()
    assert not [m for m in flow.driver.messages if m.get("method") == "window/workDoneProgress/create"]
    profiled(flow)
    assert lenses(flow) == SHARES
    methods = [m.get("method") for m in flow.driver.messages]
    assert methods.count("workspace/codeLens/refresh") >= 2


def test_a_file_without_main_is_no_program(driver: Driver, tmp_path: Path) -> None:
    assert lenses(Flow(driver, tmp_path, SOURCE)) == []


def test_a_click_says_where_the_cost_goes(flow: Flow) -> None:
    profiled(flow)
    said = click(flow, "80 %")
    assert said == ("'f': 80 % of the cost on 6 tests (estimate); of that 25 % itself, 75 % in std::map.")
    assert flow.driver.notification("window/showMessage")["message"] == said


def test_a_comment_moves_the_lenses_and_a_token_takes_them_away(flow: Flow) -> None:
    profiled(flow)
    flow.change("// one more\n" + PROGRAM)
    assert lenses(flow) == [(line + 1, title, command) for line, title, command in SHARES]
    flow.change(PROGRAM + "int h;\n")
    again = (4, "Profile again: the program changed", "pie.profile")
    assert lenses(flow) == [again]
    argument = {"uri": flow.uri, "function": "f", "line": 2}
    stale = {"command": "pie.share", "arguments": [argument]}
    assert flow.driver.request("workspace/executeCommand", stale) is None
    flow.change(PROGRAM)
    assert lenses(flow) == SHARES


def test_lenses_are_asked_for_again_when_a_profile_no_longer_holds(flow: Flow) -> None:
    profiled(flow)
    flow.driver.forget()
    flow.change(PROGRAM + "int h;\n")
    assert flow.driver.expect(lambda m: m.get("method") == "workspace/codeLens/refresh")


def test_a_test_that_changed_on_the_disk_takes_them_away_too(flow: Flow) -> None:
    tests = flow.folder / "a.tests"
    tests.mkdir()
    (tests / "1.in").write_text("1\n")
    profiled(flow)
    assert lenses(flow) == SHARES
    (tests / "1.in").write_text("2\n")
    assert [title for _, title, _ in lenses(flow)] == ["Profile again: the program changed"]
    (tests / "1.in").write_text("1\n")
    assert lenses(flow) == SHARES


def test_a_result_and_a_share_stand_together(flow: Flow) -> None:
    flow.finish()
    profiled(flow)
    found = lenses(flow)
    assert found[0][2] == "pie.preview" and found[1:] == SHARES


def test_profiling_twice_joins_the_job_and_its_lens_cancels_it(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, PROGRAM + "// WAIT\n")
    job = click(flow, "Profile this file")["job"]
    assert driver.request(
        "workspace/executeCommand", {"command": "pie.profile", "arguments": [{"uri": flow.uri}]}
    ) == {"job": job}
    driver.notification("$/progress", lambda p: "measuring" in p["value"].get("message", ""))
    begin = driver.expect(lambda m: of_job(m, job, "begin"))["params"]["value"]
    assert begin["title"] == "Profiling a.cpp" and begin["cancellable"]
    (child,) = read_children(tmp_path)
    assert [command for _, _, command in lenses(flow)] == ["pie.cancel"]
    assert click(flow, "Profiling this file") is True
    assert driver.expect(lambda m: of_job(m, job, "end"))["params"]["value"]["message"] == "cancelled"
    driver.settle()
    assert not is_alive(child)
    assert lenses(flow) == [OFFER]


def of_job(message: Message, job: str, kind: str) -> bool:
    """Whether a message is progress of that job and kind."""
    if message.get("method") != "$/progress":
        return False
    params = message["params"]
    return bool(params["token"] == job and params["value"]["kind"] == kind)


def test_a_newer_text_replaces_the_job(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, PROGRAM + "// WAIT\n")
    first = click(flow, "Profile this file")["job"]
    flow.change(flow.text + "int h;\n")
    command = {"command": "pie.profile", "arguments": [{"uri": flow.uri}]}
    second = driver.request("workspace/executeCommand", command)["job"]
    assert second != first
    (tmp_path / "release").touch()
    driver.notification("window/showMessage", lambda p: "most expensive" in p["message"])
    assert lenses(flow) == SHARES


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("CRASH", "a.cpp could not be profiled because of a defect in pie-lsp"),
        ("REFUSE", "a.cpp: The engine refuses."),
    ],
)
def test_a_profile_that_fails_says_why(driver: Driver, tmp_path: Path, word: str, sentence: str) -> None:
    flow = Flow(driver, tmp_path, f"{PROGRAM}// {word}\n")
    click(flow, "Profile this file")
    message = driver.notification("window/showMessage", lambda p: "a.cpp" in p["message"])["message"]
    assert sentence in message
    driver.settle()
    assert lenses(flow) == [OFFER]


def test_a_client_without_progress_and_refresh_gets_a_message(tmp_path: Path) -> None:
    def use(flow: Flow) -> None:
        click(flow, "Profile this file")
        start = flow.driver.notification("window/showMessage")["message"]
        assert start.startswith("Profiling a.cpp")
        (flow.folder / "release").touch()
        flow.driver.notification("window/showMessage", lambda p: "most expensive" in p["message"])
        assert lenses(flow) == SHARES

    driver = with_client(tmp_path, capabilities(progress=False, refresh=False), use, PROGRAM + "// WAIT\n")
    methods = {m.get("method") for m in driver.messages}
    assert not methods & {"$/progress", "workspace/codeLens/refresh", "window/workDoneProgress/create"}


def test_a_file_that_is_not_open_cannot_be_profiled(driver: Driver) -> None:
    command = {"command": "pie.profile", "arguments": [{"uri": "file:///not/open.cpp"}]}
    assert driver.error("workspace/executeCommand", command) == -32602
