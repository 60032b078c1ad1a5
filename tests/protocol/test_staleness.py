"""Whether results still hold is decided by all the tokens of the program and its tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .driver import Driver
from .flow import SOURCE, Flow

CONTENT_MODIFIED = -32801


def test_a_comment_elsewhere_moves_the_edit(flow: Flow) -> None:
    flow.finish()
    flow.change("// slow\n\n" + SOURCE.replace("return 1;", "return /* slow */ 1;") + "// slow\n")
    best = flow.actions(3)[0]
    assert flow.applied(best) == flow.text.replace("  slow();", "  fast();")


def test_an_action_resolved_after_a_comment_was_added_is_moved_too(flow: Flow) -> None:
    flow.finish()
    best = flow.actions()[0]
    flow.change("// one more\n" + SOURCE)
    assert flow.applied(best) == flow.text.replace("slow", "fast")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("slow();", "slow(); g();"),
        lambda text: text.replace("return 1", "return 2"),
        lambda text: "#define other fine\n" + text,
        lambda text: text + "int h;\n",
    ],
    ids=["in the function", "in another function", "a macro", "at the end"],
)
def test_any_token_anywhere_makes_the_results_stale(flow: Flow, change: Callable[[str], str]) -> None:
    flow.finish()
    flow.diagnostics(1)
    best = flow.actions()[0]
    flow.change(change(SOURCE))
    line = flow.text.splitlines().index("void f() {")
    (again,) = flow.actions(line)
    assert again["title"].startswith("Verify again") and again["command"]["command"] == "pie.verifyAgain"
    answer = flow.driver.response(flow.driver.begin("codeAction/resolve", best))
    assert answer["error"]["code"] == CONTENT_MODIFIED
    flow.diagnostics(0)
    assert flow.driver.execute(again)["job"]
    flow.driver.notification("window/showMessage", lambda p: "2 verified" in p["message"])
    assert flow.applied(flow.actions(line)[0]) == flow.text.replace("  slow", "  fast")


def test_a_test_that_changed_on_the_disk_makes_the_results_stale(flow: Flow) -> None:
    tests = flow.folder / "a.tests"
    tests.mkdir()
    (tests / "1.in").write_text("1\n")
    flow.finish()
    assert flow.actions()[0]["title"].startswith("3.40x")
    (tests / "1.in").write_text("2\n")
    assert [action["title"][:12] for action in flow.actions()] == ["Verify again"]
    (tests / "1.in").write_text("1\n")
    assert flow.actions()[0]["title"].startswith("3.40x")


def test_undo_brings_the_results_back(flow: Flow) -> None:
    flow.finish()
    flow.diagnostics(1)
    flow.change(SOURCE + "int h;\n")
    flow.diagnostics(0)
    flow.change(SOURCE)
    flow.diagnostics(1)
    assert flow.actions()[0]["title"].startswith("3.40x")


def test_results_survive_close_and_open(flow: Flow) -> None:
    flow.finish()
    flow.diagnostics(1)
    flow.driver.notify("textDocument/didClose", {"textDocument": {"uri": flow.uri}})
    flow.diagnostics(0)
    assert flow.actions() == []
    flow.driver.open(flow.uri, SOURCE)
    flow.diagnostics(1)
    assert flow.actions()[0]["title"].startswith("3.40x")


def test_a_job_survives_close_and_open(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// WAIT\n")
    flow.start()
    driver.notify("textDocument/didClose", {"textDocument": {"uri": flow.uri}})
    (tmp_path / "release").touch()
    driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])
    driver.open(flow.uri, flow.text)
    flow.diagnostics(1)


@pytest.mark.parametrize(
    ("text", "stale"),
    [("// WAIT\n// more\n", False), ("// WAIT\nint h;\n", True)],
    ids=["a comment", "a token"],
)
def test_what_is_typed_while_the_job_runs_counts(
    driver: Driver, tmp_path: Path, text: str, stale: bool
) -> None:
    flow = Flow(driver, tmp_path, SOURCE + "// WAIT\n")
    flow.start()
    driver.notification("$/progress", lambda p: "measuring" in p["value"].get("message", ""))
    flow.change(SOURCE + text)
    (tmp_path / "release").touch()
    message = driver.notification("window/showMessage", lambda p: "'f': 2 verified" in p["message"])[
        "message"
    ]
    assert ("changed meanwhile: verify it again" in message) is stale
    assert flow.actions()[0]["title"].startswith("Verify again" if stale else "3.40x")
    assert (
        flow.driver.request("textDocument/codeLens", {"textDocument": {"uri": flow.uri}}) == [] or not stale
    )
