import asyncio

import pytest

from pie_lsp.retrieval.local import ACCEPTED, load

from ..protocol.flow import SOURCE
from .conftest import Harness


@pytest.fixture(autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIE_LSP_DATA_DIR", str(tmp_path_factory.mktemp("data")))


async def apply(harness: Harness, text: str) -> None:
    """Let the text become what an edit makes of it, and wait until the server has seen that."""
    identifier = {"uri": harness.uri, "version": 2}
    change = {"textDocument": identifier, "contentChanges": [{"text": text}]}
    harness.notify("textDocument/didChange", change)
    await harness.until(lambda m: "verified faster version of 'f'" in str(m.get("params", "")))
    while tasks := [task for task in harness.server._tasks if not task.done()]:
        await asyncio.wait(tasks)


@pytest.mark.parametrize("wanted", [True, False])
async def test_an_applied_edit_is_kept_where_that_is_set(harness: Harness, wanted: bool) -> None:
    await harness.begin()
    harness.server.session.configuration = {"rememberAccepted": wanted}
    await harness.finish()
    await apply(harness, SOURCE.replace("slow", "faster"))
    pairs = load(ACCEPTED).corpus.pairs
    assert [(pair.before, pair.description, pair.speedup) for pair in pairs] == (
        [(SOURCE.encode(), "Call faster()", 3.4)] if wanted else []
    )


async def test_what_cannot_be_written_is_logged(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    await harness.begin()
    harness.server.session.configuration = {"rememberAccepted": True}
    await harness.finish()
    monkeypatch.setenv("PIE_LSP_DATA_DIR", "/proc/nowhere")
    await apply(harness, SOURCE.replace("slow", "fast"))
    told = await harness.until(lambda m: "is not remembered" in str(m.get("params", "")))
    assert told["method"] == "window/logMessage"
