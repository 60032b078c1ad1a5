import asyncio
import subprocess
import sys

import pytest

from pie_lsp.server.results import Standing
from pie_lsp.server.server import load_what_answers_need
from pie_lsp.server.uris import same_file_key

from .conftest import Harness

HEAVY = {
    "diskcache",
    "capstone",
    "rich",
    "faiss",
    "transformers",
    "torch",
    "numpy",
    "tree_sitter",
    "tree_sitter_cpp",
}


def test_importing_the_server_loads_nothing_heavy() -> None:
    program = "import sys, pie_lsp.server.main; print(*{name.split('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "pygls" in loaded and not loaded & HEAVY


def test_initialize_is_answered_before_the_parser_is_loaded() -> None:
    program = (
        "import sys, json; from pie_lsp.server.features import create_server; s = create_server();"
        "w = type('W', (), {'write': lambda _s, _d: None, 'close': lambda _s: None})();"
        "s.protocol.set_writer(w); params = {'processId': None, 'rootUri': None, 'capabilities': {}};"
        "m = {'jsonrpc': '2.0', 'id': 1, 'method': 'initialize', 'params': params};"
        "s.receive(json.dumps(m).encode());"
        "print(s.protocol.phase.value, *{name.split('.')[0] for name in sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("running") and not set(run.stdout.split()) & HEAVY


def test_what_answers_need_is_loaded_ahead() -> None:
    load_what_answers_need()
    assert {"tree_sitter", "pie_lsp.propose.registry"} <= sys.modules.keys()


async def test_a_standing_rests_on_the_disk_too(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    key = same_file_key(harness.uri)
    document = harness.server.session.documents[key]
    (result,) = harness.server.results.of(key)
    assert await harness.server.standing(result, document) is Standing.FRESH
    assert document.path is not None
    tests = document.path.parent / "a.tests"
    tests.mkdir()
    (tests / "1.in").write_text("1\n")
    assert await harness.server.standing(result, document) is Standing.STALE


async def test_a_standing_rests_on_the_settings_too(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    key = same_file_key(harness.uri)
    (result,) = harness.server.results.of(key)
    harness.server.session.configuration = {"standard": "c++20"}
    assert await harness.server.standing(result, harness.server.session.documents[key]) is Standing.STALE


async def test_problems_with_settings_are_shown_once(harness: Harness) -> None:
    await harness.begin()
    harness.server.session.configuration = {"jobs": "many"}
    document = harness.server.session.documents[same_file_key(harness.uri)]
    for _ in range(3):
        harness.server.settings_for(document)
    shown = [m for m in harness.sent if m.get("method") == "window/showMessage"]
    assert len(shown) == 1 and '"jobs"' in shown[0]["params"]["message"]


async def test_a_client_that_never_gives_its_settings_delays_one_job_only(harness: Harness) -> None:
    waiting = asyncio.create_task(harness.server.wait_until_configured())
    await waiting
    again = asyncio.create_task(harness.server.wait_until_configured())
    for _ in range(10):
        await asyncio.sleep(0)
    assert again.done()


async def test_a_failed_background_task_is_logged(harness: Harness, caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise RuntimeError("broken")

    harness.server.spawn(fail())
    for _ in range(5):
        await asyncio.sleep(0)
    assert "broken" in caplog.text
