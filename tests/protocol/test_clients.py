"""Clients that lack optional abilities."""

from pathlib import Path

import pytest

from .driver import Driver
from .flow import FAKE_SERVER, SOURCE, Flow, apply, capabilities, with_client

CONTENT_MODIFIED = -32801


def test_a_client_without_any_ability_gets_there_by_commands_and_a_diff(tmp_path: Path) -> None:
    def use(flow: Flow) -> None:
        (optimize,) = flow.actions()
        assert optimize["command"] == "pie.optimize"
        flow.start()
        flow.driver.notification("window/showMessage", lambda p: "2 verified" in p["message"])
        actions = flow.actions()
        assert [action["command"] for action in actions] == [
            *["pie.apply"] * 2,
            *["pie.preview"] * 2,
            "pie.discard",
        ]
        path = flow.driver.execute(actions[2])
        flow.driver.notification("window/showMessage", lambda p: path in p["message"])
        answer = flow.driver.execute(actions[0])
        message = flow.driver.notification("window/showMessage")["message"]
        assert answer == {"applied": False, "problem": message}
        assert f"patch -p1 < {path}" in message and str(tmp_path) in message

    driver = with_client(tmp_path, {}, use)
    assert not [m for m in driver.messages if "method" in m and "id" in m], "it was asked for something"


@pytest.mark.parametrize("applied", [True, False])
def test_commands_apply_by_workspace_edit_where_that_is_possible(tmp_path: Path, applied: bool) -> None:
    def use(flow: Flow) -> None:
        reply = {"applied": applied, "failureReason": "not in the mood"}
        flow.driver.answer_requests(lambda _request: reply)
        flow.start()
        flow.driver.notification("window/showMessage", lambda p: "2 verified" in p["message"])
        problem = None if applied else "Not applied: not in the mood"
        answered = flow.driver.execute(flow.actions()[0])
        assert answered == {"applied": applied, "problem": problem}
        request = flow.driver.expect(lambda m: m.get("method") == "workspace/applyEdit")["params"]
        assert request["label"].startswith("3.40x faster")
        (edit,) = request["edit"]["changes"][flow.uri]
        assert apply(SOURCE, edit) == SOURCE.replace("slow", "fast")
        if not applied:
            flow.driver.notification(
                "window/showMessage", lambda p: "Not applied: not in the mood" in p["message"]
            )
            assert flow.actions()[0]["title"].startswith("3.40x")

    with_client(tmp_path, {"workspace": {"applyEdit": True}}, use)


def test_options_of_code_actions_are_only_for_clients_that_know_literals(
    shared: Driver, tmp_path: Path
) -> None:
    with Driver(entry=FAKE_SERVER) as plain:
        assert plain.initialize()["capabilities"]["codeActionProvider"] is True
    with Driver(entry=FAKE_SERVER) as modern:
        provider = modern.initialize(capabilities())["capabilities"]["codeActionProvider"]
        assert provider == {"codeActionKinds": ["refactor.rewrite.pie"], "resolveProvider": True}


def test_every_command_is_announced(shared: Driver) -> None:
    with Driver(entry=FAKE_SERVER) as driver:
        announced = driver.initialize()["capabilities"]["executeCommandProvider"]["commands"]
    wanted = {"optimize", "cancel", "preview", "discard", "verifyAgain", "apply", "profile", "share"}
    wanted |= {"optimizeFile", "optimizeChanged"}
    assert set(announced) == {f"pie.{name}" for name in wanted}
