"""What a command may ask for together."""

from pathlib import Path

import pytest

from pie_lsp.sandbox.contract import SandboxCommand


def test_a_command_with_a_box_has_no_other_folder() -> None:
    with pytest.raises(ValueError, match="private folder"):
        SandboxCommand(argv=("/box/prog",), box=(("prog", Path("/bin/true")),), cwd=Path("/"))
    assert SandboxCommand(argv=("/bin/true",), cwd=Path("/")).cwd == Path("/")
