import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pie_lsp.text.diff import unified_diff

CASES = {
    "plain": (b"a\nb\nc\n", b"a\nx\nc\n"),
    "form feed": (b"a\f\n\fb\nc\n", b"a\f\n\fx\nc\n"),
    "lone cr": (b"a\rb\rc\nd\n", b"a\rb\rx\nd\n"),
    "crlf": (b"a\r\nb\r\nc\r\n", b"a\r\nx\r\nc\r\n"),
    "mixed ends": (b"a\r\nb\nc\r\n", b"a\r\nb\r\nc\n"),
    "no last end": (b"a\nb\nc", b"a\nb\nx"),
    "end taken": (b"a\nb\n", b"a\nb"),
    "end given": (b"a\nb", b"a\nb\n"),
    "end elsewhere": (b"a\nb\nc\nd\ne\nf\ng", b"x\nb\nc\nd\ne\nf\ng"),
    "shift-jis": ("// 表\nint x;\n".encode("cp932"), "// 表\nint y; // ソ\n".encode("cp932")),
    "other separators": (b"a\x0b\x1c\x85\nb\n", b"a\x0b\x1c\x85\nc\n"),
    "two hunks": (b"1\n" * 30, b"0\n" + b"1\n" * 28 + b"2\n"),
    "insertion at the start": (b"a\nb\n", b"#include <x>\na\nb\n"),
    "looks like a diff": (b"--- a\n+++ b\n@@ -1 +1 @@\n", b"--- a\n+++ c\n@@ -1 +1 @@\n"),
}
NAMES = [
    "sum.cpp",
    "my sum.cpp",
    "sömme.cpp",
    'q"uote.cpp',
    "back\\slash.cpp",
    "tab\tbed.cpp",
    "src/deep/sum.cpp",
]


def git_apply(folder: Path, patch: bytes) -> None:
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(command, input=patch, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def patch_p1(folder: Path, patch: bytes) -> None:
    command = ["patch", "-p1", "--fuzz=0", "--no-backup-if-mismatch"]
    done = subprocess.run(command, input=patch, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


Tool = Callable[[Path, bytes], None]
TOOLS = [
    pytest.param(
        tool,
        id=name,
        marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not installed"),
    )
    for name, tool in (("git", git_apply), ("patch", patch_p1))
]


@pytest.mark.parametrize("tool", TOOLS)
class TestTools:
    @pytest.mark.parametrize("case", CASES)
    def test_every_byte_arrives(self, case: str, tool: Tool, tmp_path: Path) -> None:
        old, new = CASES[case]
        self.check(tool, tmp_path, "sum.cpp", old, new)

    @pytest.mark.parametrize("name", NAMES)
    def test_every_name_is_understood(self, name: str, tool: Tool, tmp_path: Path) -> None:
        self.check(tool, tmp_path, name, b"a\nb\n", b"a\nc\n")

    @settings(max_examples=25)
    @given(st.data())
    def test_any_bytes_arrive(
        self, tool: Tool, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
    ) -> None:
        lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"\r\n", b"\f\n", b"\xff\n", b"\n"]), min_size=1)
        old = b"".join(data.draw(lines)) + data.draw(st.sampled_from([b"", b"z", b"\r"]))
        new = b"".join(data.draw(lines)) + data.draw(st.sampled_from([b"", b"z", b"\r"]))
        if old != new:
            self.check(tool, tmp_path_factory.mktemp("any"), "sum.cpp", old, new)

    @staticmethod
    def check(tool: Tool, folder: Path, name: str, old: bytes, new: bytes) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(old)
        tool(folder, unified_diff(old, new, name))
        assert path.read_bytes() == new


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_it_applies_in_the_folder_of_the_file_inside_a_repository(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    (folder / "sum.cpp").write_bytes(b"a\r\nb")
    git_apply(folder, unified_diff(b"a\r\nb", b"a\r\nc", "sum.cpp"))
    assert (folder / "sum.cpp").read_bytes() == b"a\r\nc"


def test_the_form_is_that_of_diff_u() -> None:
    assert unified_diff(b"a\nb\nc", b"a\nx\nc", "sum.cpp") == (
        b"--- a/sum.cpp\n+++ b/sum.cpp\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n\\ No newline at end of file\n"
    )


def test_equal_files_have_no_difference() -> None:
    assert unified_diff(b"a", b"a", "sum.cpp") == b""


def test_only_what_changes_and_three_lines_around_it_are_shown() -> None:
    old = b"".join(b"%d\n" % number for number in range(5000))
    new = old.replace(b"\n2500\n", b"\nx\n")
    assert unified_diff(old, new, "f").count(b"\n") == 2 + 1 + 3 + 2 + 3
