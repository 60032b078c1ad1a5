import json
from pathlib import Path

from .conftest import Run


def test_the_shares_as_json_and_for_people(pie_lsp: Run, project: Path) -> None:
    done = pie_lsp("profile", project, "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["schema"], document["unit"], document["backend"]) == (1, "cycles", "estimate")
    assert document["inputs"] == ["large", "small"]
    slow, main = document["functions"]
    assert (slow["name"], slow["line"], main["name"]) == ("repeat", 4, "main")
    assert slow["share"] > 0.7 > main["share"] > 0
    assert slow["cost"] == slow["self_cost"] + sum(part["cost"] for part in slow["called"])
    assert slow["cost"] + main["cost"] + document["rest"] == document["attributed_cost"]
    assert slow["share"] == slow["cost"] / document["attributed_cost"]
    assert slow["out_of_line"] and "memcpy" in {part["name"] for part in slow["called"]}
    said = pie_lsp("profile", project).stdout.decode()
    assert f"{slow['cost']:,}" in said and "repeat@4" in said and "in memcpy" in said
    assert f"{document['cost']:,} cycles in sum" in said
    assert f"{document['attributed_cost']:,} cycles, " in said
    measured = json.loads(pie_lsp("measure", project, "--json").stdout)
    assert (measured["cost"], measured["floor"]) == (document["cost"], document["floor"])


def test_named_inputs(pie_lsp: Run, project: Path) -> None:
    given = project.with_suffix(".tests") / "small.in"
    done = pie_lsp("profile", project, "--json", "--input", given)
    assert json.loads(done.stdout)["inputs"] == ["small.in"]
    said = pie_lsp("profile", project, "--input", given).stdout.decode()
    assert "starting up once: " in said


def test_a_clock_cannot_tell(pie_lsp: Run, project: Path) -> None:
    done = pie_lsp("profile", project, "--backend", "native")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"need --backend estimate." in done.stderr


def test_what_never_ran_and_what_was_not_told_apart_are_named(pie_lsp: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.cpp"
    path.write_text(
        "int idle(int n) { return n; }\n"
        "inline __attribute__((always_inline)) int folded(int n) { return n + 1; }\n"
        "int main(int n, char **) { return n > 1 ? idle(n) : folded(n); }\n"
    )
    said = pie_lsp("profile", path).stdout.decode()
    assert "not run: idle@1\n" in said
    assert "inlined all the same and so part of their callers: folded@2\n" in said
    assert "on empty input: " in said
