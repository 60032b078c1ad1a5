"""Lays inputs of programs out as files below a folder of ours; knows nothing of what reads them."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from pie_lsp.values.errors import SandboxError


def input_file(content: bytes, scratch: Path) -> Path:
    """A file with `content`, named by it, so that runs may share it; it is there whole or not at all.

    Raises SandboxError where `scratch` cannot be written to.
    """
    path = scratch / f"{sha256(content).hexdigest()}.in"
    if path.exists():
        return path
    try:
        descriptor, temporary = tempfile.mkstemp(dir=scratch, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        finally:
            Path(temporary).unlink(missing_ok=True)
    except OSError as error:
        raise SandboxError(
            f"The input of a test cannot be written to {scratch} ({error.strerror})."
        ) from error
    return path
