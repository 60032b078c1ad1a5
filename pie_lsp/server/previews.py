"""Suggestions as ``.diff`` files in the user's own cache folder, which every editor can show."""

import hashlib
import os
import re
from pathlib import Path

from pie_lsp.server import wording
from pie_lsp.server.results import Result
from pie_lsp.values.report import Suggestion


def write_preview(result: Result, suggestion: Suggestion) -> Path:
    """Write the diff and return its path. Raises PieError or OSError where it cannot be written.

    The name depends on the file, the function and the rank alone, so that a newer preview replaces the
    older one. The folder is the user's alone, since it holds their code.
    """
    from pie_lsp.sandbox.paths import cache_dir

    folder = cache_dir("previews")
    source = result.request.path
    place = hashlib.sha256(os.fsencode(source)).hexdigest()[:8]
    function = re.sub(r"\W+", "_", result.function.qualified_name)
    path = folder / f"{source.stem}.{function}.{suggestion.rank}.{place}.diff"
    path.write_bytes(wording.diff(result, suggestion))
    return path
