"""Tiny real programs with inputs, and a manifest of them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pie_lsp.research.campaign import LabelReport, LabelRequest, label_manifest
from pie_lsp.research.manifest import read_manifest
from pie_lsp.research.plan import PlannedProgram, make_plan
from pie_lsp.research.pool import OpenPool
from pie_lsp.values.settings import RunLimits, Settings

LOOP = """\
#include <cstdio>
int main() {
    int n = 0;
    if (std::scanf("%%d", &n) != 1) return 3;
    long sum = 0;
    for (int i = 0; i < n; ++i) sum += i * i %% %d;
    std::printf("%%ld\\n", sum);
}
"""
"""A program for each divisor; the larger its input, the more it costs."""


@dataclass(frozen=True)
class Project:
    """A folder with a manifest; `programs` writes the usual one of several programs with all inputs."""

    folder: Path

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.jsonl"

    @property
    def table(self) -> Path:
        return self.folder / "table.jsonl"

    @property
    def rows(self) -> Path:
        return self.folder / "table.jsonl.rows"

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def lines(self, *lines: object) -> None:
        self.manifest.write_text("".join(json.dumps(line) + "\n" for line in lines))

    def programs(self, count: int, inputs: int) -> None:
        names = [f"{number}.in" for number in range(1, inputs + 1)]
        for number, name in enumerate(names, start=1):
            self.write(name, f"{1000 * number}\n")
        for number in range(count):
            self.write(f"p{number}.cpp", LOOP % (7 + number))
        self.lines(*({"program": f"p{number}.cpp", "inputs": names} for number in range(count)))

    def plan(self, settings: Settings | None = None) -> tuple[PlannedProgram, ...]:
        return make_plan(read_manifest(self.manifest, settings or Settings()), lambda event: None)

    def label(self, pool: OpenPool, *, chunk: int = 2, settings: Settings | None = None) -> LabelReport:
        request = LabelRequest(self.manifest, self.table, settings or Settings(), chunk)
        return label_manifest(request, pool, lambda event: None)

    def made(self) -> list[str]:
        """The keys of all rows that any worker wrote, in no order; one that was made twice stands twice."""
        return [
            json.loads(line)["row"]["key"]
            for path in self.rows.glob("??/*.jsonl")
            for line in path.read_bytes().splitlines()
        ]

    def labels(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.table.read_text().splitlines()]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty folder for a manifest."""
    return Project(tmp_path)


@pytest.fixture
def another(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Project]:
    """Makes empty folders elsewhere."""
    return lambda: Project(tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture
def quick() -> Settings:
    """Limits that a hanging program meets soon."""
    return Settings(limits=RunLimits(cpu_seconds=1, output_bytes=1 << 20))
