import json
from pathlib import Path

from .conftest import Run


def test_the_figures_as_json_and_for_people(pie_lsp: Run, project: Path) -> None:
    tests = project.with_suffix(".tests")
    words = ("measure", project, "--input", tests / "large.in", "--input", tests / "small.in")
    done = pie_lsp(*words, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [it["name"] for it in document["per_input"]] == ["large.in", "small.in"]
    costs = [it["cost"] for it in document["per_input"]]
    assert document["cost"] == sum(costs)
    assert costs[0] > 10 * costs[1] > 10 * document["floor"] > 0
    assert (document["schema"], document["unit"], document["backend"]) == (1, "cycles", "estimate")
    assert document["model"].startswith("skylake-verbatim/")
    assert {"repeat"} <= {
        part["name"].partition("(")[0] for it in document["per_input"] for part in it["functions"]
    }
    said = pie_lsp(*words).stdout.decode()
    assert f"{costs[0]:,}  large.in\n" in said
    assert f"{sum(costs):,}  cycles in sum\n" in said


def test_the_other_machine(pie_lsp: Run, project: Path) -> None:
    done = pie_lsp("measure", project, "--json", "--model", "skylake-pie")
    assert json.loads(done.stdout)["model"].startswith("skylake-pie/")
