"""Results in the editor: ranked edits, figures, previews, and what an applied edit leaves."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from .flow import SOURCE, Flow, apply, capabilities, with_client

CONTENT_MODIFIED = -32801


def test_results_are_ranked_plain_edits_then_previews_then_discard(flow: Flow) -> None:
    flow.finish()
    titles = [action["title"] for action in flow.actions()]
    assert titles == [
        "3.40x faster, estimated Skylake cycles, 12 tests: Call fast()",
        "2.40x faster, estimated Skylake cycles, 12 tests: Call faster()",
        "Preview: 3.40x faster, estimated Skylake cycles, 12 tests: Call fast()",
        "Preview: 2.40x faster, estimated Skylake cycles, 12 tests: Call faster()",
        "Discard the results for 'f'",
    ]
    for action in flow.actions():
        assert action["kind"] == "refactor.rewrite.pie"
        assert not {"isPreferred", "tags", "disabled"} & action.keys()
    assert flow.applied(flow.actions()[0]) == SOURCE.replace("slow", "fast")
    assert flow.applied(flow.actions()[1]) == SOURCE.replace("slow", "faster")
    assert "changeAnnotations" not in flow.resolve(flow.actions()[0])["edit"]


def test_resolving_any_action_any_number_of_times_changes_nothing(flow: Flow) -> None:
    flow.finish()
    flow.diagnostics(1)
    before = flow.actions()
    flow.driver.settle()
    sent = len(flow.driver.messages)
    first = [flow.resolve(action) for action in before]
    assert [flow.resolve(action) for action in before] == first
    assert [flow.resolve(action) for action in first] == first
    assert len(flow.driver.messages) == sent + 3 * len(before)
    assert flow.actions() == before


@pytest.mark.parametrize(
    "data", [None, 1, "x", [], {}, {"result": 1}, {"result": "pie-result-1", "rank": "1"}]
)
def test_resolving_what_is_not_ours_returns_it_unchanged(flow: Flow, data: Any) -> None:
    action = {"title": "x", "data": data} if data is not None else {"title": "x"}
    assert flow.resolve(action) == action


def test_a_client_that_cannot_resolve_gets_the_edits_with_the_list(tmp_path: Path) -> None:
    def use(flow: Flow) -> None:
        flow.finish()
        best = flow.actions()[0]
        assert "data" not in best
        ((uri, (edit,)),) = best["edit"]["changes"].items()
        assert uri == flow.uri and apply(flow.text, edit) == SOURCE.replace("slow", "fast")

    with_client(tmp_path, capabilities(resolve=[], documentChanges=False), use)


def test_a_client_that_loses_data_gets_the_edits_with_the_list(tmp_path: Path) -> None:
    def use(flow: Flow) -> None:
        flow.finish()
        assert flow.actions()[0]["edit"]["documentChanges"]

    with_client(tmp_path, capabilities(data=False), use)


@pytest.mark.parametrize(("tags", "expected"), [([1], [1]), ([], None)])
def test_only_what_a_model_wrote_is_marked_and_only_where_marks_are_known(
    tmp_path: Path, tags: list[int], expected: list[int] | None
) -> None:
    def use(flow: Flow) -> None:
        flow.finish()
        assert flow.actions()[0].get("tags") == expected

    with_client(tmp_path, capabilities(tags=tags), use, SOURCE + "// MODEL\n")


def test_the_figure_stands_at_the_functions_name(flow: Flow) -> None:
    flow.finish()
    (hint,) = flow.diagnostics(1)
    assert hint["severity"] == 4 and hint["source"] == "pie"
    assert hint["message"] == (
        "2 verified faster versions, best 3.40x faster, estimated Skylake cycles, 12 tests"
    )
    assert hint["range"] == {"start": {"line": 1, "character": 5}, "end": {"line": 1, "character": 6}}
    flow.change("// a comment\n" + SOURCE)
    (hint,) = flow.diagnostics(1)
    assert hint["range"]["start"] == {"line": 2, "character": 5}
    flow.driver.notify("textDocument/didClose", {"textDocument": {"uri": flow.uri}})
    flow.diagnostics(0)


def test_code_lens_and_inlay_hint_show_the_figure_and_are_refreshed(flow: Flow) -> None:
    document = {"textDocument": {"uri": flow.uri}}
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    assert flow.driver.request("textDocument/codeLens", document) == []
    assert flow.driver.request("textDocument/inlayHint", {**document, "range": everything}) == []
    flow.finish()
    flow.driver.expect(lambda m: m.get("method") == "workspace/codeLens/refresh")
    flow.driver.expect(lambda m: m.get("method") == "workspace/inlayHint/refresh")
    (lens,) = flow.driver.request("textDocument/codeLens", document)
    assert lens["command"]["title"].startswith("2 verified faster versions, best 3.40x")
    assert flow.driver.execute(lens["command"]).endswith(".diff")
    (inlay,) = flow.driver.request("textDocument/inlayHint", {**document, "range": everything})
    assert inlay["label"] == "3.40x faster" and inlay["position"] == {"line": 1, "character": 6}
    nowhere = {"start": {"line": 3, "character": 0}, "end": {"line": 9, "character": 0}}
    assert flow.driver.request("textDocument/inlayHint", {**document, "range": nowhere}) == []


def test_nothing_is_refreshed_where_the_client_cannot(tmp_path: Path) -> None:
    driver = with_client(tmp_path, capabilities(refresh=False), lambda flow: flow.finish())
    assert not [m for m in driver.messages if "refresh" in m.get("method", "")]


def test_preview_writes_a_diff_that_patch_takes_and_shows_it(flow: Flow, private_cache: Path) -> None:
    flow.finish()
    preview = flow.actions()[2]
    path = Path(flow.driver.execute(preview))
    shown = flow.driver.expect(lambda m: m.get("method") == "window/showDocument")["params"]
    assert shown == {"uri": path.as_uri(), "takeFocus": True}
    assert path.suffix == ".diff" and path.is_relative_to(private_cache)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert os.popen(f"cd {flow.folder} && patch -p1 -o - < {path} 2>/dev/null").read() == SOURCE.replace(
        "slow", "fast"
    )


@pytest.mark.parametrize("willing", [None, False])
def test_where_the_client_shows_no_document_a_message_has_its_path(
    tmp_path: Path, willing: bool | None
) -> None:
    def use(flow: Flow) -> None:
        if willing is False:
            flow.driver.answer_requests(
                lambda request: {"success": False} if "show" in request["method"] else None
            )
        flow.finish()
        path = flow.driver.execute(flow.actions()[2])
        flow.driver.notification("window/showMessage", lambda p: path in p["message"])

    driver = with_client(tmp_path, capabilities(showDocument=willing is not None), use)
    assert ("window/showDocument" in [m.get("method") for m in driver.messages]) == (willing is not None)


def test_the_message_with_the_path_comes_before_the_reply(tmp_path: Path) -> None:
    """Emacs 28 does not handle what it reads together with a reply until more comes."""

    def use(flow: Flow) -> None:
        flow.finish()
        path = flow.driver.execute(flow.actions()[2])
        assert any(path in str(message.get("params")) for message in flow.driver.messages)

    with_client(tmp_path, capabilities(showDocument=False), use)


def test_hover_shows_a_table_and_the_diff_on_the_header_only(flow: Flow) -> None:
    def hover(line: int, column: int) -> Any:
        position = {"line": line, "character": column}
        return flow.driver.request(
            "textDocument/hover", {"textDocument": {"uri": flow.uri}, "position": position}
        )

    assert hover(1, 5) is None
    flow.finish()
    content = hover(1, 5)["contents"]
    assert content["kind"] == "markdown"
    assert "| 1 | 3.40x faster, estimated Skylake cycles, 12 tests | Call fast() |" in content["value"]
    assert "```diff\n--- a/a.cpp\n+++ b/a.cpp\n" in content["value"]
    assert "-  slow();\n+  fast();" in content["value"]
    assert hover(2, 3) is None
    assert hover(0, 5) is None


def test_an_applied_suggestion_is_confirmed_by_the_text(flow: Flow) -> None:
    flow.finish()
    flow.diagnostics(1)
    flow.change(flow.applied(flow.actions()[1]))
    flow.diagnostics(0)
    flow.driver.notification("window/logMessage", lambda p: "verified faster version of 'f'" in p["message"])
    assert [action["title"] for action in flow.actions()] == ["Optimize 'f'"]


def test_discarded_results_are_gone_and_the_function_is_not_offered_by_itself(flow: Flow) -> None:
    flow.finish()
    flow.diagnostics(1)
    *_, discard = flow.actions()
    best = flow.actions()[0]
    assert flow.driver.execute(discard) is True
    flow.diagnostics(0)
    assert flow.driver.execute(discard) is False
    assert flow.resolve(best) == best
    assert flow.actions(triggerKind=2) == []
    assert [action["title"] for action in flow.actions()] == ["Optimize 'f'"]
    flow.change(SOURCE.replace("slow();", "slow(); g();"))
    assert flow.actions(triggerKind=2)
