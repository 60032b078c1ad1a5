from ..conftest import Harness


async def test_a_lens_only_where_a_result_holds(harness: Harness) -> None:
    await harness.begin()
    document = {"textDocument": {"uri": harness.uri}}
    assert await harness.request("textDocument/codeLens", document) == []
    await harness.finish()
    (lens,) = await harness.request("textDocument/codeLens", document)
    assert lens["range"]["start"] == {"line": 1, "character": 5}
    assert lens["command"]["command"] == "pie.preview" and lens["command"]["arguments"][0]["rank"] == 1
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "void f() {\n  slow();\n}\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert await harness.request("textDocument/codeLens", document) == []
    nowhere = {"textDocument": {"uri": "file:///not/open.cpp"}}
    assert await harness.request("textDocument/codeLens", nowhere) == []
