"""A hub on this machine that the real client library can fetch a folder from; it remembers what was asked.

Standard library only. It speaks the little of a hub's protocol that a snapshot takes.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """Serves `folder` as the model `name`. `fetched` are the files whose content was sent."""

    folder: Path
    name: str
    address: str = ""
    asked: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)


@contextmanager
def hub_of(folder: Path, name: str) -> Iterator[Hub]:
    hub = Hub(folder, name)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def do_GET(self) -> None:
            self._answer(body=True)

        def log_message(self, format: str, *args: object) -> None:
            return

        def _answer(self, body: bool) -> None:
            path = unquote(urlsplit(self.path).path)
            hub.asked.append(path)
            files = sorted(file.name for file in hub.folder.iterdir())
            if path.startswith(f"/api/models/{hub.name}/revision/"):
                siblings = [{"rfilename": file} for file in files]
                self._send({"id": hub.name, "sha": COMMIT, "siblings": siblings}, body)
            elif path.startswith(f"/api/models/{hub.name}/tree/"):
                self._send([self._of_tree(file) for file in files], body)
            elif path.startswith(f"/{hub.name}/resolve/") and path.rpartition("/")[2] in files:
                self._file(path.rpartition("/")[2], body)
            else:
                self._whole(404, b"{}", "application/json", body)

        def _of_tree(self, file: str) -> dict[str, object]:
            size = (hub.folder / file).stat().st_size
            return {
                "type": "file",
                "path": file,
                "size": size,
                "oid": hashlib.sha1(file.encode()).hexdigest(),
            }

        def _send(self, document: object, body: bool) -> None:
            self._whole(200, json.dumps(document).encode(), "application/json", body)

        def _file(self, file: str, body: bool) -> None:
            if body:
                hub.fetched.append(file)
            content = (hub.folder / file).read_bytes()
            self._whole(200, content, "application/octet-stream", body)

        def _whole(self, status: int, content: bytes, kind: str, body: bool) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("ETag", f'"{hashlib.sha1(content).hexdigest()}"')
            self.end_headers()
            if body:
                self.wfile.write(content)

    return Handler
