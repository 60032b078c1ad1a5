"""The server's copy of a text stays the editor's, for every line end, encoding and kind of change."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .driver import Driver, Message
from .flow import FAKE_SERVER

URI = "file:///nowhere/text.cpp"

CHARACTERS = "ab \t\n\r\f\v\x0b\x1c\x85\u2028\u2029é😀👩‍👩‍👧e\u0301\ufeff"


@pytest.fixture(scope="module", params=["utf-8", "utf-16", "utf-32"])
def editor(request: pytest.FixtureRequest) -> Iterator["Editor"]:
    """A client that counts in one of the three encodings."""
    with Driver(entry=FAKE_SERVER) as driver:
        result = driver.initialize({"general": {"positionEncodings": [request.param]}})
        assert result["capabilities"]["positionEncoding"] == request.param
        yield Editor(driver, request.param)


@dataclass
class Editor:
    """The client's own copy of a text, with positions computed in a second, simpler way."""

    driver: Driver
    encoding: str
    text: str = ""
    version: int = 0

    def open(self, text: str) -> None:
        """Open a new version of the file."""
        self.driver.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
        self.text, self.version = text, self.version + 1
        self.driver.open(URI, text, self.version)

    def change(self, *edits: tuple[int, int, str]) -> None:
        """Replace stretches of characters, one after the other, in one notification."""
        changes = []
        for start, end, new in edits:
            span = {"start": self.position(start), "end": self.position(end)}
            changes.append({"range": span, "text": new})
            self.text = self.text[:start] + new + self.text[end:]
        self.send(*changes)

    def send(self, *changes: Message) -> None:
        """Send changes as they are."""
        self.version += 1
        self.driver.change(URI, self.version, *changes)

    def position(self, offset: int) -> Message:
        """Position of a character offset."""
        before = self.text[:offset]
        plain = before.replace("\r\n", "\n").replace("\r", "\n")
        line = plain.rpartition("\n")[2]
        return {"line": plain.count("\n"), "character": self.width(line)}

    def width(self, text: str) -> int:
        """Length of a piece of a line in the client's units."""
        unit = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[self.encoding]
        codec = self.encoding if self.encoding == "utf-8" else f"{self.encoding}-le"
        return len(text.encode(codec)) // unit

    @property
    def copy(self) -> str:
        """What the server believes the text to be."""
        text: str = self.driver.request("pie/text", {"uri": URI})
        return text


def representable(text: str, offset: int) -> bool:
    """Whether an editor could stand there: there is no position between \\r and \\n."""
    return text[offset - 1 : offset + 1] != "\r\n"


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_changes_leaves_the_same_text(editor: Editor, data: st.DataObject) -> None:
    texts = st.text(alphabet=CHARACTERS, max_size=12)
    editor.open(data.draw(texts, "text"))
    for _ in range(data.draw(st.integers(1, 4), "notifications")):
        edits = []
        before = editor.text
        for _ in range(data.draw(st.integers(1, 3), "changes")):
            places = [at for at in range(len(editor.text) + 1) if representable(editor.text, at)]
            start, end = sorted(data.draw(st.tuples(*[st.sampled_from(places)] * 2), "place"))
            edit = (start, end, data.draw(texts, "new"))
            # Positions of each change refer to the text after the one before it.
            span = {"start": editor.position(start), "end": editor.position(end)}
            edits.append({"range": span, "text": edit[2]})
            editor.text = editor.text[:start] + edit[2] + editor.text[end:]
        assert before is not None
        editor.send(*edits)
    assert editor.copy == editor.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "a\nb",
        "a\nb\n",
        "a\r\nb\r\n",
        "a\rb\r",
        "a\nb\r\nc\rd",
        "\ta\n\t\tb",
        "\ufeffa\nb",
        "x\fy\nint b;\n",
        "x\u2028y\x85z\vw\nb",
        "😀x\n👩‍👩‍👧y\ne\u0301z\n",
    ],
)
def test_an_insertion_in_front_of_the_last_character_of_each_line(editor: Editor, text: str) -> None:
    editor.open(text)
    for offset in range(len(text), -1, -1):
        if representable(editor.text, offset):
            editor.change((offset, offset, "//"))
            assert editor.copy == editor.text


def test_positions_beyond_the_end_are_clamped(editor: Editor) -> None:
    editor.open("ab\ncd")
    far = {"line": 0, "character": 99}
    editor.send({"range": {"start": far, "end": far}, "text": "X"})
    assert editor.copy == "abX\ncd"
    below = {"line": 99, "character": 99}
    editor.send({"range": {"start": below, "end": below}, "text": "Y"})
    assert editor.copy == "abX\ncdY"
    editor.send({"range": {"start": {"line": 0, "character": 0}, "end": below}, "text": ""})
    assert editor.copy == ""


def test_a_position_inside_a_character_is_its_start(editor: Editor) -> None:
    editor.open("😀x")
    inside = {"line": 0, "character": 1 if editor.encoding != "utf-32" else 0}
    editor.send({"range": {"start": inside, "end": inside}, "text": "|"})
    assert editor.copy == "|😀x"


def test_a_range_given_backwards_is_the_same_range(editor: Editor) -> None:
    editor.open("abcd")
    span = {"start": {"line": 0, "character": 3}, "end": {"line": 0, "character": 1}}
    editor.send({"range": span, "text": "-"})
    assert editor.copy == "a-d"


def test_whole_texts_and_parts_may_be_mixed(editor: Editor) -> None:
    editor.open("old")
    start = {"line": 1, "character": 0}
    editor.send(
        {"text": "one\ntwo"}, {"range": {"start": start, "end": start}, "text": "and "}, {"text": "x\n"}
    )
    assert editor.copy == "x\n"


def test_halves_of_characters_do_no_harm(editor: Editor) -> None:
    editor.open("ab")
    editor.send({"text": "a\ud83dz"})
    assert editor.copy == "a\ufffdz"


def test_a_file_that_is_closed_is_forgotten_and_may_come_back(editor: Editor) -> None:
    editor.open("one")
    editor.driver.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert editor.driver.request("pie/text", {"uri": URI}) is None
    editor.open("two")
    assert editor.copy == "two"


@pytest.mark.parametrize(
    ("opened", "asked"),
    [
        ("file:///tmp/a%20b.cpp", "file:///tmp/a b.cpp"),
        ("file:///tmp/a b.cpp", "file:///tmp/a%20b.cpp"),
        ("file:///tmp/%C3%A9.cpp", "file:///tmp/%c3%a9.cpp"),
        ("file:///tmp/é.cpp", "file:///tmp/%C3%A9.cpp"),
        ("file:///tmp/a%2Bb.cpp", "file:///tmp/a+b.cpp"),
        ("FILE:///tmp/case.cpp", "file:///tmp/case.cpp"),
        ("file://localhost/tmp/host.cpp", "file:///tmp/host.cpp"),
        ("file:///tmp//double.cpp", "file:///tmp/double.cpp"),
        ("file:///tmp/sharp%23.cpp", "file:///tmp/sharp#.cpp"),
        ("untitled:Untitled-1", "untitled:Untitled%2D1"),
    ],
)
def test_spellings_of_one_uri_are_one_document(editor: Editor, opened: str, asked: str) -> None:
    editor.driver.open(opened, "int x;")
    assert editor.driver.request("pie/text", {"uri": asked}) == "int x;"
    editor.driver.change(asked, 2, {"text": "int y;"})
    assert editor.driver.request("pie/text", {"uri": opened}) == "int y;"
    editor.driver.notify("textDocument/didClose", {"textDocument": {"uri": asked}})
    assert editor.driver.request("pie/text", {"uri": opened}) is None


def test_other_files_are_other_documents(editor: Editor) -> None:
    editor.driver.open("file:///tmp/A.cpp", "upper")
    assert editor.driver.request("pie/text", {"uri": "file:///tmp/a.cpp"}) is None


@pytest.mark.parametrize(
    ("codec", "fits"), [("latin-1", "é"), ("cp932", "語"), ("utf-8", "😀"), ("utf-8-sig", "é")]
)
def test_the_encoding_is_that_of_the_file_on_the_disk(tmp_path: Path, codec: str, fits: str) -> None:
    file = tmp_path / "a.cpp"
    text = f"// {fits * 20}\r\nint f() {{ slow(); }}\r\n"
    file.write_bytes(text.encode(codec))
    with Driver(entry=FAKE_SERVER) as driver:
        driver.initialize(LITERALS)
        driver.open(file.as_uri(), text)
        (start,) = driver.actions(file.as_uri(), 1, 5)
        assert driver.execute(start)["job"]
        driver.notification("window/showMessage", lambda p: "2 verified" in p["message"])
        apply, *_ = driver.actions(file.as_uri(), 1, 5)
        (edit,) = apply["edit"]["changes"][file.as_uri()]
        line, column = 1, text.splitlines()[1].index("slow")
        assert edit["range"]["start"] == {"line": line, "character": column}
        assert edit["newText"] == "fa" if edit["range"]["end"]["character"] == column + 2 else "fast"


def test_a_buffer_that_the_file_cannot_hold_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "a.cpp"
    text = "// é\nint f() { slow(); }\n"
    file.write_bytes(text.encode("latin-1"))
    with Driver(entry=FAKE_SERVER) as driver:
        driver.initialize(LITERALS)
        driver.open(file.as_uri(), text.replace("é", "😀"))
        (start,) = driver.actions(file.as_uri(), 1, 5)
        assert driver.execute(start) == {"job": None}
        message = driver.notification("window/showMessage")["message"]
        assert "😀" in message and "save the file as UTF-8" in message


@pytest.mark.parametrize("content", ["int f() {}\0", "int f() {}\n".encode("utf-16").decode("latin-1")])
def test_a_file_that_is_no_source_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.cpp"
    file.write_bytes(content.encode("latin-1"))
    with Driver(entry=FAKE_SERVER) as driver:
        driver.initialize(LITERALS)
        driver.open(file.as_uri(), "int f() {}\n")
        (start,) = driver.actions(file.as_uri(), 0, 5)
        assert driver.execute(start) == {"job": None}
        assert str(file) in driver.notification("window/showMessage")["message"]


LITERALS: Message = {
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}
}
