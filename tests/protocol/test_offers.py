"""What is offered where, and to whom (LSP reference: A, offer)."""

from pathlib import Path

import pytest

from .driver import Driver
from .flow import SOURCE, Flow, capabilities, with_client

CONTENT_MODIFIED = -32801


def test_the_offer_is_a_command_without_edit_or_data(flow: Flow) -> None:
    (action,) = flow.actions()
    assert action["title"] == "Optimize 'f'"
    assert action["kind"] == "refactor.rewrite.pie"
    assert action["command"]["command"] == "pie.optimize"
    assert not {"edit", "data", "isPreferred", "diagnostics"} & action.keys()
    assert flow.resolve(action) == action


@pytest.mark.parametrize(
    ("only", "offered"),
    [
        ([], True),
        (["refactor"], True),
        (["refactor.rewrite"], True),
        (["refactor.rewrite.pie"], True),
        ([""], True),
        (["quickfix", "refactor"], True),
        (["quickfix"], False),
        (["source.fixAll"], False),
        (["refactor.extract"], False),
        (["refactor.rewrite.pie.more"], False),
        (["refactor.rew"], False),
    ],
)
def test_the_filter_for_kinds_is_hierarchical(flow: Flow, only: list[str], offered: bool) -> None:
    assert bool(flow.actions(only=only)) == offered


def test_an_automatic_request_finds_the_header_and_not_a_body_without_a_rule(flow: Flow) -> None:
    assert flow.actions(1, 5, triggerKind=2)
    assert not flow.actions(2, 3, triggerKind=2)
    assert flow.actions(2, 3, triggerKind=1)
    assert flow.actions(2, 3)
    assert flow.actions(2, 3, triggerKind=2, only=["refactor"])


def test_an_automatic_request_finds_a_body_where_a_rule_applies(driver: Driver, tmp_path: Path) -> None:
    body = "  std::string t;\n  for (int i = 0; i < n; i++) t = t + 'x';\n  return t;\n"
    flow = Flow(driver, tmp_path, f"#include <string>\nstd::string f(int n) {{\n{body}}}\n")
    assert flow.actions(3, 10, triggerKind=2)


def test_nothing_is_offered_outside_functions(driver: Driver, tmp_path: Path) -> None:
    flow = Flow(driver, tmp_path, "\n\nint x;\n\n\n" + SOURCE)
    assert not flow.actions(2, 0)
    assert not driver.actions("file:///not/open.cpp", 0)


def test_a_function_that_cannot_be_read_gives_its_reason_where_the_client_shows_it(
    driver: Driver, tmp_path: Path
) -> None:
    flow = Flow(driver, tmp_path, "void f() {\n  if (x { y(; }\n  @@@ ][\n}\n")
    (action,) = flow.actions(0, 5)
    assert action["disabled"]["reason"]
    assert not flow.actions(0, 5, triggerKind=2)
    with_client(tmp_path, capabilities(disabled=False), lambda f: _no_actions(f), flow.text)


def _no_actions(flow: Flow) -> None:
    assert not flow.actions(0, 5)
