"""What the tests of verification share: rewrites for the static guard, and programs that misbehave.

The programs misbehave as their input says, so that few compilations serve all tests.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Stage
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestCase, TestSuite
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit
from pie_lsp.verify.oracle import Oracle, learn
from pie_lsp.verify.static_guard import guard

Guarded = Callable[..., str | None]


def _edits(old: bytes, new: bytes) -> tuple[Edit, ...]:
    """Edits of whole lines."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    return tuple(
        Edit(Span(starts[a], starts[b]), b"".join(after[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if kind != "equal"
    )


@pytest.fixture(scope="session")
def guarded() -> Guarded:
    """Ask the guard about a rewrite; the reason for rejecting it, or None."""

    def ask(
        old: str | bytes,
        new: str | bytes,
        *,
        name: str = "solve",
        grants: Sequence[Grant] = (),
        tests: Sequence[TestCase] = (),
        kind: ProposerKind = ProposerKind.MODEL,
        edits: tuple[Edit, ...] | None = None,
    ) -> str | None:
        before = old.encode() if isinstance(old, str) else old
        after = new.encode() if isinstance(new, str) else new
        original = parse(before)
        candidate = Candidate(
            function=select(find_functions(original), name).ref,
            title="Do it faster",
            explanation="It does less.",
            edits=_edits(before, after) if edits is None else edits,
            provenance=Provenance("test", "1", kind),
            grants=frozenset(grants),
        )
        rejection = guard(original, candidate, after, TestSuite("here", tuple(tests)))
        assert rejection is None or rejection.stage is Stage.GUARD
        return None if rejection is None else rejection.reason

    return ask


OLD = r"""
#include <cstdio>
#include <cstdlib>
#include <cstring>
int main() {
    char w[99] = "";
    if (scanf("%98s", w) != 1) return 4;
    printf("ok %s\n", w);
    if (!strcmp(w, "loud")) fprintf(stderr, "loud\n");
    if (!strcmp(w, "fails")) return 3;
    if (!strcmp(w, "aborts")) { fflush(stdout); abort(); }
    if (!strcmp(w, "spins")) for (volatile long k = 0;; k = k + 1) {}
    if (!strcmp(w, "pours")) for (;;) puts("0123456789");
}
"""
ODD = r"""
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>
int main() {
    char w[99] = "";
    if (scanf("%98s", w) != 1) return 4;
    const bool odd = !strncmp(w, "odd", 3);
    const char* how = w + 3;
    printf("ok %s%s\n", w, odd && !strcmp(how, "wrong") ? "!" : odd && !strcmp(how, "space") ? " " : "");
    fflush(stdout);
    if (!strcmp(w, "loud")) fprintf(stderr, "loud\n");
    if (!strcmp(w, "fails")) return 3;
    if (!strcmp(w, "aborts")) abort();
    if (!odd) return 0;
    if (!strcmp(how, "extra")) puts("more");
    if (!strcmp(how, "stderr")) fprintf(stderr, "debug\n");
    if (!strcmp(how, "status")) return 1;
    if (!strcmp(how, "crash")) *(volatile int*)nullptr = 1;
    if (!strcmp(how, "hang")) for (volatile long k = 0;; k = k + 1) {}
    if (!strcmp(how, "flood")) for (;;) puts("0123456789");
}
"""


LIMITS = RunLimits(cpu_seconds=2, output_bytes=1 << 20)


@pytest.fixture(scope="session")
def programs(toolchain: Toolchain, sandbox: Sandbox, scratch: Path) -> tuple[Binary, Binary]:
    """The old program and the odd one."""

    async def build() -> list[object]:
        compiler = Compiler(toolchain, sandbox, scratch)
        units = [TranslationUnit("a.cpp", scratch, source.encode()) for source in (OLD, ODD)]
        return list(await asyncio.gather(*(compiler.build(unit, BuildMode.OPTIMIZED) for unit in units)))

    old, odd = asyncio.run(build())
    assert isinstance(old, Binary) and isinstance(odd, Binary)
    return old, odd


class Recorder:
    """The sandbox, noting what it is asked to run."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.commands: list[SandboxCommand] = []
        self.inputs: list[bytes] = []

    @property
    def name(self) -> str:
        return self._sandbox.name

    async def run(self, command: SandboxCommand) -> Outcome:
        assert command.stdin is not None
        self.commands.append(command)
        self.inputs.append(command.stdin.read_bytes())
        return await self._sandbox.run(command)


class Waiting:
    """A machine on which every run ends in the same way, which no real one does on demand."""

    name = "waiting"

    def __init__(
        self, ending: Ending = Ending.WALL_GUARD, cpu_seconds: float = 0.0, signal: int | None = None
    ) -> None:
        status = 0 if ending is Ending.EXITED else None
        self._outcome = Outcome(ending, status, signal, b"", b"", cpu_seconds)

    async def run(self, command: SandboxCommand) -> Outcome:
        return self._outcome


@pytest.fixture
def recorder(sandbox: Sandbox) -> Recorder:
    return Recorder(sandbox)


@pytest.fixture(scope="session")
def ending() -> Callable[..., Sandbox]:
    """Make a sandbox in which every run ends in the way that is given."""
    return Waiting


UNSOUND = r"""
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>
int best(const std::vector<int>& v) {
    int b;
    for (int x : v) if (x > 5) b = x;
    return b;
}
int deep(int n) { volatile char room[400]; room[0] = n; return n ? deep(n - 1) + room[0] : 0; }
int main() {
    char w[99] = "";
    int n = 0;
    if (scanf("%98s %d", w, &n) < 1) return 4;
    std::vector<int> v(3, n);
    printf("%s\n", w);
    if (!strcmp(w, "clock")) printf("%ld\n", (long)time(nullptr));
    if (!strcmp(w, "pointer")) printf("%p\n", (void*)w);
    if (!strcmp(w, "heap")) printf("%d\n", *((int*)malloc(64) + 3));
    if (!strcmp(w, "unset")) printf("%d\n", best(v));
    if (!strcmp(w, "overflow")) printf("%d\n", 2147483600 + n);
    if (!strcmp(w, "index")) printf("%d\n", v[n] > 70000);
    if (!strcmp(w, "array")) { int a[4] = {1}; printf("%d\n", a[n] == 70000); }
    if (!strcmp(w, "freed")) { int* p = new int[4]; delete[] p; printf("%d\n", p[2] == 70000); }
    if (!strcmp(w, "aborts")) { fflush(stdout); abort(); }
    if (!strcmp(w, "fails")) return 3;
    if (!strcmp(w, "deep")) printf("%d\n", deep(n));
#ifdef __SANITIZE_ADDRESS__
    if (!strcmp(w, "slow")) for (volatile long k = 0;; k = k + 1) {}
    if (!strcmp(w, "other")) printf("sanitized\n");
#endif
}
"""


class Once(Compiler):
    """A compiler that builds each mode of each source once for the whole module."""

    built: dict[tuple[bytes, BuildMode], Binary | BuildFailure]

    async def build(self, unit: TranslationUnit, mode: BuildMode) -> Binary | BuildFailure:
        key = (unit.source, mode)
        if key not in self.built:
            self.built[key] = await super().build(unit, mode)
        return self.built[key]


@dataclass(frozen=True)
class Unsound:
    """A program that goes wrong as its input says, and the means to try it."""

    compiler: Compiler
    sandbox: Sandbox
    scratch: Path
    unit: TranslationUnit

    async def learn(self, *inputs: str, limits: RunLimits = LIMITS) -> tuple[Binary, Oracle]:
        """The program as the user builds it, and what it does; tests are named by their first word."""
        binary = await self.compiler.build(self.unit, BuildMode.OPTIMIZED)
        assert isinstance(binary, Binary)
        cases = tuple(TestCase(text.split()[0], text.encode()) for text in inputs)
        return binary, await learn(self.sandbox, binary, TestSuite("here", cases), limits, self.scratch)

    def line_of(self, text: str) -> int:
        """Where the program does what the first word of an input asks for."""
        lines = self.unit.source.decode().split("\n")
        return next(n for n, line in enumerate(lines, 1) if f'"{text.split()[0]}"' in line)


@pytest.fixture(scope="session")
def unsound(toolchain: Toolchain, sandbox: Sandbox, scratch: Path) -> Unsound:
    compiler = Once(toolchain, sandbox, scratch)
    compiler.built = {}
    return Unsound(compiler, sandbox, scratch, TranslationUnit("prog.cpp", scratch, UNSOUND.encode()))


@pytest.fixture(scope="session")
def put() -> Callable[[Path, dict[str, str | bytes]], None]:
    """Write files below a folder."""

    def write(folder: Path, files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    return write


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source in an empty folder."""
    path = tmp_path / "sum.cpp"
    path.write_text("int main() {}\n")
    return path
