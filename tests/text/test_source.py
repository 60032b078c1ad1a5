import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.text.source import MAX_BYTES, SourceText, detect, detect_for_buffer, encode_buffer, read_source
from pie_lsp.values.errors import InputError

JAPANESE = "// 日本語のコメントです。合計を計算する関数の表\nint main() { return 0; }\n"
FRENCH = "// façade déjà vue, être ou ne pas être\nint main() { return 0; }\n"
RUSSIAN = "// Привет, мир: считаем сумму всех чисел массива\nint main() { return 0; }\n"


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (b"", "utf-8", False),
        (b"int x;", "utf-8", False),
        (JAPANESE.encode(), "utf-8", False),
        (b"\xef\xbb\xbf" + JAPANESE.encode(), "utf-8", True),
        (JAPANESE.encode("cp932"), "cp932", False),
        (JAPANESE.encode("euc_jp"), "euc_jp", False),
        (FRENCH.encode("latin-1"), "latin-1", False),
        (RUSSIAN.encode("cp1251"), "cp1251", False),
    ],
)
def test_the_encoding_is_told(data: bytes, encoding: str, bom: bool) -> None:
    assert detect(data) == SourceText(data, encoding, bom)


@given(
    st.binary(max_size=200).filter(
        lambda data: b"\0" not in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff")
    )
)
def test_whatever_is_told_gives_back_the_same_bytes(data: bytes) -> None:
    if data.startswith(b"\xef\xbb\xbf"):
        return
    source = detect(data)
    assert source.encode(source.text()) == data


def test_a_byte_order_mark_stays_in_front_of_the_text() -> None:
    source = detect(b"\xef\xbb\xbfint x;")
    assert source.text() == "\ufeffint x;"
    assert source.encode(source.text()) == source.data


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("int x;".encode("utf-16"), "UTF-16"),
        ("int x;".encode("utf-32"), "UTF-32"),
        (b"\xfe\xff\0i", "UTF-16"),
        (b"int\0 x;", "NUL"),
        (b"x" * (MAX_BYTES + 1), "larger"),
        (b"\xef\xbb\xbf\xff", "holds bytes"),
    ],
)
def test_what_cannot_be_compiled_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        detect(data)


def test_the_largest_file_is_taken() -> None:
    assert detect(b"x" * MAX_BYTES).encoding == "utf-8"


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a b.cpp"
    path.write_bytes(b"int x;\r\n\fint y;\r")
    assert read_source(path) == SourceText(b"int x;\r\n\fint y;\r", "utf-8")


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_source(tmp_path / "no.cpp")
    with pytest.raises(InputError, match="not a file"):
        read_source(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.cpp")
    with pytest.raises(InputError, match="not a file"):
        read_source(tmp_path / "pipe.cpp")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secret.cpp"
    path.write_bytes(b"int x;")
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        read_source(path)


def test_a_refusal_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "wide.cpp"
    path.write_bytes("int x;".encode("utf-16"))
    with pytest.raises(InputError, match=r"wide\.cpp: the file is in UTF-16"):
        read_source(path)


def test_the_first_character_that_the_encoding_cannot_hold_is_named() -> None:
    source = detect(FRENCH.encode("latin-1"))
    with pytest.raises(InputError, match=r"'→' \(U\+2192\) in line 2 cannot be written in latin-1"):
        source.encode("int x;\n// a → b ∀")


class TestBuffer:
    def test_it_is_encoded_as_the_file_on_disk(self) -> None:
        disk = detect(JAPANESE.encode("cp932"))
        assert encode_buffer(JAPANESE + "// 表\n", disk) == (JAPANESE + "// 表\n").encode("cp932")

    @pytest.mark.parametrize("shown", ["", "\ufeff"])
    def test_the_byte_order_mark_of_the_disk_is_kept_once(self, shown: str) -> None:
        disk = detect(b"\xef\xbb\xbfint x;")
        assert encode_buffer(shown + "int y;", disk) == b"\xef\xbb\xbfint y;"

    def test_without_a_file_on_disk_it_is_utf8(self) -> None:
        assert encode_buffer("// 表", None) == "// 表".encode()

    def test_what_cannot_be_written_is_refused(self) -> None:
        with pytest.raises(InputError, match="save the file as UTF-8"):
            encode_buffer("// 😀", detect(JAPANESE.encode("cp932")))

    def test_half_a_surrogate_pair_is_refused(self) -> None:
        with pytest.raises(InputError, match=r"U\+D83D"):
            encode_buffer("// \ud83d", None)

    @pytest.mark.parametrize("codec", ["cp932", "euc_jp", "gb18030", "big5", "cp949"])
    def test_the_editor_knows_the_encoding_best(self, codec: str) -> None:
        # One character is too short for a guess, but the editor shows it, so the codec is known.
        text = "// 表\nint x;\n"
        assert detect_for_buffer(text.encode(codec), text).encode(text) == text.encode(codec)
        assert detect_for_buffer(text.encode(codec), text).text() == text

    def test_the_euro_sign_tells_cp1252_from_latin_1(self) -> None:
        text = "// 5 € é\n"
        assert detect_for_buffer(text.encode("cp1252"), text).encoding == "cp1252"

    def test_line_ends_do_not_count(self) -> None:
        data = "// 表\r\nint x;\r\n".encode("cp932")
        assert detect_for_buffer(data, "// 表\nint x;\n").encoding == "cp932"

    def test_an_edited_buffer_falls_back_to_the_guess(self) -> None:
        data = JAPANESE.encode("cp932")
        assert detect_for_buffer(data, "int other;") == detect(data)
