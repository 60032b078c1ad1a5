"""`pie/verifyCopy`: a person's own version takes the place of the result that it was made of."""

from typing import Any

import pytest

from .flow import SOURCE, Flow

REQUEST_FAILED = -32803
MINE = SOURCE.replace("slow", "quick")


def run(flow: Flow) -> str:
    asked = {"textDocument": {"uri": flow.uri}, "scope": "function", "position": {"line": 1, "character": 5}}
    (result,) = flow.driver.request("pie/run", asked)["results"]
    return str(result)


def copy(flow: Flow, result: str, text: str) -> dict[str, Any]:
    return {"textDocument": {"uri": flow.uri}, "result": result, "rank": 1, "text": text}


def runs(flow: Flow) -> list[Any]:
    found: list[Any] = flow.driver.request("pie/results", {"textDocument": {"uri": flow.uri}})["runs"]
    return found


def test_what_passes_is_ranked_with_what_was_found_before(flow: Flow) -> None:
    old = run(flow)
    answer = flow.driver.request("pie/verifyCopy", copy(flow, old, MINE))
    (new,) = answer["results"]
    (found,) = runs(flow)
    assert found["id"] == new != old
    assert [(one["rank"], one["title"]) for one in found["candidates"]] == [
        (1, "Call fast()"),
        (2, "Call faster()"),
        (3, "Your edit"),
    ]
    assert not found["candidates"][2]["llmGenerated"] and found["candidates"][2]["applicable"]
    assert "3 verified faster versions" in answer["message"]


def test_what_falls_leaves_the_old_result_and_says_why(flow: Flow) -> None:
    old = run(flow)
    answer = flow.driver.request("pie/verifyCopy", copy(flow, old, SOURCE.replace("slow", "wrong")))
    assert answer == {
        "results": [],
        "message": "'f': your edit is not offered: test 3: line 1 is '4' and not '5'.",
    }
    (found,) = runs(flow)
    assert found["id"] == old and len(found["candidates"]) == 2


def test_a_stale_original_or_an_unknown_result_is_refused(flow: Flow) -> None:
    old = run(flow)
    for result in (old, "pie-result-x"):
        flow.change(SOURCE + "int more;\n")
        response = flow.driver.response(flow.driver.begin("pie/verifyCopy", copy(flow, result, MINE)))
        assert response["error"]["code"] == REQUEST_FAILED


@pytest.mark.parametrize("text", ["\ud83d", "x\0y"])
def test_a_text_that_no_file_can_hold_is_a_sentence(flow: Flow, text: str) -> None:
    old = run(flow)
    response = flow.driver.response(flow.driver.begin("pie/verifyCopy", copy(flow, old, MINE + text)))
    assert "result" in response or response["error"]["code"] == REQUEST_FAILED
