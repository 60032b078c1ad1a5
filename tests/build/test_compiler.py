"""The compiler on real sources, in each sandbox."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from elftools.elf.elffile import ELFFile

from pie_lsp.build.compiler import Compiler
from pie_lsp.sandbox.contract import Ending, Limits, Outcome, Sandbox, SandboxCommand
from pie_lsp.values.errors import InputError, SandboxError
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Link, Toolchain, TranslationUnit

if TYPE_CHECKING:
    from tests.build.conftest import Runner, UnitMaker

HELLO = "#include <cstdio>\nint main() { std::puts(__FILE__); return 3; }\n"
SECRET = "THE_SECRET_OF_THE_USER"


def build(compiler: Compiler, unit: TranslationUnit, mode: BuildMode = BuildMode.OPTIMIZED) -> Binary:
    built = asyncio.run(compiler.build(unit, mode))
    assert isinstance(built, Binary), built
    return built


def fail(compiler: Compiler, unit: TranslationUnit) -> BuildFailure:
    built = asyncio.run(compiler.build(unit, BuildMode.OPTIMIZED))
    assert isinstance(built, BuildFailure)
    return built


def is_dynamic(binary: Binary) -> bool:
    with binary.path.open("rb") as stream:
        return any(segment["p_type"] == "PT_INTERP" for segment in ELFFile(stream).iter_segments())


def test_a_program_runs_and_knows_its_own_name(
    confined_compiler: Compiler, unit: UnitMaker, run: Runner
) -> None:
    outcome = run(build(confined_compiler, unit(HELLO)))
    assert (outcome.exit_status, outcome.stdout) == (3, b"program.cpp\n")


def test_modes_and_links(
    compiler: Compiler, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker
) -> None:
    assert not is_dynamic(build(compiler, unit(HELLO)))
    assert is_dynamic(build(compiler, unit(HELLO), BuildMode.SANITIZED))
    dynamic = Compiler(replace(toolchain, link=Link.DYNAMIC), sandbox, scratch)
    assert is_dynamic(build(dynamic, unit(HELLO)))


def test_automatic_variables_are_filled(compiler: Compiler, unit: UnitMaker, run: Runner) -> None:
    source = unit(
        "#include <cstdio>\nvoid use(int *p);\n"
        'int main() { int x[4]; use(x); std::printf("%d\\n", x[2]); }\n'
        '__attribute__((noinline)) void use(int *p) { asm volatile("" :: "r"(p) : "memory"); }\n'
    )
    assert run(build(compiler, source, BuildMode.INIT_ZERO)).stdout == b"0\n"
    assert run(build(compiler, source, BuildMode.INIT_PATTERN)).stdout != b"0\n"


def test_sanitizers_find_what_they_are_for(compiler: Compiler, sandbox: Sandbox, unit: UnitMaker) -> None:
    source = unit(
        "#include <cstdlib>\n#include <vector>\n"
        "int main(int count, char **) { std::vector<int> v(count); return v[count + 8]; }\n"
    )
    binary = build(compiler, source, BuildMode.SANITIZED)
    command = SandboxCommand(
        ("/box/prog",),
        box=(("prog", binary.path),),
        environment=(("ASAN_OPTIONS", "detect_leaks=0"),),
        limits=Limits(memory_bytes=None),
    )
    outcome = asyncio.run(sandbox.run(command))
    assert outcome.exit_status != 0 or outcome.signal is not None
    assert b"__n < this->size()" in outcome.stderr


def test_headers_are_found_as_from_the_files_own_folder(
    confined_compiler: Compiler, unit: UnitMaker, tmp_path: Path, run: Runner
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "own.h").write_text('#include "sub/deep.h"\n')
    (tmp_path / "sub" / "deep.h").write_text('#include "beside.h"\n')
    (tmp_path / "sub" / "beside.h").write_text("inline int answer() { return 42; }\n")
    binary = build(confined_compiler, unit('#include "own.h"\nint main() { return answer(); }\n'))
    assert run(binary).exit_status == 42


def test_include_folders_are_searched(
    toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, tmp_path: Path, run: Runner
) -> None:
    library = tmp_path.parent / f"{tmp_path.name}-library"
    library.mkdir()
    (library / "lib.h").write_text("inline int answer() { return 42; }\n")
    source = unit("#include <lib.h>\nint main() { return answer(); }\n")
    named = build(Compiler(replace(toolchain, include_dirs=(library,)), sandbox, scratch), source)
    flags = (*toolchain.flags, "-isystem", str(library))
    twice = build(
        Compiler(replace(toolchain, flags=flags, include_dirs=(library,)), sandbox, scratch), source
    )
    assert (run(named).exit_status, run(twice).exit_status) == (42, 42)


@pytest.mark.parametrize("how", ["absolute", "parent", "link", "computed", "asm", "incbin"])
def test_no_message_and_no_program_carries_a_secret(
    confined_compiler: Compiler, unit: UnitMaker, tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET} is not C++\n")
    (folder / "linked_secret.h").symlink_to(secret)
    source = {
        "absolute": f'#include "{secret}"\n',
        "parent": '#include "../secret"\n',
        "link": '#include "linked_secret.h"\n',
        "computed": f'#define NAME "{secret}"\n#include NAME\n',
        "asm": f'asm(".include \\"{secret}\\"");\n',
        "incbin": f'asm(".incbin \\"{secret}\\"");\n',
    }[how]
    failure = fail(confined_compiler, replace(unit(source + "int main() {}\n"), folder=folder))
    assert SECRET not in failure.diagnostics + failure.reason


def test_shadow_passwords_cannot_be_included(confined_compiler: Compiler, unit: UnitMaker) -> None:
    failure = fail(confined_compiler, unit('#include "/etc/shadow"\nint main() {}\n'))
    assert "root:" not in failure.diagnostics
    assert "/etc/shadow" in failure.reason


def test_a_source_in_the_home_folder_cannot_include_its_keys(
    confined_compiler: Compiler, unit: UnitMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh" / "id_rsa").write_text(SECRET)
    (tmp_path / "own.h").write_text("inline int own() { return 0; }\n")
    build(confined_compiler, unit('#include "own.h"\nint main() { return own(); }\n'))
    failure = fail(confined_compiler, unit('#include ".ssh/id_rsa"\nint main() {}\n'))
    assert SECRET not in failure.diagnostics


def test_a_byte_order_mark_moves_nothing(compiler: Compiler, unit: UnitMaker) -> None:
    marked = replace(unit(""), source=b"\xef\xbb\xbf" + HELLO.encode())
    assert build(compiler, marked).digest == build(compiler, unit(HELLO)).digest


def test_bytes_are_compiled_as_they_are(compiler: Compiler, unit: UnitMaker, run: Runner) -> None:
    """Latin-1 here; a string is what stands in the file, whatever the encoding."""
    latin = '#include <cstdio>\nint main() { std::puts("é"); } // ü\r\n'.encode("latin-1")
    assert run(build(compiler, replace(unit(""), source=latin))).stdout == b"\xe9\n"


def test_equal_sources_give_equal_bytes_wherever_they_lie(
    toolchain: Toolchain, sandbox: Sandbox, tmp_path: Path
) -> None:
    source = (
        b"namespace { int hidden() { return 4; } }\nint main() { return hidden() + (__FILE__[0] == 'p'); }\n"
    )
    digests = set()
    for name in ("a", "another-folder"):
        folder, scratch = tmp_path / name, tmp_path / f"{name}-scratch"
        folder.mkdir()
        scratch.mkdir()
        unit = TranslationUnit("program.cpp", folder, source)
        compiler = Compiler(toolchain, sandbox, scratch)
        digests.add(
            tuple(build(compiler, unit, mode).digest for mode in (BuildMode.OPTIMIZED, BuildMode.SANITIZED))
        )
    assert len(digests) == 1


def test_equal_code_is_told_from_other_code(compiler: Compiler, unit: UnitMaker) -> None:
    first = build(
        compiler,
        unit("static int twice(int x) { return x * 2; }\nint main(int n, char **) { return twice(n); }\n"),
    )
    renamed = build(
        compiler,
        unit("static int dbl(int y) { return y << 1; }\nint main(int n, char **) { return dbl(n); }\n"),
    )
    other = build(compiler, unit("int main(int n, char **) { return n * 3; }\n"))
    assert first.code_digest == renamed.code_digest
    assert first.code_digest != other.code_digest


def test_warnings_are_comparable(compiler: Compiler, unit: UnitMaker) -> None:
    first = build(compiler, unit("int main() { int unused; }\n"))
    moved = build(compiler, unit("\n\n\nint main() {   int unused; }\n"))
    assert first.warnings == moved.warnings == ("unused variable 'unused' [-Wunused-variable]",)
    assert build(compiler, unit("int main() {}\n")).warnings == ()


def test_the_users_word_on_warnings_counts(
    toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker
) -> None:
    source = unit("int main() { int unused; }\n")
    quiet = Compiler(replace(toolchain, flags=(*toolchain.flags, "-w")), sandbox, scratch)
    assert build(quiet, source).warnings == ()
    strict = Compiler(replace(toolchain, flags=(*toolchain.flags, "-Werror")), sandbox, scratch)
    assert "unused" in fail(strict, source).reason


def test_libraries_may_be_named(
    toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, run: Runner
) -> None:
    source = unit(
        "#include <cmath>\n#include <cstdlib>\n"
        "int main(int n, char **) { return std::cbrt(n + 26) > 2.5 ? 7 : 0; }\n"
    )
    binary = build(Compiler(replace(toolchain, flags=("-lm", "-O1")), sandbox, scratch), source)
    assert run(binary).exit_status == 7


def test_failures_are_one_sentence(
    compiler: Compiler, toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker
) -> None:
    failure = fail(compiler, unit("int main() {\n  return missing;\n}\n"))
    assert failure.reason == "It does not compile: 'missing' was not declared in this scope at line 2."
    assert fail(compiler, unit("int f(); int main() { return f(); }\n")).reason == (
        "It does not link: undefined reference to `f()'."
    )
    without = Compiler(replace(toolchain, flags=("-lthere-is-no-such-library",)), sandbox, scratch)
    assert "--link dynamic" in fail(without, unit(HELLO)).reason


def test_what_cannot_be_told_to_a_compiler_is_refused(compiler: Compiler, unit: UnitMaker) -> None:
    for name in ('a".cpp', "a\\b.cpp", "a\nb.cpp"):
        with pytest.raises(InputError, match="rename"):
            asyncio.run(compiler.build(replace(unit(HELLO), name=name), BuildMode.OPTIMIZED))


def test_without_a_place_to_write_nothing_is_built(
    toolchain: Toolchain, sandbox: Sandbox, unit: UnitMaker, tmp_path: Path
) -> None:
    compiler = Compiler(toolchain, sandbox, tmp_path / "missing")
    with pytest.raises(SandboxError, match="missing"):
        asyncio.run(compiler.build(unit(HELLO), BuildMode.OPTIMIZED))


def test_only_binaries_stay(toolchain: Toolchain, sandbox: Sandbox, unit: UnitMaker, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    compiler = Compiler(toolchain, sandbox, scratch)
    binary = build(compiler, unit(HELLO))
    fail(compiler, unit("no program"))
    assert list(scratch.iterdir()) == [binary.path]
    assert binary.path.stat().st_uid == os.geteuid()


class Counting:
    """Passes commands on, and counts how many run at once."""

    def __init__(self, inner: Sandbox) -> None:
        self._inner = inner
        self.running = self.most = 0

    @property
    def name(self) -> str:
        return self._inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            return await self._inner.run(command)
        finally:
            self.running -= 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_as_many_compile_at_once_as_told(
    toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, jobs: int
) -> None:
    counting = Counting(sandbox)
    compiler = Compiler(toolchain, counting, scratch, jobs=jobs)

    async def several() -> None:
        sources = [unit(f"int main() {{ return {number}; }}\n") for number in range(4)]
        await asyncio.gather(*(compiler.build(source, BuildMode.OPTIMIZED) for source in sources))

    asyncio.run(several())
    assert counting.most == jobs


class Answering:
    """Ends every command in one way."""

    name = "answering"

    def __init__(self, ending: Ending) -> None:
        self._ending = ending

    async def run(self, command: SandboxCommand) -> Outcome:
        return Outcome(self._ending, None, 9, b"", b"", 0.0)


@pytest.mark.parametrize(
    ("ending", "words"),
    [(Ending.CPU_LIMIT, "processor time"), (Ending.WALL_GUARD, "end"), (Ending.FILE_LIMIT, "writes more")],
)
def test_limits_are_said(
    toolchain: Toolchain, scratch: Path, unit: UnitMaker, ending: Ending, words: str
) -> None:
    """The limits of a real compiler are minutes, so the sandbox's answer is given here."""
    told = fail(Compiler(toolchain, Answering(ending), scratch), unit(HELLO))
    assert words in told.reason
    assert told.from_outside is (ending is Ending.WALL_GUARD)


def test_the_time_of_a_build_does_not_show(compiler: Compiler, unit: UnitMaker, run: Runner) -> None:
    dated = unit("#include <cstdio>\nint main() { std::puts(__DATE__ __TIME__); }\n")
    assert run(build(compiler, dated)).stdout == b"Sep  9 200101:46:40\n"


def test_a_compiler_in_a_home_folder_does_not_open_it(
    confined_compiler: Compiler, unit: UnitMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    (home / ".ssh").mkdir()
    (home / ".ssh" / "key").write_text("int secret = 42;\n")
    monkeypatch.setattr(Path, "home", lambda: home)
    wrapper = home / "bin" / "my-g++"
    wrapper.write_text('#!/bin/sh\nexec g++ "$@"\n')
    wrapper.chmod(0o755)
    confined_compiler.toolchain = replace(confined_compiler.toolchain, compiler=str(wrapper))
    project = tmp_path / "project"
    project.mkdir()
    told = fail(
        confined_compiler,
        replace(unit(f'#include "{home}/.ssh/key"\nint main() {{ return secret; }}\n'), folder=project),
    )
    assert "No such file" in told.reason or "Permission denied" in told.reason
    build(confined_compiler, replace(unit("int main() {}\n"), folder=project))


def test_a_full_disk_is_not_blamed_on_the_source(
    toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, tmp_path: Path
) -> None:
    full = tmp_path / "bin" / "g++"
    full.parent.mkdir()
    full.write_text('#!/bin/sh\necho "as: cannot write /tmp/a.o: No space left on device" >&2\nexit 1\n')
    full.chmod(0o755)
    compiler = Compiler(replace(toolchain, compiler=str(full)), sandbox, scratch)
    with pytest.raises(SandboxError, match="disk is full"):
        asyncio.run(compiler.build(unit("int main() {}\n"), BuildMode.OPTIMIZED))


@pytest.mark.parametrize(
    ("words", "from_outside"),
    [
        ("g++: fatal error: Killed signal terminated program cc1plus", True),
        ("a.cpp:1:2: error: #error g++: fatal error: Killed signal terminated program cc1plus", False),
    ],
)
def test_a_compiler_that_was_killed_is_not_blamed_on_the_source(
    toolchain: Toolchain,
    sandbox: Sandbox,
    scratch: Path,
    unit: UnitMaker,
    tmp_path: Path,
    words: str,
    from_outside: bool,
) -> None:
    killed = tmp_path / "bin" / "g++"
    killed.parent.mkdir()
    killed.write_text(f'#!/bin/sh\necho "{words}" >&2\nexit 1\n')
    killed.chmod(0o755)
    told = fail(Compiler(replace(toolchain, compiler=str(killed)), sandbox, scratch), unit(HELLO))
    assert told.from_outside is from_outside
    assert ("ran out of memory" in told.reason) is from_outside


def test_a_compiler_that_kills_itself_counts_as_killed(
    toolchain: Toolchain, sandbox: Sandbox, scratch: Path, unit: UnitMaker, tmp_path: Path
) -> None:
    killed = tmp_path / "bin" / "g++"
    killed.parent.mkdir()
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o755)
    assert fail(
        Compiler(replace(toolchain, compiler=str(killed)), sandbox, scratch), unit(HELLO)
    ).from_outside
