from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.research.program import read_bounded, read_program
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings

from .conftest import Project
from .test_recipe import RECIPE

SOURCE = '#include <cstdio>\n#include "deep/x.h"\nint main() { return X; }\n'


def written(project: Project, header: str = "#define X 0\n") -> Path:
    project.write("deep/x.h", header)
    return project.write("a.cpp", SOURCE)


def test_the_same_content_elsewhere_is_the_same_program(
    project: Project, another: Callable[[], Project]
) -> None:
    here = read_program(written(project), Settings(), RECIPE)
    there = read_program(written(another()), Settings(), RECIPE)
    assert here.digest == there.digest
    assert here.unit.folder != there.unit.folder
    renamed = project.write("b.cpp", SOURCE)
    assert read_program(renamed, Settings(), RECIPE).digest == here.digest


def test_a_header_is_part_of_the_program(project: Project, another: Callable[[], Project]) -> None:
    before = read_program(written(project), Settings(), RECIPE)
    after = read_program(written(another(), "#define X 1\n"), Settings(), RECIPE)
    assert before.digest != after.digest


def test_headers_in_folders_of_the_flags(project: Project, another: Callable[[], Project]) -> None:
    digests = []
    for place in (project, another()):
        place.write("include/y.h", "#define X 0\n")
        path = place.write("code/a.cpp", "#include <y.h>\nint main() { return X; }\n")
        settings = Settings(flags=(f"-I{place.folder / 'include'}",))
        digests.append(read_program(path, settings, RECIPE).digest)
    assert digests[0] == digests[1]
    place.write("include/y.h", "#define X 1\n")
    assert read_program(path, settings, RECIPE).digest != digests[1]


def test_programs_with_the_same_headers_of_the_system_share_their_floor(project: Project) -> None:
    one = read_program(project.write("1.cpp", "#include <cstdio>\nint main() {}\n"), Settings(), RECIPE)
    two = read_program(
        project.write("2.cpp", "#include <cstdio>\nint x; int main() {}\n"), Settings(), RECIPE
    )
    other = read_program(project.write("3.cpp", "#include <vector>\nint main() {}\n"), Settings(), RECIPE)
    assert one.floor == two.floor != other.floor
    assert one.digest != two.digest
    assert read_program(written(project), Settings(), RECIPE).floor is None


def test_what_cannot_be_read(project: Project) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_bounded(project.folder / "nothing", 10)
    path = project.write("x", "12345678901")
    assert read_bounded(path, 11) == b"12345678901"
    with pytest.raises(InputError, match="is larger than"):
        read_bounded(path, 10)
