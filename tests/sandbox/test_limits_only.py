"""The last rung runs programs, and protects no files: that is why it needs consent."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from pie_lsp.sandbox.limits_only import LimitsOnly

if TYPE_CHECKING:
    from tests.sandbox.conftest import Attack


def test_files_are_as_open_as_to_anybody(attack: Attack) -> None:
    sandbox = LimitsOnly.find()
    assert sandbox.name == "resource limits only"
    outcome = asyncio.run(attack.run(sandbox, "read", "/etc/passwd"))
    assert outcome.stdout[:4096] == Path("/etc/passwd").read_bytes()[:4096]
