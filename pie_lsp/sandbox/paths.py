"""The one place that says where pie-lsp keeps files between runs; knows nothing of what they hold."""

import os
import stat
from pathlib import Path

import platformdirs

from pie_lsp.values.errors import PieError

CACHE_VARIABLE = "PIE_LSP_CACHE_DIR"
"""Environment variable that overrides the cache folder."""
DATA_VARIABLE = "PIE_LSP_DATA_DIR"
"""Environment variable that overrides the folder of what cannot be made again."""


def cache_root() -> Path:
    """The folder below which everything is kept: ``$PIE_LSP_CACHE_DIR``, else the user's cache folder."""
    override = os.environ.get(CACHE_VARIABLE)
    return Path(override).absolute() if override else Path(platformdirs.user_cache_dir("pie-lsp"))


def data_root() -> Path:
    """The folder of what the user gave us to keep: ``$PIE_LSP_DATA_DIR``, else the user's data folder."""
    override = os.environ.get(DATA_VARIABLE)
    return Path(override).absolute() if override else Path(platformdirs.user_data_dir("pie-lsp"))


def data_dir(*parts: str) -> Path:
    """Return a private folder (mode 0700) below the data folder, made where it is missing.

    Raises PieError where it cannot be made or belongs to somebody else.
    """
    return _private(data_root(), parts, "data", DATA_VARIABLE)


def cache_dir(*parts: str) -> Path:
    """Return a private folder (mode 0700) below the cache folder, made where it is missing.

    Raises PieError where it cannot be made or belongs to somebody else.
    """
    return _private(cache_root(), parts, "cache", CACHE_VARIABLE)


def _private(folder: Path, parts: tuple[str, ...], what: str, variable: str) -> Path:
    make_private(folder, what, variable)
    for part in parts:
        folder /= part
        make_private(folder, what, variable)
    return folder


def make_private(folder: Path, what: str = "cache", variable: str = CACHE_VARIABLE) -> None:
    """Make `folder`, or check that it is one of ours, and close it to everybody else.

    Raises PieError where that is impossible; a link to a folder is none.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            raise PieError(
                f"The {what} folder {folder} is no folder or belongs to somebody else; "
                f"set {variable} to a folder of yours."
            )
        if stat.S_IMODE(status.st_mode) != 0o700:
            folder.chmod(0o700)
    except OSError as error:
        raise PieError(
            f"The {what} folder {folder} cannot be used ({error.strerror}); "
            f"set {variable} to a folder of yours."
        ) from error
