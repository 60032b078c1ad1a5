"""A small real project: a program with a slow function, and its tests beside it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
from pie_lsp.values.settings import Settings

SLOW = b"""\
#include <iostream>
#include <string>

// Joins the letters of a word n times over.
static std::string repeat(const std::string &word, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) {
        out = out + word;
    }
    return out;
}

int main() {
    std::string word;
    int n = 0;
    std::cin >> word >> n;
    std::string all = repeat(word, n);
    unsigned sum = 0;
    for (char c : all) sum = sum * 31 + (unsigned char)c;
    std::cout << all.size() << ' ' << sum << '\\n';
    return 0;
}
"""


@dataclass(frozen=True)
class Project:
    """A source file and the folder of its tests."""

    path: Path

    @property
    def tests(self) -> Path:
        return self.path.parent / f"{self.path.stem}.tests"

    def add_test(self, name: str, given: bytes, expected: bytes | None = None) -> None:
        self.tests.mkdir(exist_ok=True)
        (self.tests / f"{name}.in").write_bytes(given)
        if expected is not None:
            (self.tests / f"{name}.out").write_bytes(expected)

    def request(self, name: str | None = None, settings: Settings | None = None) -> OptimizeRequest:
        selector = FunctionSelector(name) if name else None
        return OptimizeRequest(self.path, self.path.read_bytes(), selector, settings or Settings())


@pytest.fixture
def empty_project(tmp_path: Path) -> Project:
    """`SLOW` without any test."""
    path = tmp_path / "repeat.cpp"
    path.write_bytes(SLOW)
    return Project(path)


@pytest.fixture
def project(empty_project: Project) -> Project:
    """`SLOW` with three inputs, one of them large enough to measure on."""
    empty_project.add_test("1", b"ab 3\n", b"6 2870519715\n")
    empty_project.add_test("2", b"x 0\n", b"0 0\n")
    empty_project.add_test("big", b"abcdefgh 3000\n")
    return empty_project


@pytest.fixture
def plain(tmp_path: Path) -> Project:
    """A function in which no rule sees anything, so that a job without a candidate compiles nothing."""
    path = tmp_path / "plain.cpp"
    path.write_bytes(PLAIN)
    project = Project(path)
    project.add_test("1", b"3\n", b"6\n")
    return project


PLAIN = b"""\
#include <cstdio>
static int twice(int n) { return n * 2; }
int main() {
    int n = 0;
    if (scanf("%d", &n) != 1) return 1;
    printf("%d\\n", twice(n));
}
"""
