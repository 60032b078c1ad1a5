from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.server.documents import (
    Change,
    change_document,
    document_on_disk,
    open_document,
    saved_document,
)
from pie_lsp.text.positions import Position, PositionEncoding
from pie_lsp.text.source import MAX_BYTES
from pie_lsp.values.errors import InputError
from pie_lsp.values.span import Span

from .conftest import document

UTF16 = PositionEncoding.UTF16
TEXT = "int f() { return 1; }\nstruct S { int f() { return 2; } };\nint f(int x) { return x; }\n"


def test_functions_are_found_by_place() -> None:
    opened = document(TEXT)
    second = opened.function_at(Span(TEXT.index("return 2"), TEXT.index("return 2")))
    assert second is not None and second.ref.qualified_name == "S::f"
    between = TEXT.index("struct") - 1
    assert opened.function_at(Span(between + 2, between + 2)) is None
    touched = opened.function_at(Span(between + 2, len(TEXT)))
    assert touched is not None and touched.ref.qualified_name == "S::f"


def test_functions_are_found_by_name_unchanged_first_then_nearest() -> None:
    opened = document(TEXT)
    one, three = (opened.function("f", None, line) for line in (1, 3))
    assert one is not None and three is not None
    assert (one.ref.line, three.ref.line) == (1, 3)
    assert opened.function("f", three.ref.fingerprint, 1) == three
    assert opened.function("g", None) is None


def test_a_change_is_parsed_like_a_new_file() -> None:
    before = document(TEXT)
    at = Position(0, 0)
    after = change_document(before, 2, [Change("int g() { return 3; }\n", at, at)], UTF16)
    assert after.version == 2 and after.table is not None
    expected = find_functions(parse(after.data))
    assert [f.ref for f in after.table.functions] == [f.ref for f in expected.functions]


@given(st.data())
def test_changes_one_by_one_or_together_give_the_same_document(data: st.DataObject) -> None:
    pieces = st.text(alphabet="aé😀 \n\r{}();int", max_size=6)
    before = document(data.draw(st.text(alphabet="aé😀 \n\r{}();int", max_size=20)))
    positions = st.builds(Position, st.integers(0, 4), st.integers(0, 8))
    changes = data.draw(st.lists(st.builds(Change, pieces, positions, positions), max_size=4))
    together = change_document(before, 9, changes, UTF16)
    single = before
    for change in changes:
        single = change_document(single, 9, [change], UTF16)
    assert (together.text, together.data) == (single.text, single.data)
    assert together.parsed is not None
    assert together.data == together.text.encode()


@pytest.mark.parametrize("codec", ["latin-1", "cp932", "euc_jp", "utf-8", "utf-8-sig"])
def test_the_bytes_are_those_that_the_editor_would_write(tmp_path: Path, codec: str) -> None:
    letters = "é" if codec == "latin-1" else "日本語"
    path = tmp_path / "a.cpp"
    text = f"// {letters * 30}\r\nint f() {{ return 1; }}\r\n"
    path.write_bytes(text.encode(codec))
    opened = open_document(path.as_uri(), path, 1, text, UTF16)
    assert opened.refusal is None and opened.data == path.read_bytes()
    function = opened.function("f", None)
    assert function is not None
    assert opened.positions.position_of_byte(function.ref.name_span.start) == Position(1, 4)


def test_a_byte_order_mark_that_the_editor_shows_is_not_doubled(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"\xef\xbb\xbfint f() {}\n")
    opened = open_document(path.as_uri(), path, 1, "\ufeffint f() {}\n", UTF16)
    assert opened.data == path.read_bytes()
    function = opened.function("f", None)
    assert function is not None
    assert opened.positions.position_of_byte(function.ref.name_span.start) == Position(0, 5)


def test_what_the_encoding_cannot_hold_is_refused_until_it_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes("// é\n".encode("latin-1"))
    opened = open_document(path.as_uri(), path, 1, "// é\n", UTF16)
    end = Position(1, 0)
    bad = change_document(opened, 2, [Change("// 😀", end, end)], UTF16)
    assert bad.refusal is not None and "😀" in bad.refusal
    assert bad.data == bad.text.encode()
    good = change_document(bad, 3, [Change("// e", end, Position(1, 9))], UTF16)
    assert good.refusal is None and good.data == good.text.encode("latin-1")


def test_saving_in_another_encoding_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes("// é\n".encode("latin-1"))
    opened = open_document(path.as_uri(), path, 1, "// é 😀\n", UTF16)
    assert opened.refusal is not None
    path.write_text(opened.text, encoding="utf-8")
    assert saved_document(opened, UTF16).refusal is None


def test_a_file_that_is_not_on_the_disk_yet_is_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "new.cpp"
    opened = open_document(path.as_uri(), path, 1, "// 😀\n", UTF16)
    assert opened.refusal is None and opened.data == "// 😀\n".encode()


def test_what_is_no_file_is_refused() -> None:
    opened = open_document("untitled:1", None, 1, "int f() {}\n", UTF16)
    assert opened.refusal is not None and "save it" in opened.refusal
    assert opened.function("f", None) is not None


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    opened = open_document(tmp_path.as_uri(), tmp_path, 1, "", UTF16)
    assert opened.refusal is not None and str(tmp_path) in opened.refusal


def test_a_large_text_is_neither_parsed_nor_optimized() -> None:
    opened = document("int x;\n" * (MAX_BYTES // 7 + 1))
    assert opened.parsed is None and opened.refusal is not None and "split it" in opened.refusal
    assert opened.function("f", None) is None and opened.function_at(Span(0, 0)) is None
    assert opened.refused_at(Span(0, 0)) is None
    small = change_document(opened, 2, [Change("int f() {}\n")], UTF16)
    assert small.refusal is None and small.function("f", None) is not None


def test_a_file_that_is_not_open_is_read_as_an_editor_would_show_it(tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_bytes(b"\xef\xbb\xbf// \xc3\xa9\r\nint f() {}\r\n")
    found = document_on_disk(path.as_uri(), UTF16)
    assert found.version is None and found.data == path.read_bytes()
    assert found.text == "// é\r\nint f() {}\r\n"
    for uri in ((tmp_path / "b.cpp").as_uri(), tmp_path.as_uri(), "untitled:1"):
        with pytest.raises(InputError):
            document_on_disk(uri, UTF16)
