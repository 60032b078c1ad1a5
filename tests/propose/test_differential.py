"""Before and after, compiled by the real compiler and run on the same inputs: every byte is the same.

All programs are built as one, each in a namespace of its own, since compiling is dear.
"""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pie_lsp.build.compiler import Compiler
from pie_lsp.propose import registry
from pie_lsp.sandbox.contract import Ending, Sandbox, SandboxCommand
from pie_lsp.values.toolchain import Binary, BuildMode, TranslationUnit

PROGRAMS = {rule.id: rule.document.example_before for rule in registry.all_rules()} | {
    path.stem: path.read_text() for path in sorted((Path(__file__).parent / "programs").glob("*.cpp"))
}
INPUTS = (
    b"",
    b"0\n",
    b"1\n7\n",
    b"5\n5 3 9 3 1\n",
    b"6\n-4 12 0 -4 7 12\n",
    b"9\n1 1 1 1 1 1 1 1 1\n",
    b"20\n" + b" ".join(str(n * 7919 % 101).encode() for n in range(20)) + b"\n",
    b"3\nabc 42 x1y2z3\n\nlast line without an end",
    b" ".join(str(n * 31 % 997).encode() for n in range(3000)) + b"\n",
)
_INCLUDE = re.compile(r"^#include.*\n", re.MULTILINE)


def _in_namespace(name: str, source: str) -> str:
    body = _INCLUDE.sub("", source).replace("int main()", "int run()").rstrip()
    assert body.endswith("}")
    return f"namespace {name} {{\n{body[:-1]}    return 0;\n}}\n}}\n"


def _joined(parts: dict[str, str]) -> str:
    headers = sorted({line for source in parts.values() for line in _INCLUDE.findall(source)})
    spaces = "".join(_in_namespace(name, source) for name, source in parts.items())
    calls = "".join(f'    if (name == "{name}") return {name}::run();\n' for name in parts)
    head = "int main(int, char **arguments) {\n    std::string name = arguments[1];\n"
    return "".join(headers) + "#include <string>\n" + spaces + head + calls + "    return 99;\n}\n"


@pytest.fixture(scope="module")
def pairs(rewrites: Callable[..., list[str]]) -> dict[str, str]:
    parts = {}
    for name, source in PROGRAMS.items():
        rule_id = name.partition("_")[0].upper()
        functions = re.findall(r"^(?:[\w<>]+ )+\**(\w+)\(", source, re.MULTILINE)
        changed = [new for function in functions for new in rewrites(rule_id, source, function)]
        assert changed, f"{name} is not rewritten"
        parts[f"{name}_before"] = source
        parts[f"{name}_after"] = changed[0]
    return parts


@pytest.fixture(scope="module")
def programs(pairs: dict[str, str], compiler: Compiler, tmp_path_factory: pytest.TempPathFactory) -> Binary:
    unit = TranslationUnit("pairs.cpp", tmp_path_factory.mktemp("pairs"), _joined(pairs).encode())
    built = asyncio.run(compiler.build(unit, BuildMode.OPTIMIZED))
    assert isinstance(built, Binary), built.diagnostics
    return built


async def _outputs(
    sandbox: Sandbox, program: Binary, name: str, folder: Path
) -> list[tuple[int | None, bytes]]:
    found = []
    for number, text in enumerate(INPUTS):
        stdin = folder / f"{number}.in"
        stdin.write_bytes(text)
        command = SandboxCommand(("/box/prog", name), box=(("prog", program.path),), stdin=stdin)
        outcome = await sandbox.run(command)
        assert outcome.ending is Ending.EXITED, f"{name} ended by {outcome.ending.value} on input {number}"
        found.append((outcome.exit_status, outcome.stdout))
    return found


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_output_stays_the_same(name: str, programs: Binary, sandbox: Sandbox, tmp_path: Path) -> None:
    before = asyncio.run(_outputs(sandbox, programs, f"{name}_before", tmp_path))
    after = asyncio.run(_outputs(sandbox, programs, f"{name}_after", tmp_path))
    assert before == after
    assert len({output for _, output in before}) > 2, "the inputs make a difference"
