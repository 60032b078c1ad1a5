from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.corpus.costs import COSTS, Costs, digests_of_sources, read_costs, write_costs
from pie_lsp.corpus.loader import problems
from pie_lsp.corpus.metadata import read_problem
from pie_lsp.values.errors import CorpusError


def test_what_is_written_is_read(folder: Path) -> None:
    problem = read_problem(folder)
    costs = Costs(
        "machine/1",
        'g++ ("12"), -O3'.replace('"', "'"),
        digests_of_sources(problem),
        (60, 50, 40, 30, 20, 10),
    )
    write_costs(folder, costs)
    assert read_costs(problem) == costs
    assert costs.speedup(0, 5) == 6.0
    assert costs.speedup(5, 4) == 0.5


def test_every_version_of_a_packaged_problem_has_one(folder: Path) -> None:
    problem = read_problem(folder)
    costs = read_costs(problem)
    assert len(costs.cycles) == len(problem.versions)
    assert costs.model.startswith("skylake-verbatim/")
    assert "-O3" in costs.compiler


def test_costs_of_other_programs_are_refused(folder: Path) -> None:
    problem = read_problem(folder)
    versions = (replace(problem.versions[0], source=b"int main() {}\n"), *problem.versions[1:])
    with pytest.raises(CorpusError, match=r"gcd_pairs: costs\.toml is of other programs .*--write"):
        read_costs(replace(problem, versions=versions))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("model =", "machine =", "has to hold"),
        ('model = "', 'model = 3 # "', "has to hold"),
        ("cycles = [", "cycles = [1, ", "has to hold"),
        ("cycles = [\n", "cycles = [\n  -1,\n] # [", "has to hold|is not a TOML"),
        ("sources = [", "sources = [[", "is not a TOML file"),
        ("sources = [\n", "sources = [ 1,\n", "has to hold"),
    ],
)
def test_what_is_wrong_is_told(folder: Path, old: str, new: str, sentence: str) -> None:
    path = folder / COSTS
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CorpusError, match=sentence):
        read_costs(read_problem(folder))


def test_without_a_file_it_is_told_how_to_get_one(folder: Path) -> None:
    (folder / COSTS).unlink()
    with pytest.raises(CorpusError, match=r"costs\.toml cannot be read \(No such file.*corpus check --write"):
        read_costs(read_problem(folder))


def test_all_costs_are_by_one_model() -> None:
    assert len({(read_costs(it).model, read_costs(it).compiler) for it in problems()}) == 1
