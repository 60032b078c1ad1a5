"""The shape of the house: who may import whom, how large files are, what is tested where.

ARCHITECTURE.md explains each rule; here each is enforced on every file of the package.
"""

import ast
import os
import re
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pie_lsp"

MOST_LINES = 400
MOST_MEDIAN_LINES = 150
MOST_FUNCTION_LINES = 50

LOWER = {
    "values": set[str](),
    "text": {"values"},
    "cpp": {"values", "text"},
    "sandbox": {"values"},
    "build": {"values", "text", "cpp", "sandbox"},
    "propose": {"values", "text", "cpp"},
    "verify": {"values", "text", "cpp", "sandbox", "build"},
    "measure": {"values", "text", "cpp", "sandbox", "build"},
    "examples": {"values"},
    "editors": {"values"},
    "corpus": {"values"},
    "models": {"values"},
    "retrieval": {"values", "text", "cpp", "sandbox", "corpus"},
    "prompting": {"values", "text", "cpp", "propose", "models", "retrieval"},
}
"""Package, and the packages that it may import besides itself."""
BELOW_FACES = {*LOWER, "engine"}
MAY_IMPORT = {
    **LOWER,
    "engine": set(LOWER) - {"corpus"},
    "research": BELOW_FACES,
    "server": BELOW_FACES - {"corpus"},
    "cli": BELOW_FACES | {"research"},
    "__main__": {"cli"},
    "": set[str](),
}
ONLY_IN = {"pygls": "server", "lsprotocol": "server", "argparse": "cli", "rich": "cli", "parsl": "research"}
"""Library, and the one package that may know it."""
HEAVY = {
    *("torch", "transformers", "tokenizers", "accelerate", "bitsandbytes", "openai", "httpx2"),
    *("faiss", "diskcache", "capstone", "rich", "numpy", "parsl"),
}
"""Libraries that load only when they are used."""

STARTS_PROCESSES = {
    "sandbox/process.py": "the launcher, which confines everything untrusted",
    "sandbox/launcher.py": "the compiler, on our own launcher",
    "build/toolchain.py": "the user's compiler, for its version",
    "engine/git.py": "git, for what a revision holds",
    "models/local/process.py": "our own worker, since a forward pass of a model can only be killed",
    "measure/estimate/plugin.py": "the compiler, on our own plug-in, and qemu for its version",
}
"""Modules that start processes, and what they start."""

TESTED_THROUGH = tomllib.loads((ROOT / "tests" / "tested_through.toml").read_text(encoding="utf-8"))
"""Modules without a test file of their own name, and the test file that would catch their removal."""


@dataclass(frozen=True)
class Import:
    """One import statement. `lazy` stands in a function, `typing` under TYPE_CHECKING."""

    source: Path
    target: str
    line: int
    lazy: bool
    typing: bool

    @property
    def place(self) -> str:
        return f"{self.source.relative_to(ROOT)}:{self.line} imports {self.target}"


def modules() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) > 50
    return found


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def package_of(path: Path) -> str:
    """The first name below pie_lsp: ``cpp``; for a file beside the packages, its own."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    return tuple(_imports(path, parsed(path), lazy=False, typing=False))


def _imports(path: Path, node: ast.AST, *, lazy: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(path, alias.name, child.lineno, lazy, typing)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{path}:{child.lineno}: imports are absolute"
            for alias in child.names:
                yield Import(path, f"{child.module}.{alias.name}", child.lineno, lazy, typing)
        else:
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            guard = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            yield from _imports(path, child, lazy=lazy or function, typing=typing or guard)


def all_imports() -> list[Import]:
    return [found for path in modules() for found in imports_of(path)]


def test_packages_import_downwards_only() -> None:
    wrong = []
    for found in all_imports():
        source, parts = package_of(found.source), found.target.split(".")
        if parts[0] != "pie_lsp" or parts[1] == source or parts[1] == "__version__":
            continue
        starts_server = found.source == PACKAGE / "cli" / "serve.py" and found.lazy and parts[1] == "server"
        if parts[1] not in MAY_IMPORT[source] and not starts_server:
            wrong.append(found.place)
    assert wrong == []


def test_every_package_has_its_place_in_the_order() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == {name for name in MAY_IMPORT if name and name != "__main__"}


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_stays_in_its_package(library: str) -> None:
    users = {package_of(f.source) for f in all_imports() if f.target.split(".")[0] == library}
    assert users == {ONLY_IN[library]}


def test_heavy_libraries_load_only_when_used() -> None:
    early = [f for f in all_imports() if f.target.split(".")[0] in HEAVY and not f.lazy and not f.typing]
    # A subclass needs its base when it is defined, so this module itself is loaded only when used.
    late_module = PACKAGE / "engine" / "guarded_disk.py"
    assert [found.place for found in early if found.source != late_module] == []
    users = [f for f in all_imports() if f.target.startswith("pie_lsp.engine.guarded_disk")]
    assert users
    assert all(found.lazy for found in users)


@pytest.mark.parametrize("module", ["pie_lsp.server.main", "pie_lsp.cli.main"])
def test_starting_loads_nothing_heavy(module: str) -> None:
    program = f"import sys, {module}; print(*sorted({{n.split('.')[0] for n in sys.modules}}))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120, cwd=ROOT
    )
    loaded = set(run.stdout.split())
    assert "pie_lsp" in loaded
    assert loaded & HEAVY == set()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_large() -> None:
    sizes = {path: lines(path) for path in modules()}
    assert {str(p): n for p, n in sizes.items() if n > MOST_LINES} == {}
    assert statistics.median(n for n in sizes.values() if n > 1) <= MOST_MEDIAN_LINES


def test_no_test_file_is_large() -> None:
    sizes = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "tests").rglob("*.py")
    }
    assert {str(p): n for p, n in sizes.items() if n > MOST_LINES} == {}


def test_functions_fit_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_every_module_says_what_it_is() -> None:
    assert [str(path) for path in modules() if not ast.get_docstring(parsed(path))] == []


def test_only_the_terminal_prints() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules()
        if package_of(path) != "cli"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert wrong == []


def starts_processes(path: Path) -> bool:
    calls = re.compile(
        r"subprocess\.(run|Popen|call|check_\w+|getoutput)|create_subprocess_\w+|subprocess_(exec|shell)"
        r"|os\.(fork|forkpty|system|popen|posix_spawn\w*|exec[lv]\w*|spawn\w+)|pty\.spawn"
    )
    return any(
        isinstance(node, ast.Call) and calls.fullmatch(ast.unparse(node.func).removeprefix("asyncio."))
        for node in ast.walk(parsed(path))
    )


def test_processes_start_in_few_places() -> None:
    starters = {path.relative_to(PACKAGE).as_posix() for path in modules() if starts_processes(path)}
    assert starters == set(STARTS_PROCESSES)


MUTATORS = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "remove", "clear"}
EMPTY = re.compile(r"\[\]|\{\}|(list|dict|set|defaultdict|OrderedDict|Counter|deque)\(.*\)", re.DOTALL)


def state_of(path: Path) -> Iterator[int]:
    """Lines where a module begins an empty collection, changes one of its tables, or says ``global``."""
    tables = set[str]()
    for node in parsed(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            tables |= {target.id for target in targets if isinstance(target, ast.Name)}
            if EMPTY.fullmatch(ast.unparse(node.value)):
                yield node.lineno
    for inner in ast.walk(parsed(path)):
        changed: ast.expr | None = None
        if isinstance(inner, ast.Global):
            yield inner.lineno
        elif isinstance(inner, ast.Subscript) and not isinstance(inner.ctx, ast.Load):
            changed = inner.value
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            changed = inner.func.value if inner.func.attr in MUTATORS else None
        if isinstance(changed, ast.Name) and changed.id in tables:
            yield changed.lineno


def test_no_module_keeps_state() -> None:
    wrong = [f"{path.relative_to(ROOT)}:{line}" for path in modules() for line in state_of(path)]
    assert wrong == []


def test_nothing_is_left_unfinished() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    marked = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if words.search(line)
    ]
    assert marked == []


def rules() -> list[Path]:
    return [p for p in sorted((PACKAGE / "propose" / "rules").glob("*.py")) if p.name != "__init__.py"]


def test_a_file_holds_one_rule_and_the_registry_knows_each() -> None:
    from pie_lsp.propose import registry

    found = registry.all_rules()
    assert len({rule.id for rule in found}) == len(found) == len(rules()) >= 12
    assert {rule.id.lower() for rule in found} == {path.stem for path in rules()}


def test_every_rule_has_its_own_tests() -> None:
    assert rules()
    folder = ROOT / "tests" / "propose" / "rules"
    assert [path.stem for path in rules() if not (folder / f"test_{path.stem}.py").is_file()] == []


def declares_only(path: Path) -> bool:
    """Whether a module has nothing to run: constants, dataclasses without methods, interfaces."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                return False
    return True


def own_test(path: Path) -> Path:
    inside = path.relative_to(PACKAGE)
    if inside.parts[:2] == ("corpus", "problems"):
        # Every problem is put through the same tests, those of its generator and validator among them.
        return ROOT / "tests" / "corpus" / "test_problems.py"
    return ROOT / "tests" / inside.parent / f"test_{inside.stem}.py"


def test_tests_mirror_the_package() -> None:
    missing = [
        name
        for path in modules()
        if not declares_only(path) and not own_test(path).is_file()
        if (name := path.relative_to(PACKAGE).as_posix()) not in TESTED_THROUGH
    ]
    assert missing == []


def test_the_list_of_modules_tested_elsewhere_is_true() -> None:
    for name, test in TESTED_THROUGH.items():
        assert (PACKAGE / name).is_file(), name
        assert (ROOT / test).is_file(), test
        assert not own_test(PACKAGE / name).is_file(), f"{name} has a test of its own now"


def invariants() -> list[tuple[str, str]]:
    """File and test name of every ``tests/….py::test_…`` in ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)


def test_every_invariant_names_its_test() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    paragraphs = [p for p in text.split("\n\n") if "**Invariant" in p]
    assert len(paragraphs) >= 10
    assert [p for p in paragraphs if not re.search(r"`tests/[\w/]+\.py::\w+`", p)] == []


@pytest.mark.parametrize(("file", "name"), invariants())
def test_the_test_of_an_invariant_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    names = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in names


def test_architecture_names_every_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [name for name in MAY_IMPORT if name and f"`{name}" not in text] == []


def test_the_repository_names_no_machine_of_its_makers() -> None:
    """Paths of whoever wrote a file mean nothing to whoever reads it."""
    found = subprocess.run(
        ["git", "grep", "-nIE", r"/(root|home/[a-z]+)/\.|/tmp/[a-z]+/bin"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C"},
    )
    if found.returncode > 1:
        pytest.skip(f"this is no git checkout: {found.stderr.strip()}")
    lines = [line for line in found.stdout.splitlines() if not line.startswith("tests/test_architecture.py")]
    assert lines == []
