from pathlib import Path

from pie_lsp.server.uris import path_of, same_file_key

from ..conftest import Harness


async def test_open_change_save_and_close(harness: Harness) -> None:
    await harness.begin()
    documents = harness.server.session.documents
    key = same_file_key(harness.uri)
    identifier = {"uri": harness.uri, "version": 2}
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}}
    change = {"range": span, "text": "long"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert documents[key].text.startswith("long g()") and documents[key].version == 2
    harness.notify("textDocument/didSave", {"textDocument": {"uri": harness.uri}})
    assert documents[key].version == 2
    harness.notify("textDocument/didClose", {"textDocument": {"uri": harness.uri}})
    assert documents == {}


async def test_a_save_in_another_encoding_changes_the_bytes(harness: Harness, tmp_path: Path) -> None:
    await harness.begin("// é\nvoid f() {}\n")
    path = path_of(harness.uri)
    assert path is not None
    key = same_file_key(harness.uri)
    assert harness.server.session.documents[key].data == "// é\nvoid f() {}\n".encode()
    path.write_bytes("// é\nvoid f() {}\n".encode("latin-1"))
    harness.notify("textDocument/didSave", {"textDocument": {"uri": harness.uri}})
    assert harness.server.session.documents[key].data == path.read_bytes()


async def test_notifications_for_other_files_change_nothing(harness: Harness) -> None:
    await harness.begin()
    before = dict(harness.server.session.documents)
    identifier = {"uri": "file:///not/open.cpp", "version": 2}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": ""}]})
    harness.notify("textDocument/didSave", {"textDocument": identifier})
    harness.notify("textDocument/didClose", {"textDocument": identifier})
    assert harness.server.session.documents == before
