"""Indexes that outlive a process: one file each in the user's cache folder, rebuilt when stale or damaged.

A file is a line that says what it is an index of, and the bytes of the index, whose digest stands in that
line. It is written aside and renamed, so whoever reads sees one whole file or the other. Bytes are given to
a reader only when their digest is right, and no reader unpickles. Knows nothing of what an index is.
"""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pie_lsp.sandbox.paths import cache_dir
from pie_lsp.sandbox.whole_file import write_whole
from pie_lsp.values.errors import InputError, PieError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCHEMA = 1
_Index = TypeVar("_Index")


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index was made of. One that differs in anything but `slot` is stale.

    slot       names the file: one index is kept for each
    method     how the index is made, with its version
    model      of the encoder: a digest of its files; empty where there is none
    dimension  of its vectors; 0 where there are none
    corpus     digest of what is indexed
    """

    slot: str
    method: str
    corpus: str
    model: str = ""
    dimension: int = 0


def kept(
    identity: Identity,
    make: Callable[[], _Index],
    to_bytes: Callable[[_Index], bytes],
    from_bytes: Callable[[bytes], _Index],
    folder: Path | None = None,
) -> _Index:
    """The index of that identity: from its file, else made and put there.

    Trouble with the file costs the time of making it, and nothing else. What `make` raises is raised.
    """
    try:
        path = (folder or cache_dir("retrieval")) / _file_name(identity.slot)
    except PieError:
        return make()
    payload = _read(path, identity)
    if payload is not None:
        try:
            return from_bytes(payload)
        except InputError:
            pass  # It was written by a version of ours that knew another layout.
    index = make()
    _write(path, identity, to_bytes(index))
    return index


def arrays_to_bytes(arrays: "Mapping[str, NDArray[np.generic]]") -> bytes:
    """Arrays of plain numbers in one piece."""
    import numpy as np

    whole = io.BytesIO()
    np.savez(whole, allow_pickle=False, **dict(arrays))
    return whole.getvalue()


def arrays_from_bytes(data: bytes) -> "dict[str, NDArray[np.generic]]":
    """The arrays that `arrays_to_bytes` wrote. Raises InputError for anything else."""
    import zipfile

    import numpy as np

    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            return {name: found[name] for name in found.files}
    except (ValueError, OSError, EOFError, KeyError, zipfile.BadZipFile, AttributeError) as error:
        raise InputError(f"These bytes are no arrays ({error}).") from error


def _file_name(slot: str) -> str:
    return hashlib.sha256(slot.encode()).hexdigest()[:32] + ".index"


def _heading(identity: Identity, payload: bytes) -> bytes:
    digest = hashlib.sha256(payload).hexdigest()
    heading = {"schema": _SCHEMA, **asdict(identity), "sha256": digest}
    return json.dumps(heading, sort_keys=True).encode("ascii") + b"\n"


def _read(path: Path, identity: Identity) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    heading, _, payload = content.partition(b"\n")
    # The heading of what is wanted, over what is there: any difference makes another one.
    return payload if heading + b"\n" == _heading(identity, payload) else None


def _write(path: Path, identity: Identity, payload: bytes) -> None:
    try:
        write_whole(path, (_heading(identity, payload), payload), 0o600)
    except OSError:
        # A full disk or a folder of somebody else's: the index is made again next time.
        return
