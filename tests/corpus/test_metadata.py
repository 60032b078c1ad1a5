from pathlib import Path

import pytest

from pie_lsp.corpus.metadata import METADATA, read_problem
from pie_lsp.corpus.problem import Form, Kind, Split, Version
from pie_lsp.values.errors import CorpusError


def test_everything_is_read(folder: Path) -> None:
    problem = read_problem(folder)
    assert (problem.name, problem.title) == ("gcd_pairs", "Common divisors of pairs")
    assert (problem.family, problem.split, problem.folder) == ("division", Split.TRAIN, folder)
    assert (problem.form, problem.function, problem.calibration) == (Form.PROGRAM, "", True)
    assert problem.statement.startswith("The first line has n")
    assert problem.statement.endswith("multiple.")
    assert problem.sizes == (85, 150, 260, 420, 700, 1100, 1600, 2400, 3200, 4000)
    assert len(problem.versions) == 6
    assert problem.versions[0] == Version("v1.cpp", (folder / "v1.cpp").read_bytes())
    for version in problem.versions[1:]:
        assert version.source == (folder / version.file).read_bytes()
        assert isinstance(version.kind, Kind)
        assert version.edit


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("title =", "titel =", "has the unknown key 'titel'"),
        ('family = "division"\n', "", "has no 'family'"),
        ('title = "Common divisors of pairs"', "title = 3", '"title" has to be a text'),
        ('title = "Common divisors of pairs"', 'title = " "', '"title" has to be a text'),
        ('"division"', '"hard division"', '"family" is one word in lower case'),
        ('"train"', '"training"', "'training' is no \"split\"; choose one of train, validation, test"),
        ('form = "program"\n', "", "has no 'form'"),
        ('"program"', '"routine"', "'routine' is no \"form\"; choose one of program, function"),
        ('"program"', '"function"', 'has a "function" exactly where its "form" is "function"'),
        ('"program"', '"program"\nfunction = "gcd"', 'has a "function" exactly where'),
        ('"program"', '"function"\nfunction = "no_such"', r"v1\.cpp has no function 'no_such'"),
        ('"program"', '"function"\nfunction = ""', '"function" has to be a text'),
        ('"program"', '"program"\ncalibration = 1', '"calibration" has to be true or false'),
        (", 4000]", "]", '"sizes" has to be 10 positive integers'),
        (", 4000]", ", 3200]", '"sizes" has to be 10 positive integers'),
        (", 4000]", ", 4000.0]", '"sizes" has to be 10 positive integers'),
        ("[85, ", "[true, ", '"sizes" has to be 10 positive integers'),
        ("[85, ", "[0, ", '"sizes" has to be 10 positive integers'),
        ("sizes = [", "sizes = 3\n# [", '"sizes" has to be 10 positive integers'),
        ("sizes = [", "sizes = [[", "is not a TOML file"),
        ('file = "v2.cpp"\n', "", r"\[\[version\]\] 2 has no 'file'"),
        ('"v2.cpp"', '"v3.cpp"', r'"file" of \[\[version\]\] 2 has to be "v2.cpp"'),
        ('file = "v2.cpp"', 'file = "v2.cpp"\nspeed = 2', "has the unknown key 'speed'"),
        ('file = "v1.cpp"', 'file = "v1.cpp"\nkind = "cosmetic"\nedit = "E."', "version.. 1 has the unknown"),
        ('kind = "cosmetic"\n', "", "has no 'kind'"),
        ('kind = "cosmetic"\n', 'kind = "cosmetics"\n', "'cosmetics' is no \"kind\"; choose one of algo"),
        ('kind = "cosmetic"\n', "kind = 1\n", '"kind" has to be a text'),
    ],
)
def test_what_is_wrong_is_told(folder: Path, old: str, new: str, sentence: str) -> None:
    path = folder / METADATA
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CorpusError, match=sentence) as raised:
        read_problem(folder)
    assert str(raised.value).startswith("gcd_pairs: ")
    assert str(raised.value).endswith(".")


def test_a_problem_may_be_about_a_function_and_be_left_out_of_the_fit(folder: Path) -> None:
    path = folder / METADATA
    more = 'form = "function"\nfunction = "main"\ncalibration = false'
    path.write_text(path.read_text().replace('form = "program"', more))
    problem = read_problem(folder)
    assert (problem.form, problem.function, problem.calibration) == (Form.FUNCTION, "main", False)


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_there_are_three_to_six_versions(folder: Path, count: int) -> None:
    path = folder / METADATA
    head, first, *later = path.read_text().split("[[version]]")
    path.write_text("[[version]]".join([head, *[first, *later, later[-1]][:count]]))
    if count == 0:
        sentence = "has no 'version'"
    else:
        sentence = f"a problem has 3 to 6 tables .*, and problem.toml holds {count}"
    with pytest.raises(CorpusError, match=sentence):
        read_problem(folder)


def test_every_program_is_there_and_listed(folder: Path) -> None:
    (folder / "v7.cpp").write_text("int main() {}\n")
    with pytest.raises(CorpusError, match=r"v7\.cpp is no version"):
        read_problem(folder)
    (folder / "v7.cpp").rename(folder / "v4.cpp")
    read_problem(folder)
    (folder / "v4.cpp").unlink()
    with pytest.raises(CorpusError, match=r"v4\.cpp cannot be read \(No such file"):
        read_problem(folder)


@pytest.mark.parametrize("name", ["gcd-pairs", "Gcd", "2gcd"])
def test_the_folder_has_the_name_of_a_module(folder: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="named by a Python identifier in lower case"):
        read_problem(folder.rename(folder.parent / name))


def test_a_folder_without_metadata_is_told(folder: Path) -> None:
    (folder / METADATA).unlink()
    with pytest.raises(CorpusError, match=r"problem\.toml cannot be read \(No such file"):
        read_problem(folder)
    (folder / METADATA).write_bytes(b"title = '\xff'")
    with pytest.raises(CorpusError, match="is not a TOML file"):
        read_problem(folder)
