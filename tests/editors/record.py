"""Stands between an editor and its server, and keeps what the editor sends with `initialize`.

    python record.py OUT.json SERVER [WORDS...]

Starts SERVER on this process's own standard output, passes standard input on to it, and writes the first
message's `params` to OUT.json. What names this machine or this run is replaced: paths below the folder of
the workspace, process ids, tokens. So an editor is recorded by letting it start this instead of its server.
"""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FOLDER = "/project"


def redacted(params: dict[str, Any]) -> dict[str, Any]:
    """What the same editor sends on any machine for any folder."""
    uri = params.get("rootUri") or next((one["uri"] for one in params.get("workspaceFolders") or ()), "")
    place = params.get("rootPath") or unquote(urlsplit(uri).path)
    folder = place.rstrip("/")
    kept: dict[str, Any] = _without(params, folder, Path(folder).name)
    if "processId" in kept:
        kept["processId"] = 1
    return kept


def _without(value: Any, folder: str, name: str) -> Any:
    if isinstance(value, dict):
        plain = {key: _without(one, folder, name) for key, one in value.items()}
        return {**plain, "workDoneToken": "token"} if "workDoneToken" in plain else plain
    if isinstance(value, list):
        return [_without(one, folder, name) for one in value]
    if isinstance(value, str) and folder:
        replaced = unquote(value).replace(folder, FOLDER)
        return FOLDER.removeprefix("/") if replaced == name else replaced if FOLDER in replaced else value
    return value


def main(out: str, server: list[str]) -> int:
    """Pass everything on until the editor or the server ends. Returns the server's status."""
    process = subprocess.Popen(server, stdin=subprocess.PIPE)
    assert process.stdin is not None
    threading.Thread(target=_end_with, args=(process,), daemon=True).start()
    beginning, written = b"", False
    while piece := os.read(0, 1 << 16):
        if not written:
            beginning += piece
            written = _written(beginning, Path(out))
        try:
            process.stdin.write(piece)
            process.stdin.flush()
        except BrokenPipeError:
            break
    process.stdin.close()
    return process.wait()


def _end_with(server: "subprocess.Popen[bytes]") -> None:
    """Ends this process, which the editor takes for its server, in the middle of reading."""
    os._exit(server.wait())


def _written(beginning: bytes, out: Path) -> bool:
    """Write the first message, once all of it has come."""
    head, end, body = beginning.partition(b"\r\n\r\n")
    length = re.search(rb"Content-Length: *(\d+)", head, re.IGNORECASE)
    if not end or length is None or len(body) < int(length[1]):
        return False
    params = json.loads(body[: int(length[1])])["params"]
    partial = out.with_suffix(".partial")
    partial.write_text(json.dumps(redacted(params), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(out)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
