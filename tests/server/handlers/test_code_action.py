from typing import Any

import pytest

from ..conftest import Harness


async def test_a_function_is_offered_at_its_header_and_results_in_its_place(harness: Harness) -> None:
    await harness.begin()
    (offer,) = await harness.actions()
    assert offer["command"]["arguments"][0]["function"] == "f"
    await harness.finish()
    assert [a["title"].split(":")[0].split(" ")[0] for a in await harness.actions()] == [
        "3.40x",
        "2.40x",
        "Preview",
        "Preview",
        "Discard",
    ]


@pytest.mark.parametrize(
    ("context", "offered"),
    [({}, True), ({"triggerKind": 1}, True), ({"triggerKind": 2}, False), ({"only": ["quickfix"]}, False)],
)
async def test_who_asks_and_for_what_decides(harness: Harness, context: Any, offered: bool) -> None:
    await harness.begin()
    assert bool(await harness.actions(2, 3, **context)) is offered


async def test_a_selection_means_the_function_at_its_start_or_the_first_inside(harness: Harness) -> None:
    await harness.begin("\n\nint x;\nint g() { return 1; }\nvoid f() {\n}\n")
    for start, end, name in [((4, 2), (3, 2), "g"), ((0, 0), (9, 0), "g"), ((4, 0), (9, 0), "f")]:
        params = {
            "textDocument": {"uri": harness.uri},
            "range": {
                "start": {"line": start[0], "character": start[1]},
                "end": {"line": end[0], "character": end[1]},
            },
            "context": {"diagnostics": []},
        }
        (offer,) = await harness.request("textDocument/codeAction", params)
        assert offer["title"] == f"Optimize '{name}'"


async def test_where_a_suggestion_has_lost_its_place_all_must_be_verified_again(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    text = "// one\nint g() { return 1; }\nvoid f() {\n  slow(); // two\n}\n// three\n"
    text = text.replace("  slow", "    slow")
    identifier = {"uri": harness.uri, "version": 2}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": text}]})
    (again,) = await harness.actions(2)
    assert again["title"].startswith("Verify again")
