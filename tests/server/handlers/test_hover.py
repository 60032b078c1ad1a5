from pathlib import Path
from typing import Any

import pytest

from ...protocol.flow import capabilities
from ..conftest import Harness


async def hover(harness: Harness, line: int, column: int) -> Any:
    position = {"line": line, "character": column}
    return await harness.request(
        "textDocument/hover", {"textDocument": {"uri": harness.uri}, "position": position}
    )


@pytest.mark.parametrize(("formats", "kind"), [(["markdown"], "markdown"), (["plaintext"], "plaintext")])
async def test_the_hover_is_in_a_format_that_the_client_reads(
    tmp_path: Path, formats: list[str], kind: str
) -> None:
    can = capabilities()
    can["textDocument"]["hover"]["contentFormat"] = formats
    harness = await Harness(tmp_path, can).begin()
    assert await hover(harness, 1, 5) is None
    await harness.finish()
    found = await hover(harness, 1, 5)
    assert found["contents"]["kind"] == kind and ("```" in found["contents"]["value"]) == (kind == "markdown")
    assert found["range"]["start"] == {"line": 1, "character": 5}


async def test_no_hover_in_bodies_in_other_functions_or_for_stale_results(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    assert await hover(harness, 2, 3) is None and await hover(harness, 0, 4) is None
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "void f() {\n  slow();\n}\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert await hover(harness, 0, 5) is None
