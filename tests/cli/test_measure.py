import json
from pathlib import Path

from pie_lsp.measure.estimate.formula import machine_named

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
    assert document["expected_error"] == machine_named("skylake-verbatim").expected_error
    assert {"repeat"} <= {
        part["name"].partition("(")[0] for it in document["per_input"] for part in it["functions"]
    }
    said = pie_lsp(*words).stdout.decode()
    assert f"{costs[0]:,}  large.in\n" in said
    assert f"{sum(costs):,}  cycles in sum\n" in said


def test_the_other_machine(pie_lsp: Run, project: Path) -> None:
    done = pie_lsp("measure", project, "--json", "--model", "skylake-pie")
    assert json.loads(done.stdout)["model"].startswith("skylake-pie/")


def test_only_gem5_tells_what_one_function_takes(pie_lsp: Run, project: Path) -> None:
    done = pie_lsp("measure", project, "--function", "repeat")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Only gem5 can tell what one function takes; add --backend gem5" in done.stderr


def test_the_document_has_a_place_for_a_function(pie_lsp: Run, project: Path) -> None:
    done = pie_lsp("measure", project, "--json")
    assert json.loads(done.stdout)["function"] is None


def test_what_one_function_takes(pie_lsp: Run, project: Path, tmp_path: Path, real_gem5: Path) -> None:
    (tmp_path / "program.cpp").write_text(
        "#include <cstdio>\n"
        "template <class T> T work(T n) { T s = 0; for (T i = 0; i < n; i++) s += i * i % 7; return s; }\n"
        'int main() { int n = 0; std::scanf("%d", &n); std::printf("%d\\n", work(n) + work(n)); }\n'
    )
    (tmp_path / "in").write_text("3000\n")
    words = (
        "measure",
        tmp_path / "program.cpp",
        "--input",
        tmp_path / "in",
        "--backend",
        "gem5",
        "--gem5",
        real_gem5,
    )
    document = json.loads(pie_lsp(*words, "--function", "work", "--json").stdout)
    function = document["function"]
    assert (function["name"], function["per_input"][0]["entries"]) == ("work@2", 2)
    assert 0 < function["cost"] < function["whole"]
    assert function["share"] == function["cost"] / function["whole"]
    assert function["most_speedup"] == 1 / (1 - function["share"])
    assert document["cost"] != function["whole"]


def test_an_empty_input_is_told(pie_lsp: Run, tmp_path: Path) -> None:
    (tmp_path / "program.cpp").write_text("int main() {}\n")
    done = pie_lsp("measure", "program.cpp", cwd=tmp_path)
    assert (
        "\nnote: There is no test and no --input, so the program read an empty input" in done.stdout.decode()
    )
    (note,) = json.loads(pie_lsp("measure", "program.cpp", "--json", cwd=tmp_path).stdout)["notes"]
    assert "empty input" in note
