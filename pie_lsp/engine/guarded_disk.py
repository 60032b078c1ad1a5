"""A diskcache `Disk` that never unpickles and never touches a file that a row names.

diskcache decides by the row's own `mode` whether to unpickle, even under its JSON disk, so a changed
database runs code (CVE-2025-69872, no fixed release). Here values are bytes inside the database, and
whatever else a row claims to be is refused.

This module imports diskcache, so it is itself imported only inside functions (`pie_lsp.engine.cache`).
It knows nothing of what the bytes mean.
"""

import hashlib
from typing import Any

from diskcache import Disk

MODE_RAW = 1
"""diskcache's mode of a value that stands in the row itself."""

_DIGEST_BYTES = hashlib.sha256().digest_size


class PoisonedEntryError(Exception):
    """A row of the cache is not one that `GuardedDisk` writes."""


class GuardedDisk(Disk):  # type: ignore[misc]
    """Keys are text; values are bytes preceded by a digest over key and value.

    The digest turns a damaged or exchanged row into a miss. It is no defence against somebody who can
    write the folder, which is why the folder belongs to the user alone.
    """

    def put(self, key: object) -> tuple[str, bool]:
        """The column for `key`. Refuses what diskcache would pickle."""
        if not isinstance(key, str):
            raise TypeError("a cache key is text")
        return key, True

    def get(self, key: object, raw: object) -> str:
        """The key of a row. Refuses pickled keys."""
        if not raw or not isinstance(key, str):
            raise PoisonedEntryError("a key of the cache is not text")
        return key

    def store(self, value: object, read: bool, key: object = None) -> tuple[int, int, None, bytes]:
        """The columns size, mode, filename and value for `value`."""
        if read or not isinstance(value, bytes) or not isinstance(key, str):
            raise TypeError("a cache value is bytes under a key that is text")
        return 0, MODE_RAW, None, _digest(key, value) + value

    def fetch(self, mode: object, filename: object, value: object, read: object) -> bytes:
        """The stored bytes, digest included. Refuses pickles, text, and every row that names a file."""
        if mode != MODE_RAW or filename is not None or read or not isinstance(value, bytes):
            raise PoisonedEntryError("a row of the cache is not plain bytes")
        return value

    def remove(self, file_path: object) -> None:
        """Do nothing: no entry has a file, so a name in a row may be that of a file of the user."""

    def filename(self, *_: Any, **__: Any) -> tuple[str, str]:
        """Refuse: values never get a file of their own."""
        raise TypeError("cache values are stored in the database")


def unsealed(key: str, stored: bytes) -> bytes:
    """The value in what `GuardedDisk.fetch` returned. Raises PoisonedEntryError if it is damaged."""
    digest, value = stored[:_DIGEST_BYTES], stored[_DIGEST_BYTES:]
    if digest != _digest(key, value):
        raise PoisonedEntryError("a row of the cache does not match its digest")
    return value


def _digest(key: str, value: bytes) -> bytes:
    hashed_key = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return hashlib.sha256(hashed_key + value).digest()
