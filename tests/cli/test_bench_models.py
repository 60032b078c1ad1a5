"""``pie-lsp bench models`` as a person runs it: a table, a document, and no work lost when it is killed."""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.models.served import Asked, Served, Texts, serving
from tests.research.scoring.conftest import COUNT, COUNTED, FASTER, REPEAT, WRONG, Pie, fenced

SCRIPT = str(Path(sys.executable).parent / "pie-lsp")
ANSWERS = {"repeat": (WRONG, FASTER, "int x;"), "found": (COUNTED, COUNT, "")}


def script(asked: Asked) -> Texts:
    texts = ANSWERS["repeat" if "repeat" in json.dumps(asked.body) else "found"]
    first, count = int(asked.body["seed"]), int(asked.body.get("n", 1))
    return Texts(tuple(fenced(text) for text in texts[first : first + count]))


@pytest.fixture
def pie(tmp_path: Path) -> Pie:
    made = Pie(tmp_path / "test.jsonl", tmp_path / "tests")
    made.add("p1", REPEAT)
    made.add("p2", COUNT)
    for number, given in enumerate(("ab 3\n", "x 0\n", "abcdefgh 3000\n")):
        made.test("p1", number, given)
    for number, given in enumerate(("0\n", "7\n", "3000\n")):
        made.test("p2", number, given)
    return made


def environment(folder: Path, served: Served) -> dict[str, str]:
    """Settings of a user with one language model."""
    settings = folder / "settings.toml"
    settings.write_text(f'[models.scripted]\naddress = "{served.address}"\nmodel = "m"\ncontext = 8000\n')
    return {**os.environ, "PIE_LSP_SETTINGS": str(settings)}


async def started(pie: Pie, out: Path, served: Served, *more: str) -> asyncio.subprocess.Process:
    words = ["bench", "models", "--language-model", "scripted", "--strategy", "instruction", "--samples", "3"]
    words += [
        "--backend",
        "estimate",
        "--pie",
        str(pie.file),
        "--pie-tests",
        str(pie.tests),
        "--out",
        str(out),
    ]
    home = await asyncio.to_thread(environment, pie.file.parent, served)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        SCRIPT, *words, *more, env=home, stdout=pipe, stderr=pipe, stdin=asyncio.subprocess.DEVNULL
    )


def kept(out: Path) -> dict[str, bytes]:
    """Everything that a run leaves, but for the lock."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


async def test_the_document_holds_the_figures_and_what_they_rest_on(pie: Pie, tmp_path: Path) -> None:
    async with serving(script) as served:
        run = await started(pie, tmp_path / "out", served, "--json")
        printed, said = await run.communicate()
    assert run.returncode == 0, said.decode()
    document: dict[str, Any] = json.loads(printed)
    assert [(it["k"], it["pct_opt"], it["pct_correct"]) for it in document["at_k"]] == [
        (1, 50.0, 50.0),
        (2, 100.0, 100.0),
        (3, 100.0, 100.0),
    ]
    assert document["at_k"][1]["speedup"] > document["at_k"][0]["speedup"] > 1.0
    assert document["model"]["strategy"] == "instruction" and document["model"]["samples"] == 3
    assert document["machine"]["backend"] == "estimate"
    assert document["machine"]["model"].startswith("skylake-verbatim/")
    assert document["stages"] == {"offered": 2, "prepare": 3, "tests": 1}
    assert document["per_program"][0]["correct"] == [False, True, False]
    assert json.loads((tmp_path / "out" / "scores.json").read_text()) == document
    lines = [json.loads(line) for line in (tmp_path / "out" / "samples.jsonl").read_text().splitlines()]
    assert [(one["program"], one["sample"], one["seed"]) for one in lines] == [
        (f"test.jsonl:{line}", number, number) for line in (1, 2) for number in (0, 1, 2)
    ]


async def test_a_run_that_was_killed_goes_on_and_ends_with_the_same_bytes(pie: Pie, tmp_path: Path) -> None:
    async with serving(script) as served:
        whole = await started(pie, tmp_path / "whole", served)
        printed, said = await whole.communicate()
        assert whole.returncode == 0, said.decode()
        asked = len(served.asked)

        killed = await started(pie, tmp_path / "killed", served)
        assert killed.stderr is not None
        while b"sample" not in await killed.stderr.readline():
            pass
        os.kill(killed.pid, signal.SIGKILL)
        await killed.wait()
        before = kept(tmp_path / "killed")
        assert before and "samples.jsonl" not in before

        again = await started(pie, tmp_path / "killed", served)
        printed_again, _ = await again.communicate()
        assert again.returncode == 0
        assert len(served.asked) == 2 * asked, "nothing was asked twice"
    assert printed_again == printed
    assert kept(tmp_path / "killed") == kept(tmp_path / "whole")
    assert before.items() <= kept(tmp_path / "killed").items()


async def test_what_does_not_go_together_is_one_sentence(pie: Pie, tmp_path: Path) -> None:
    async with serving(script) as served:
        for words, reason in (
            (("--split", "train"), b"--split is about the corpus"),
            (("--problem", "p9"), b"no program of the problem p9"),
            (("--backend", "native"), b"not scored by a clock"),
        ):
            run = await started(pie, tmp_path / "out", served, *words)
            _, said = await run.communicate()
            assert run.returncode == 2 and reason in said and said.count(b"\n") <= 2, said
        assert served.asked == []
