"""Where the user's own settings lie: for the command line, which has no editor to ask, and for all editors.

Knows the place only; `pie_lsp.engine.settings` reads what is there.
"""

import os
from pathlib import Path

import platformdirs

SETTINGS_VARIABLE = "PIE_LSP_SETTINGS"


def user_file() -> Path:
    """``$PIE_LSP_SETTINGS``, else settings.toml in the user's folder for configuration."""
    named = os.environ.get(SETTINGS_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return Path(platformdirs.user_config_dir("pie-lsp")) / "settings.toml"


def is_named() -> bool:
    """Whether the user names the file, so that it has to be there."""
    return bool(os.environ.get(SETTINGS_VARIABLE))
