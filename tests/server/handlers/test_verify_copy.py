from pie_lsp.text.source import MAX_BYTES

from ...protocol.flow import SOURCE
from ..conftest import Harness
from .test_execute_command import ids

MINE = SOURCE.replace("slow", "quick")
REQUEST_FAILED = -32803


async def test_the_same_copy_twice_is_one_suggestion(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    for _ in range(2):
        asked = {"textDocument": {"uri": harness.uri}, "result": await ids(harness), "text": MINE}
        assert len((await harness.request("pie/verifyCopy", asked))["results"]) == 1
    titles = [action["title"] for action in await harness.actions()]
    assert sum(title.endswith(": Your edit") and title.startswith("2.90x") for title in titles) == 1


async def test_a_result_of_another_file_is_refused(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    other = harness.uri.replace("a.cpp", "b.cpp")
    item = {"uri": other, "languageId": "cpp", "version": 1, "text": SOURCE}
    harness.notify("textDocument/didOpen", {"textDocument": item})
    asked = {"textDocument": {"uri": other}, "result": await ids(harness), "text": MINE}
    error = (await harness.respond("pie/verifyCopy", asked))["error"]
    assert error["code"] == REQUEST_FAILED and "no result" in error["message"]


async def test_without_trust_nothing_is_verified(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    harness.server.session.trusted = False
    asked = {"textDocument": {"uri": harness.uri}, "result": await ids(harness), "text": MINE}
    error = (await harness.respond("pie/verifyCopy", asked))["error"]
    assert error["code"] == REQUEST_FAILED and "not trusted" in error["message"]


async def test_a_copy_that_no_file_could_be_is_refused(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    text = f"{MINE}//{' ' * MAX_BYTES}\n"
    asked = {"textDocument": {"uri": harness.uri}, "result": await ids(harness), "text": text}
    error = (await harness.respond("pie/verifyCopy", asked))["error"]
    assert error["code"] == REQUEST_FAILED and "larger than" in error["message"]
