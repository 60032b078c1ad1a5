from ..conftest import Harness


async def test_a_hint_only_where_a_result_holds_and_in_the_range(harness: Harness) -> None:
    await harness.begin()

    async def hints(first: int, last: int, uri: str = harness.uri) -> list[dict[str, object]]:
        span = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}
        found: list[dict[str, object]] = await harness.request(
            "textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": span}
        )
        return found

    assert await hints(0, 9) == []
    await harness.finish()
    (hint,) = await hints(0, 9)
    assert (hint["label"], hint["position"]) == ("3.40x faster", {"line": 1, "character": 6})
    assert await hints(3, 9) == [] and await hints(0, 9, "file:///not/open.cpp") == []
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "void f() {\n  slow();\n}\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert await hints(0, 9) == []
