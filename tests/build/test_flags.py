"""What a workspace may say to a compiler, and what it may not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.build.flags import allow, check_own_flags, include_folders
from pie_lsp.values.errors import SettingsError

SAFE = [
    "-std=c++20",
    "-std=gnu++17",
    "-O2",
    "-O3",
    "-Ofast",
    "-O",
    "-DNDEBUG",
    "-DNAME=some value",
    "-UNAME",
    "-Wall",
    "-Wno-unused",
    "-Wextra",
    "-Wframe-larger-than=1",
    "-Werror=return-type",
    "-w",
    "-pedantic",
    "-pthread",
    "-fno-exceptions",
    "-ffast-math",
    "-funroll-loops",
    "-ftemplate-depth=2000",
    "-fvisibility=hidden",
    "-ftree-vectorize",
    "-falign-loops=32",
    "-march=x86-64-v3",
    "-mavx2",
    "-msse4.2",
    "-fno-strict-aliasing",
    "-fconstexpr-ops-limit=100000000",
    "-fPIC",
]
DANGEROUS = [
    "-fplugin=evil.so",
    "-fplugin-arg-x-y=z",
    "-specs=evil",
    "--specs=evil",
    "-B.",
    "-B",
    "-wrapper",
    "evil",
    "@evil",
    "-o",
    "-o/etc/passwd",
    "-x",
    "-xassembler",
    "-include",
    "-includeevil.h",
    "-imacros",
    "-Wl,-z",
    "-Wa,-a",
    "-Wp,-include",
    "-Xlinker",
    "-Xassembler",
    "-Xpreprocessor",
    "-T",
    "-save-temps",
    "-dumpdir",
    "-fdump-tree-all=/tmp/x",
    "-fprofile-use=/etc",
    "-fprofile-generate",
    "-fstack-usage",
    "-fmodules-ts",
    "-fmodule-mapper=|evil",
    "-fuse-ld=evil",
    "-fsanitize=address",
    "-fcallgraph-info",
    "-ftest-coverage",
    "-fcompare-debug",
    "-frandom-seed=1",
    "-mllvm",
    "-load=evil.so",
    "-iplugindir=.",
    "--sysroot=/",
    "-isysroot",
    "-nostdinc",
    "-I/etc",
    "-I../outside",
    "-isystem/root",
    "-iquote..",
    "-L.",
    "-lfoo",
    "main2.cpp",
    "-",
    "",
    "-no-canonical-prefixes",
    "-pipe;evil",
    "-std=c++17 -fplugin=x",
    "-O2\n-B.",
    "-fdiagnostics-format=json-file",
    "--param=x=1",
    "-aux-info",
    "-E",
    "-S",
    "-c",
    "-MD",
    "-MF/tmp/x",
    "-gsplit-dwarf",
    "-fopenmp",
    "-flto",
]


@pytest.mark.parametrize("flag", SAFE)
def test_what_only_changes_the_program_is_allowed(flag: str, tmp_path: Path) -> None:
    assert allow([flag], tmp_path) == ((flag,), ())


@pytest.mark.parametrize("flag", DANGEROUS)
def test_what_starts_loads_reads_or_writes_is_refused(flag: str, tmp_path: Path) -> None:
    accepted, refused = allow([flag], tmp_path)
    assert accepted == ()
    assert len(refused) == 1
    assert refused[0].reason


def test_a_value_may_stand_apart(tmp_path: Path) -> None:
    (tmp_path / "inc").mkdir()
    accepted, refused = allow(
        ["-D", "A=1", "-I", "inc", "-isystem", "inc", "-iquote", ".", "-U", "B"], tmp_path
    )
    inside = str(tmp_path / "inc")
    assert accepted == ("-DA=1", f"-I{inside}", "-isystem", inside, "-iquote", str(tmp_path), "-UB")
    assert refused == ()
    assert include_folders(accepted) == (tmp_path / "inc", tmp_path)


def test_a_value_that_is_missing_is_refused(tmp_path: Path) -> None:
    for flag in ("-D", "-I"):
        accepted, refused = allow([flag], tmp_path)
        assert (accepted, len(refused)) == ((), 1)


def test_a_flag_cannot_hide_as_a_value(tmp_path: Path) -> None:
    assert allow(["-D", "-fplugin=x"], tmp_path)[0] == ("-D-fplugin=x",)


def test_a_link_out_of_the_workspace_is_seen_through(tmp_path: Path) -> None:
    workspace, outside = tmp_path / "workspace", tmp_path / "outside"
    workspace.mkdir()
    outside.mkdir()
    (workspace / "inc").symlink_to(outside)
    accepted, refused = allow(["-Iinc"], workspace)
    assert accepted == ()
    assert "outside" in refused[0].reason


def test_system_headers_may_be_named(tmp_path: Path) -> None:
    assert allow(["-I/usr/include"], tmp_path)[0] == ("-I/usr/include",)


@given(st.lists(st.text(max_size=12)))
def test_every_word_is_judged_and_nothing_new_is_allowed(words: list[str]) -> None:
    accepted, _ = allow(words, Path("/nowhere"))
    again, refused = allow(accepted, Path("/nowhere"))
    assert (again, refused) == (accepted, ())


def test_the_users_own_flags_are_free_but_for_what_we_say() -> None:
    check_own_flags(["-std=c++20", "-flto", "-lgmp", "-include", "mine.h"])
    for flag in ("-o", "-ox", "-c", "-x", "@file", "-", "-save-temps"):
        with pytest.raises(SettingsError, match="cannot be used"):
            check_own_flags([flag])
