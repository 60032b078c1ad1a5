"""Settings: whose value wins, and what an untrusted workspace can never reach."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pie_lsp.engine.setting_keys import KEYS
from pie_lsp.engine.settings import FILE_NAME, WORKSPACE_LIMITS, find_workspace, load_settings, settings_file
from pie_lsp.values.settings import MIN_SPEEDUP, RunLimits, Settings
from pie_lsp.values.toolchain import Link

Write = Callable[[str], Path]


@pytest.fixture
def workspace(tmp_path: Path) -> Write:
    def write(toml: str) -> Path:
        (tmp_path / FILE_NAME).write_text(toml, encoding="utf-8")
        return tmp_path

    return write


def test_without_anything_the_defaults_hold() -> None:
    assert load_settings(None) == (Settings(), ())


def test_an_empty_workspace_changes_nothing(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"compiler": None}) == (Settings(), ())


def test_a_workspace_sets_how_it_is_compiled_and_tested(workspace: Write) -> None:
    root = workspace(
        """
        standard = "c++20"
        optimization = 2
        defines = ["LOCAL", "LIMIT=100"]
        warnings = ["-Wall"]
        include_dirs = ["include"]
        tests = ["cases"]
        min-speedup = 1.5
        [limits]
        cpu_seconds = 20
        """
    )
    (root / "include").mkdir()
    (root / "cases").mkdir()
    settings, messages = load_settings(root)
    assert messages == ()
    assert settings == replace(
        Settings(),
        flags=("-std=c++20", "-O2", "-DLOCAL", "-DLIMIT=100", "-Wall"),
        flags_are_default=False,
        include_dirs=(root / "include",),
        tests=(root / "cases",),
        min_speedup=1.5,
        limits=RunLimits(cpu_seconds=20),
    )


def test_a_standard_replaces_only_the_standard(workspace: Write) -> None:
    assert load_settings(workspace('standard = "gnu++23"'))[0].flags == ("-O3", "-std=gnu++23")


def test_the_user_sets_everything(tmp_path: Path) -> None:
    user = {
        "compiler": "clang++",
        "flags": "-std=c++20 -O2 '-DNAME=a b'",
        "includeDirs": ["~/include", "local"],
        "link": "dynamic",
        "backend": "native",
        "model": "skylake-pie",
        "tests": ["big.in"],
        "top": 3,
        "minSpeedup": 1.02,
        "limits": {"memory_bytes": 1 << 40},
        "budgetSeconds": 60,
        "allow_unsandboxed": True,
        "jobs": 4,
    }
    settings, messages = load_settings(tmp_path, user)
    assert messages == ()
    assert settings == Settings(
        compiler="clang++",
        flags=("-std=c++20", "-O2", "-DNAME=a b"),
        flags_are_default=False,
        include_dirs=(Path.home() / "include", tmp_path / "local"),
        link=Link.DYNAMIC,
        backend="native",
        model="skylake-pie",
        tests=(tmp_path / "big.in",),
        top=3,
        min_speedup=1.02,
        limits=RunLimits(memory_bytes=1 << 40),
        budget_seconds=60.0,
        allow_unsandboxed=True,
        jobs=4,
    )


def test_every_setting_has_a_key() -> None:
    derived = {"flags_are_default"}
    composed = {"standard", "optimization", "defines", "warnings"}
    assert {key.name for key in KEYS} - composed == set(Settings.__slots__) - derived


def test_the_user_wins_over_the_workspace(workspace: Write) -> None:
    root = workspace(
        """
        standard = "c++20"
        defines = ["THEIRS"]
        tests = ["theirs"]
        min_speedup = 2.0
        limits = {cpu_seconds = 1}
        """
    )
    (root / "theirs").mkdir()
    user = {"standard": "c++23", "tests": ["mine"], "min_speedup": 1.2, "limits": {"cpu_seconds": 600}}
    settings, _ = load_settings(root, user)
    assert settings.flags == ("-O3", "-std=c++23", "-DTHEIRS")
    assert settings.tests == (root / "mine",)
    assert settings.min_speedup == 1.2
    assert settings.limits.cpu_seconds == 600
    assert load_settings(root, {"flags": ["-O1"]})[0].flags == ("-O1",)


@pytest.mark.parametrize(
    "line",
    [
        'compiler = "./evil"',
        'backend = "native"',
        'model = "http://attacker.example/model"',
        "allow_unsandboxed = true",
        "allow-unsandboxed = true",
        "allowUnsandboxed = true",
        'link = "dynamic"',
        "jobs = 64",
        "top = 1",
        "budget_seconds = 1e9",
        'gem5 = "/tmp/evil"',
    ],
)
def test_a_workspace_cannot_set_what_is_the_users(workspace: Write, line: str) -> None:
    settings, messages = load_settings(workspace(line))
    assert settings == Settings()
    (message,) = messages
    assert f'"{line.split()[0]}" cannot be set by a workspace' in message
    assert "settings of your editor or on the command line" in message


@pytest.mark.parametrize(
    "name",
    ["plugin", "plugins", "model_url", "api_key", "consent", "sandbox", "gem5_path", "qemu"],
)
def test_a_workspace_cannot_set_what_does_not_exist(workspace: Write, name: str) -> None:
    settings, messages = load_settings(workspace(f'{name} = "x"'))
    assert settings == Settings()
    (message,) = messages
    assert f'"{name}" is not a setting that a workspace can make' in message


@pytest.mark.parametrize(
    "flag",
    [
        "-fplugin=./evil.so",
        "-wrapper",
        "-B.",
        "-specs=evil.specs",
        "@response",
        "-include",
        "/etc/passwd",
        "-Wl,-rpath,evil",
        "-Wa,-a=/tmp/x",
        "-Wp,-MD,/tmp/x",
        "-o",
        "-imacros/etc/passwd",
        "-save-temps",
        "-fdump-tree-all",
    ],
)
@pytest.mark.parametrize("setting", ["flags", "warnings"])
def test_a_workspace_cannot_smuggle_a_flag(workspace: Write, setting: str, flag: str) -> None:
    settings, messages = load_settings(workspace(f'{setting} = ["{flag}"]'))
    assert flag not in settings.flags
    assert any(flag in message and "not trusted" in message for message in messages)


@pytest.mark.parametrize("name", ["../outside", "/etc", "link", "inside/../../outside"])
@pytest.mark.parametrize("setting", ["include_dirs", "tests", "flags"])
def test_a_workspace_cannot_reach_outside(tmp_path: Path, setting: str, name: str) -> None:
    root = tmp_path / "root"
    (root / "inside").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (root / "link").symlink_to(tmp_path / "outside")
    text = f"-I{name}" if setting == "flags" else name
    (root / FILE_NAME).write_text(f'{setting} = ["{text}"]')
    settings, messages = load_settings(root)
    assert (settings.include_dirs, settings.tests) == ((), ())
    assert not any("outside" in flag for flag in settings.flags)
    assert len(messages) == 1
    assert "outside the workspace" in messages[0]


def test_a_missing_folder_of_the_workspace_is_said(workspace: Write) -> None:
    root = workspace('include_dirs = ["nowhere", "circle"]')
    (root / "circle").symlink_to(root / "circle")
    settings, messages = load_settings(root)
    assert settings.include_dirs == ()
    assert ["there is no such folder" in m or "cannot be found" in m for m in messages] == [True, True]


def test_a_missing_test_of_the_workspace_is_said(workspace: Write) -> None:
    root = workspace('tests = ["nowhere", "circle"]')
    (root / "circle").symlink_to(root / "circle")
    settings, messages = load_settings(root)
    assert settings.tests == ()
    assert ["does not exist" in message for message in messages] == [True, True]


def test_include_folders_start_from_the_workspace(workspace: Write) -> None:
    root = workspace('flags = ["-O2", "-I", "a", "-Ia/b"]\ninclude_dirs = ["a"]')
    (root / "a" / "b").mkdir(parents=True)
    settings, messages = load_settings(root, {"include_dirs": ["/opt/mine"]})
    assert messages == ()
    assert settings.flags == ("-O2", f"-I{root / 'a'}", f"-I{root / 'a' / 'b'}")
    assert settings.include_dirs == (Path("/opt/mine"), root / "a")
    own, _ = load_settings(root, {"flags": ["-I", "mine", "-isystem", "/opt/theirs"]})
    assert own.flags == (f"-I{root / 'mine'}", "-isystem", "/opt/theirs")


def test_a_workspace_cannot_lower_the_bar_nor_lift_the_limits(workspace: Write) -> None:
    root = workspace("min_speedup = 1.01\nlimits = {cpu_seconds = 100000, output_bytes = 1000}")
    settings, messages = load_settings(root)
    assert settings.min_speedup == MIN_SPEEDUP
    assert settings.limits.cpu_seconds == WORKSPACE_LIMITS.cpu_seconds
    assert settings.limits.output_bytes == 1000
    assert settings.limits.memory_bytes == RunLimits().memory_bytes
    assert len(messages) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("flags", 3),
        ("flags", "'unclosed"),
        ("standard", "c++20 -fplugin=x"),
        ("standard", "klingon"),
        ("optimization", 9),
        ("optimization", True),
        ("defines", "ONE"),
        ("include_dirs", "include"),
        ("include_dirs", ["a\0b"]),
        ("tests", [1]),
        ("link", "static-pie"),
        ("backend", "guess"),
        ("compiler", ""),
        ("top", 0),
        ("top", 2.5),
        ("top", True),
        ("min_speedup", 0.9),
        ("min_speedup", float("nan")),
        ("min_speedup", float("inf")),
        ("min_speedup", "fast"),
        ("limits", {"cpu_seconds": 0}),
        ("limits", {"cpu_seconds": "9"}),
        ("limits", {"lives": 9}),
        ("limits", 5),
        ("budget_seconds", 0),
        ("jobs", 65),
        ("allow_unsandboxed", "yes"),
        ("allow_unsandboxed", 1),
    ],
)
def test_a_value_that_cannot_be_costs_a_sentence(name: str, value: object) -> None:
    settings, messages = load_settings(None, {name: value, "model": "kept"})
    assert settings == replace(Settings(), model="kept")
    (message,) = messages
    assert message.startswith(f'Setting "{name}" must be ')


def test_an_unknown_setting_of_the_user_costs_a_sentence() -> None:
    settings, messages = load_settings(None, {"speed": "ludicrous"})
    assert settings == Settings()
    assert messages == ('Setting "speed" does not exist; it is ignored.',)


@pytest.mark.parametrize(
    "content",
    [b"standard = ", b"\xff\xfe", b"[" * 100_000, b"a = " + b"[" * 5000, b"#" * 2_000_000],
    ids=["syntax", "encoding", "brackets", "nesting", "size"],
)
def test_a_file_that_cannot_be_read_costs_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    settings, messages = load_settings(tmp_path)
    assert settings == Settings()
    (message,) = messages
    assert message.startswith(str(tmp_path / FILE_NAME))
    assert message.endswith("it is ignored.")


def test_a_pipe_in_place_of_the_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE_NAME)
    assert load_settings(tmp_path) == (Settings(), ())


@given(
    st.dictionaries(
        st.sampled_from([key.name for key in KEYS]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        ),
    )
)
@hypothesis_settings(max_examples=100, deadline=None)
def test_no_value_makes_it_fail(user: dict[str, object]) -> None:
    settings, _ = load_settings(None, user)
    assert isinstance(settings, Settings)


@pytest.mark.parametrize("marker", [FILE_NAME, "compile_commands.json"])
def test_the_workspace_is_the_nearest_folder_with_a_mark(tmp_path: Path, marker: str) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert find_workspace(inner / "new.cpp") == tmp_path
    (tmp_path / "a" / marker).touch()
    assert find_workspace(inner / "new.cpp") == tmp_path / "a"
    assert find_workspace(inner) == tmp_path / "a"


def test_settings_come_from_above_within_one_repository_only(tmp_path: Path) -> None:
    inner = tmp_path / "repository" / "inner"
    inner.mkdir(parents=True)
    (tmp_path / FILE_NAME).touch()
    assert settings_file(inner) is None
    (tmp_path / "repository" / ".git").mkdir()
    assert settings_file(inner) is None
    (tmp_path / "repository" / FILE_NAME).touch()
    assert settings_file(inner) == tmp_path / "repository" / FILE_NAME


def test_the_settings_nearest_to_the_file_hold(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / FILE_NAME).write_text('standard = "c++14"')
    (tmp_path / "inner" / FILE_NAME).write_text('standard = "c++20"')
    near, _ = load_settings(tmp_path, source=tmp_path / "inner" / "a.cpp")
    far, _ = load_settings(tmp_path, source=tmp_path / "a.cpp")
    assert (near.flags[-1], far.flags[-1]) == ("-std=c++20", "-std=c++14")
