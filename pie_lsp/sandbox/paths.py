"""The one place that says where pie-lsp keeps files between runs; knows nothing of what they hold."""

import os
import stat
from pathlib import Path

import platformdirs

from pie_lsp.values.errors import PieError

CACHE_VARIABLE = "PIE_LSP_CACHE_DIR"
"""Environment variable that overrides the cache folder."""


def cache_dir(*parts: str) -> Path:
    """Return a private folder (mode 0700) below the cache folder, made where it is missing.

    Raises PieError where it cannot be made or belongs to somebody else.
    """
    override = os.environ.get(CACHE_VARIABLE)
    root = Path(override).absolute() if override else Path(platformdirs.user_cache_dir("pie-lsp"))
    folder = root
    try:
        _make_private(folder)
        for part in parts:
            folder /= part
            _make_private(folder)
    except OSError as error:
        raise PieError(
            f"The cache folder {folder} cannot be used ({error.strerror}); "
            f"set {CACHE_VARIABLE} to a folder of yours."
        ) from error
    return folder


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise PieError(
            f"The cache folder {folder} belongs to somebody else; set {CACHE_VARIABLE} to a folder of yours."
        )
    if stat.S_IMODE(status.st_mode) != 0o700:
        folder.chmod(0o700)
