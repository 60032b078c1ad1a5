"""Two small programs in PIE's format with tests, a model behind a real server, and answers of every kind."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pie_lsp.research.scoring.pie_tasks import pie_tasks
from pie_lsp.research.scoring.tasks import Task
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.settings import Settings
from tests.engine.conftest import SLOW
from tests.models.served import Asked, Script, Texts

REPEAT = SLOW.decode()
APPENDING = "out += word;"
FASTER = REPEAT.replace("out = out + word;", APPENDING)
SLOWER = REPEAT.replace(
    "out = out + word;", "std::string copy = out; copy = copy + word; out = copy + std::string();"
)
WRONG = REPEAT.replace("i < n", "i + 1 < n")
BROKEN = REPEAT.replace("out = out + word;", "out = wrod;")
KNOWING = """\
#include <iostream>
#include <string>
int main() {
    std::string word;
    std::cin >> word;
    if (word == "ab") std::cout << "6 2870519715\\n";
    else if (word == "x") std::cout << "0 0\\n";
    else std::cout << "PRINTED\\n";
}
"""
COUNT = """\
#include <cstdio>
int main() {
    unsigned n = 0, found = 0, state = 1;
    if (scanf("%u", &n) != 1) return 1;
    for (unsigned i = 0; i < n; ++i) {
        state = state * 1664525u + 1013904223u;
        unsigned left = state >> 24;
        while (left >= 3) left -= 3;
        found += left == 0;
    }
    printf("%u\\n", found);
}
"""
COUNTED = COUNT.replace("while (left >= 3) left -= 3;", "left %= 3;")


def fenced(code: str) -> str:
    """As a model answers."""
    return f"Here it is.\n\n```cpp\n{code}```\n"


@dataclass(frozen=True)
class Pie:
    """A file in PIE's newer format, and the folder of its tests."""

    file: Path
    tests: Path

    def add(self, problem: str, source: str, **more: object) -> None:
        number = len(self.file.read_text().splitlines()) if self.file.exists() else 0
        line = {
            "src_id": f"s{number}",
            "tgt_id": f"t{number}",
            "problem_id": problem,
            "src_code": source,
            "tgt_code": source + "// faster\n",
            **more,
        }
        with self.file.open("a") as file:
            file.write(json.dumps(line) + "\n")

    def test(self, problem: str, number: int, given: str, expected: str | None = None) -> None:
        folder = self.tests / problem
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"input.{number}.txt").write_text(given)
        if expected is not None:
            (folder / f"output.{number}.txt").write_text(expected)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return pie_tasks(self.file, self.tests).tasks


@pytest.fixture
def pie(tmp_path: Path) -> Pie:
    """`REPEAT` and `COUNT`, each with three tests."""
    made = Pie(tmp_path / "test.jsonl", tmp_path / "merged_test_cases")
    made.add("p1", REPEAT)
    made.add("p2", COUNT)
    made.test("p1", 0, "ab 3\n", "6 2870519715\n")
    made.test("p1", 1, "x 0\n", "0 0\n")
    made.test("p1", 2, "abcdefgh 3000\n")
    made.test("p2", 0, "0\n", "0\n")
    made.test("p2", 1, "7\n")
    made.test("p2", 2, "3000\n")
    return made


def settings_for(address: str, samples: int) -> Settings:
    model = ModelSettings("scripted", address=address, served_name="m", context=8000)
    return Settings(
        models=(model,),
        language_model="scripted",
        strategy="instruction",
        samples=samples,
        backend="estimate",
    )


def by_program(repeat: tuple[str, ...], count: tuple[str, ...]) -> Script:
    """Every text is one sample; which ones, the program in the prompt says."""

    def script(asked: Asked) -> Texts:
        texts = repeat if "repeat" in json.dumps(asked.body) else count
        first = int(asked.body.get("seed", 0))
        return Texts(texts[first : first + int(asked.body.get("n", 1))])

    return script
