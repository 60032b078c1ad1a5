from pathlib import Path
from typing import Any

import pytest

from ...protocol.flow import capabilities
from ..conftest import Harness


async def settled(harness: Harness) -> None:
    """Return when the answer to a configuration request was handled."""
    await harness.request("textDocument/codeLens", {"textDocument": {"uri": harness.uri}})
    await harness.request("textDocument/codeLens", {"textDocument": {"uri": harness.uri}})


@pytest.mark.parametrize(
    ("settings", "expected"),
    [({"pie": {"jobs": 1}}, {"jobs": 1}), ({"pie": None}, {}), ({"other": 1}, {}), (None, {}), ([], {})],
)
async def test_settings_that_an_older_client_pushes(harness: Harness, settings: Any, expected: Any) -> None:
    await harness.begin()
    harness.notify("workspace/didChangeConfiguration", {"settings": settings})
    await settled(harness)
    assert harness.server.session.configuration == expected


async def test_settings_are_pulled_where_the_client_answers(tmp_path: Path) -> None:
    can = capabilities()
    can["workspace"]["configuration"] = True
    harness = Harness(tmp_path, can)
    harness.answers["workspace/configuration"] = [{"jobs": 1}]
    await harness.begin()
    await harness.server.wait_until_configured()
    assert harness.server.session.configuration == {"jobs": 1}
    harness.answers["workspace/configuration"] = [{"jobs": 3}]
    harness.notify("workspace/didChangeConfiguration", {"settings": {"pie": {"jobs": 9}}})
    await settled(harness)
    assert harness.server.session.configuration == {"jobs": 3}
    harness.answers["workspace/configuration"] = ["nonsense"]
    harness.notify("workspace/didChangeConfiguration", {"settings": None})
    await settled(harness)
    assert harness.server.session.configuration == {"jobs": 3}
