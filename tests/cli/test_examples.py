import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pie_lsp.examples

from .conftest import Run

BUNDLED = Path(pie_lsp.examples.__file__).parent
DATA = ("*.py", "*.c", "*.h", "*.cpp", "*.toml", "*.in", "*.out", "py.typed")


def test_every_bundled_program_is_listed(pie_lsp: Run) -> None:
    listed = pie_lsp("examples", "list").stdout.decode()
    programs = sorted(path.stem for path in BUNDLED.glob("*.cpp"))
    assert len(programs) >= 6
    assert [name for name in programs if f"\n{name} " not in f"\n{listed}"] == []


def test_an_example_is_copied_with_its_tests_twice_over(pie_lsp: Run, tmp_path: Path) -> None:
    for _ in range(2):
        done = pie_lsp("examples", "copy", "queens", "here", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, b"here/queens.cpp\n")
    copied = {path.relative_to(tmp_path / "here"): path for path in (tmp_path / "here").rglob("*.*")}
    assert len([path for path in copied.values() if path.suffix == ".in"]) >= 5
    for name, path in copied.items():
        if path.is_file():
            assert path.read_bytes() == (BUNDLED / name).read_bytes()


def test_a_file_of_the_user_is_not_overwritten(pie_lsp: Run, tmp_path: Path) -> None:
    (tmp_path / "queens.cpp").write_text("mine")
    done = pie_lsp("examples", "copy", "queens", cwd=tmp_path)
    assert done.returncode == 2
    assert b"queens.cpp is there with other content" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["queens.cpp"]
    assert (tmp_path / "queens.cpp").read_text() == "mine"


def test_they_and_all_data_files_are_in_the_wheel(tmp_path: Path) -> None:
    root = BUNDLED.parent.parent
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    wanted = [path.relative_to(root) for kind in DATA for path in (root / "pie_lsp").rglob(kind)]
    assert len(wanted) > 100
    assert [name for name in wanted if not (installed / name).exists()] == []
    done = subprocess.run(
        [sys.executable, "-P", "-m", "pie_lsp", "examples", "copy", "queens"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
    )
    assert done.stdout == b"queens.cpp\n"
    assert (tmp_path / "queens.tests" / "large.in").is_file()
