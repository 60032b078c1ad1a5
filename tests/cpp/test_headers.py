import os
from pathlib import Path

import pytest

from pie_lsp.cpp import headers
from pie_lsp.cpp.headers import LocalHeader, leading_includes, local_headers, other_units
from pie_lsp.text.source import MAX_BYTES
from pie_lsp.values.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "src"
    folder.mkdir()
    return folder


def write(path: Path, data: bytes = b"") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(data: bytes, folder: Path, *include_dirs: Path) -> list[str]:
    found = local_headers(data, folder, include_dirs)
    return [os.path.relpath(header.path, folder) for header in found]


def test_headers_are_followed_from_where_they_stand(folder: Path) -> None:
    write(folder / "a.h", b'#include "deep/b.h"\n')
    write(folder / "deep/b.h", b'#include "c.h"\n#include "../d.h"\n')
    write(folder / "deep/c.h")
    write(folder / "d.h", b"int d;")
    found = local_headers(b'#include "a.h"\n', folder)
    assert [os.path.relpath(header.path, folder) for header in found] == [
        "a.h",
        "d.h",
        "deep/b.h",
        "deep/c.h",
    ]
    assert found[1] == LocalHeader(folder / "d.h", b"int d;")


def test_circles_end(folder: Path) -> None:
    write(folder / "a.h", b'#include "b.h"\n')
    write(folder / "b.h", b'#include "a.h"\n#include "main.cpp"\n')
    assert names(b'#include "a.h"', folder) == ["a.h", "b.h"]


def test_include_folders_come_after_the_own_one(folder: Path) -> None:
    own, other = folder / "x.h", folder.parent / "include" / "x.h"
    write(other)
    write(other.parent / "sys.h")
    assert names(b'#include "x.h"\n#include <sys.h>', folder, other.parent) == [
        "../include/sys.h",
        "../include/x.h",
    ]
    write(own)
    assert names(b'#include "x.h"', folder, other.parent) == ["x.h"]
    assert names(b"#include <x.h>", folder, other.parent) == ["../include/x.h"]


def test_system_headers_and_missing_ones_are_left_to_the_compiler(folder: Path) -> None:
    assert names(b'#include <vector>\n#include "missing.h"\n', folder) == []


@pytest.mark.parametrize(
    "line",
    [
        b'#include "x.h" // why\n',
        b'  #  include\t"x.h"',
        b'/* first */ #include "x.h"',
        b'#if 0\n#include "x.h"\n#endif',
        b'#define HEADER "x.h"\n#include HEADER\n',
        b'#if __has_include("x.h")\n#endif',
        b'#include \\\n"x.h"\n',
    ],
)
def test_any_way_to_name_a_header_counts(line: bytes, folder: Path) -> None:
    write(folder / "x.h")
    assert names(line, folder) == ["x.h"]


@pytest.mark.parametrize("line", [b'// #include "x.h"', b'auto s = R"(\n#include "x.h"\n)";', b'f("x.h");'])
def test_what_is_no_directive_names_nothing(line: bytes, folder: Path) -> None:
    write(folder / "x.h")
    assert names(line, folder) == []


def test_nothing_outside_the_folders_is_read(folder: Path) -> None:
    secret = write(folder.parent / "secret", b"password")
    (folder / "link.h").symlink_to(secret)
    lines = [b'#include "../secret"', b'#include "%s"' % bytes(secret), b'#include "link.h"']
    assert names(b"\n".join(lines), folder) == []


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.h")
    (folder / "loop.h").symlink_to("loop.h")
    long = b"x" * 5000
    data = b'#include "pipe.h"\n#include "loop.h"\n#include "."\n#include "%s"\n#include "a\0b"' % long
    assert names(data, folder) == []


def test_names_outside_ascii_are_found(folder: Path) -> None:
    write(folder / "表.h")
    assert names('#include "表.h"'.encode(), folder) == ["表.h"]


def test_a_library_among_the_headers_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headers, "MAX_HEADERS", 3)
    lines = []
    for number in range(4):
        write(folder / f"{number}.h")
        lines.append(b'#include "%d.h"\n' % number)
    assert len(local_headers(b"".join(lines[:3]), folder)) == 3
    with pytest.raises(InputError, match="more than 3 files"):
        local_headers(b"".join(lines), folder)


def test_a_huge_header_is_said(folder: Path) -> None:
    write(folder / "big.h", b" " * (MAX_BYTES + 1))
    with pytest.raises(InputError, match=r"big\.h is larger"):
        local_headers(b'#include "big.h"', folder)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"#include <a>\n#include <b/c.h>\nint x;\n#include <d>\n", b"#include <a>\n#include <b/c.h>\n"),
        (
            b"\xef\xbb\xbf// hi\r\n\r\n# include  <a> // why\r\n/* x */\n#include<b>",
            b"#include <a>\n#include <b>\n",
        ),
        (b"#define X\n#include <a>\n", b""),
        (b'#include <a>\n#pragma GCC optimize("O3")\n#include <b>\n', b"#include <a>\n"),
        (b'#include <a>\n#include "b.h"\n#include <c>\n', b"#include <a>\n"),
        (b"#include <a>\n#if X\n#include <b>\n#endif\n", b"#include <a>\n"),
        (b"#include HEADER\n", b""),
        (b"\f\n#include <a>\nusing namespace std;\n", b"#include <a>\n"),
        (b"", b""),
    ],
)
def test_the_leading_block_ends_at_whatever_could_change_a_header(data: bytes, lines: bytes) -> None:
    assert leading_includes(data) == lines


def test_other_units_are_told_by_what_stands_there(folder: Path) -> None:
    header = LocalHeader(write(folder / "a.h"), b"")
    assert other_units((), has_main=False)
    assert not other_units((header,), has_main=True)
    write(folder / "a.cc")
    assert other_units((header,), has_main=True)
