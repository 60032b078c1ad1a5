from ..conftest import Harness


async def test_resolving_adds_the_edit_and_nothing_else(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    best, *rest = await harness.actions()
    resolved = await harness.request("codeAction/resolve", best)
    assert resolved.keys() - best.keys() == {"edit"}
    for action in rest[1:]:
        assert await harness.request("codeAction/resolve", action) == action


async def test_a_closed_file_resolves_to_nothing_and_not_to_an_error(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    best = (await harness.actions())[0]
    harness.notify("textDocument/didClose", {"textDocument": {"uri": harness.uri}})
    assert await harness.request("codeAction/resolve", best) == best


async def test_the_last_line_of_defence_is_content_modified(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    best = (await harness.actions())[0]
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "void f() {\n  slow();\n}\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    error = (await harness.respond("codeAction/resolve", best))["error"]
    assert error["code"] == -32801 and "verify it again" in error["message"]
