"""The bytes of a source file and the encoding they are in; knows nothing of C++, lines or edits.

Everything that pie-lsp does is done on the bytes that stand on disk, since the compiler reads those and
an edit must never re-encode a file. Text is needed at one border only, where an editor speaks of it.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.errors import InputError

MAX_BYTES = 1 << 20
"""Larger files are refused: the parser holds the interpreter lock for its whole run."""

BOM = codecs.BOM_UTF8

LEGACY_CODECS = (
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
    "cp1252",
    "cp1251",
    "cp1250",
    "koi8_r",
    "latin-1",
)
"""What a source that is not UTF-8 may be in. All hold ASCII as it is, and all are stateless, so that
lengths of pieces add up. ISO-2022 and UTF-7 are seven-bit, hence always valid UTF-8 to begin with."""

_GUESSED = ("cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252", "cp1251", "koi8_r")
"""What a guess may say, in the names of charset-normalizer. Short Western texts are too easily taken for
cp1250, so only the text that an editor shows (`detect_for_buffer`) can tell that one."""

_UTF16_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source file.

    data      the bytes as they are on disk, byte-order mark included
    encoding  name of the Python codec under which ``text().encode(encoding) == data``
    bom       `data` starts with the UTF-8 byte-order mark
    """

    data: bytes
    encoding: str
    bom: bool = False

    def text(self) -> str:
        """The decoded file; a byte-order mark stays in front as U+FEFF."""
        return self.data.decode(self.encoding)

    def encode(self, text: str) -> bytes:
        """`text` in the encoding of this file.

        Raises InputError, naming the first character that the encoding cannot hold.
        """
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            character = text[error.start]
            line = text.count("\n", 0, error.start) + 1
            raise InputError(
                f"The character {character!r} (U+{ord(character):04X}) in line {line} cannot be written in "
                f"{self.encoding}, the encoding of the file on disk: replace it or save the file as UTF-8."
            ) from None


def read_source(path: Path) -> SourceText:
    """Read a source file. Raises InputError for whatever cannot be worked on."""
    try:
        if not path.exists():
            raise InputError(f"{path} does not exist.")
        if not path.is_file():
            raise InputError(f"{path} is not a file; name a C++ source file.")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        return detect(data)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def detect(data: bytes) -> SourceText:
    """Tell the encoding of `data`: byte-order mark, then strict UTF-8, then a guess that round-trips.

    Raises InputError for UTF-16, UTF-32, NUL bytes and files above `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise InputError(f"the file is larger than {MAX_BYTES >> 10} KiB; split it to work on it.")
    if data.startswith(_UTF16_32):
        raise InputError("the file is in UTF-16 or UTF-32, which g++ cannot compile; save it as UTF-8.")
    if b"\0" in data:
        raise InputError("the file contains NUL bytes, so it is no C++ source; save it as plain text.")
    bom = data.startswith(BOM)
    if bom or _round_trips(data, "utf-8"):
        if not _round_trips(data, "utf-8"):
            raise InputError("the file begins as UTF-8 but holds bytes that are not; save it as UTF-8 again.")
        return SourceText(data, "utf-8", bom)
    return SourceText(data, _guess(data))


def detect_for_buffer(data: bytes, buffer: str) -> SourceText:
    """Like `detect`, but prefer the codec under which the bytes on disk are the text that an editor shows.

    Line ends do not count, since some editors hold a CRLF file with \\n alone.
    """
    source = detect(data)
    wanted = _plain(buffer)
    for codec in dict.fromkeys((source.encoding, *LEGACY_CODECS)):
        if _round_trips(data, codec) and _plain(data.decode(codec)) == wanted:
            return SourceText(data, codec, source.bom)
    return source


def encode_buffer(text: str, disk: SourceText | None) -> bytes:
    """The bytes that an editor would write for the buffer `text`, in the encoding of the file on disk.

    A byte-order mark on disk is kept, whether or not the editor shows it. Without a file on disk the
    buffer is UTF-8. Raises InputError where the encoding cannot hold the text.
    """
    if disk is None:
        return SourceText(b"", "utf-8").encode(text)
    encoded = disk.encode(text.removeprefix("\ufeff") if disk.bom else text)
    return BOM + encoded if disk.bom else encoded


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _round_trips(data: bytes, codec: str) -> bool:
    try:
        return data.decode(codec).encode(codec) == data
    except UnicodeError:
        return False


def _guess(data: bytes) -> str:
    for codec in _guesses(data):
        if _round_trips(data, codec):
            return codec
    return "latin-1"


def _guesses(data: bytes) -> Iterator[str]:
    # Loaded here, since nearly every source is UTF-8 and never needs it.
    from charset_normalizer import from_bytes

    for match in from_bytes(data, cp_isolation=list(_GUESSED), preemptive_behaviour=False):
        if match.encoding in _GUESSED:
            # Without a byte in 0x80..0x9F the two are the same, and Latin-1 is the name people know.
            same = match.encoding == "cp1252" and data.decode("latin-1") == str(match)
            yield "latin-1" if same else match.encoding
