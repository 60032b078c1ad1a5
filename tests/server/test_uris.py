import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.server.uris import path_of, same_file_key, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.cpp", "/a/b.cpp"),
        ("file:///a%20b/%C3%A9.cpp", "/a b/é.cpp"),
        ("file://localhost/a.cpp", "/a.cpp"),
        ("file:///a#b?c.cpp", "/a#b?c.cpp"),
        ("file:///a%23b.cpp", "/a#b.cpp"),
        ("FILE:///a.cpp", "/a.cpp"),
    ],
)
def test_paths_of_file_uris(uri: str, path: str) -> None:
    assert path_of(uri) == Path(path)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "untitled:1",
        "http://x/a.cpp",
        "file://other-host/a.cpp",
        "file:a.cpp",
        "file://[bad/a",
        "file:///a%00b",
    ],
)
def test_what_is_no_file_of_this_machine_has_no_path(uri: str) -> None:
    assert path_of(uri) is None


@given(
    st.binary(min_size=1).filter(
        lambda raw: b"\0" not in raw and b"/" not in raw and raw not in (b".", b"..")
    )
)
def test_any_file_name_survives(raw: bytes) -> None:
    path = Path("/folder") / os.fsdecode(raw)
    assert path_of(uri_of(path)) == path


def test_keys_are_equal_for_one_file_and_different_for_two() -> None:
    spellings = ["file:///a%20b.cpp", "file:///a b.cpp", "FILE://localhost/x/../a b.cpp"]
    assert len({same_file_key(uri) for uri in spellings}) == 1
    assert same_file_key("file:///A.cpp") != same_file_key("file:///a.cpp")
    assert same_file_key("untitled:a%2Db") == same_file_key("untitled:a-b")
