"""Suggestions as ``.diff`` files in the user's own cache folder, which every editor can show."""

import hashlib
import os
import re
from pathlib import Path

from pie_lsp.server import wording
from pie_lsp.server.results import Result
from pie_lsp.values.report import Suggestion


def write_preview(result: Result, suggestion: Suggestion) -> Path:
    """Write the diff and return its path; OSError where the folder cannot be written.

    The name depends on the file, the function and the rank alone, so that a newer preview replaces the
    older one. The folder is for the user only, since it holds their code.
    """
    from pie_lsp.engine.cache import default_folder

    folder = default_folder() / "previews"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    source = result.request.path
    place = hashlib.sha256(os.fsencode(source)).hexdigest()[:8]
    function = re.sub(r"\W+", "_", result.function.qualified_name)
    path = folder / f"{source.stem}.{function}.{suggestion.rank}.{place}.diff"
    path.write_bytes(wording.diff(result, suggestion))
    return path
