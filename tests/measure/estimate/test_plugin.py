import os
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pie_lsp.measure.estimate import plugin
from pie_lsp.measure.estimate.plugin import Emulator, find_qemu, prepare_emulator
from pie_lsp.values.errors import MeasurementError, MissingToolError
from pie_lsp.values.toolchain import Binary

SOURCES = Path(plugin.__file__).parent


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PIE_LSP_CACHE_DIR", str(folder))
    return folder


def tools(folder: Path, *names: str) -> str:
    """A PATH on which only these programs are found."""
    folder.mkdir()
    for name in names:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return str(folder)


def count(emulator: Emulator, program: Path, output: Path) -> str:
    subprocess.run(
        [emulator.qemu, "-plugin", f"file={emulator.plugin},out={output}", program],
        env={},
        input=b"fetches 1000",
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return output.read_text()


def test_it_is_compiled_once_and_kept_in_a_private_folder(
    emulator: Emulator, empty_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = prepare_emulator()
    assert stat.S_IMODE(made.plugin.parent.stat().st_mode) == 0o700
    assert made.plugin.is_relative_to(empty_cache)
    assert [path.name for path in made.plugin.parent.iterdir()] == [made.plugin.name]
    first = made.plugin.stat()
    # The second time no compiler is needed, so none is started.
    monkeypatch.setenv("PATH", tools(tmp_path / "bin", "qemu-x86_64"))
    again = prepare_emulator()
    assert (again, again.plugin.stat().st_ino) == (made, first.st_ino)


def test_a_changed_source_is_compiled_again(
    emulator: Emulator, empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = prepare_emulator()
    monkeypatch.setattr(plugin, "plugin_digest", lambda: "0" * 64)
    assert prepare_emulator().plugin != made.plugin


def test_processes_that_compile_at_once_do_not_disturb_each_other(
    emulator: Emulator, empty_cache: Path
) -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: prepare_emulator(), range(2))
    assert first == second
    assert first.plugin.is_file()


@pytest.mark.parametrize("language", ["c", "c++"])
def test_it_compiles_without_a_warning_as_c_and_as_c_plus_plus_and_counts_alike(
    language: str, emulator: Emulator, kernels: Binary, tmp_path: Path
) -> None:
    compiler = shutil.which("g++")
    assert compiler is not None
    made = tmp_path / "counters.so"
    warnings = ("-Wall", "-Wextra", "-Werror")
    subprocess.run(
        [compiler, "-x", language, *warnings, "-O1", "-fPIC", "-shared", SOURCES / "plugin.c", "-o", made],
        check=True,
    )
    other = Emulator(emulator.qemu, emulator.version, made)
    expected = count(emulator, kernels.path, tmp_path / "a")
    assert count(other, kernels.path, tmp_path / "b") == expected


def test_every_source_of_the_plug_in_is_part_of_its_digest() -> None:
    assert {path.name for path in SOURCES.glob("*.[ch]")} == set(plugin._SOURCES)


def test_a_missing_emulator_is_said_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match="sudo apt install qemu-user"):
        find_qemu()


def test_an_emulator_without_plug_ins_is_said_with_the_way_to_get_one(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plain = tmp_path / "qemu-x86_64"
    plain.write_text("#!/bin/sh\necho 'qemu-x86_64 version 8.2.2 (Debian 1:8.2.2+ds-0ubuntu1)'\n")
    plain.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    with pytest.raises(MissingToolError, match=r"without plug-ins.*setup\.sh qemu"):
        prepare_emulator()


def test_a_missing_compiler_is_said_with_the_way_to_get_it(
    emulator: Emulator, empty_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", tools(tmp_path / "bin", "qemu-x86_64"))
    with pytest.raises(MissingToolError, match=r"sudo apt install g\+\+"):
        prepare_emulator()


def test_a_compiler_that_refuses_is_quoted(
    emulator: Emulator, empty_cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tools(tmp_path / "bin", "qemu-x86_64")
    broken = tmp_path / "bin" / "cc"
    broken.write_text("#!/bin/sh\necho 'out of luck' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", path + os.pathsep + "/bin")
    with pytest.raises(MeasurementError, match="out of luck"):
        prepare_emulator()


def test_an_emulator_of_another_interface_is_refused_when_it_loads(
    emulator: Emulator, tmp_path: Path
) -> None:
    """The same sources for an interface that this QEMU does not have."""
    folder = tmp_path / "sources"
    folder.mkdir()
    for source in SOURCES.glob("*.[ch]"):
        text = source.read_text().replace("#define PIE_QEMU_API 1", "#define PIE_QEMU_API 99")
        # QEMU itself compares this number, so our own check is reached only with one that it accepts.
        text = text.replace("qemu_plugin_version = PIE_QEMU_API", "qemu_plugin_version = 1")
        (folder / source.name).write_text(text)
    made = tmp_path / "counters.so"
    subprocess.run(["g++", "-fPIC", "-shared", folder / "plugin.c", "-o", made], check=True)
    run = subprocess.run(
        [emulator.qemu, "-plugin", f"file={made},out={tmp_path / 'out'}", "/bin/true"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "interface 99 is needed" in run.stderr
