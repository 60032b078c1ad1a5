"""Settings for one file on the command line: the workspace's file first, then the options."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pie_lsp.values.settings import Settings


def settings_for(path: Path) -> "Settings":
    """Settings from the workspace of `path`; what is wrong with them is said on standard error."""
    from pie_lsp.cli.terminal import visible
    from pie_lsp.engine.settings import find_workspace, load_settings

    settings, messages = load_settings(find_workspace(path), None)
    for message in messages:
        sys.stderr.write(f"pie-lsp: {visible(message)}\n")
    return settings
