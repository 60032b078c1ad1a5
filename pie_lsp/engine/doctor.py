"""What the main job needs on this machine, tried out one thing after the other.

Nothing is believed because a file exists: the compiler compiles, the sandbox runs a program, the
sanitizers run, the estimate measures, and the language model says something. Knows no terminal.
"""

import asyncio
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.build.compiler import Compiler
from pie_lsp.build.toolchain import find_toolchain
from pie_lsp.engine.cache import open_cache
from pie_lsp.measure.registry import choose_backend, estimate_available
from pie_lsp.models.contract import Message, Role, SamplingRequest
from pie_lsp.models.registry import find_model, open_model
from pie_lsp.models.templates import Form, Template, load_template
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.sandbox.contract import Ending, Sandbox
from pie_lsp.values.errors import PieError, SandboxError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestCase
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit
from pie_lsp.verify.runner import run_test

_PROGRAM = b'#include <iostream>\nint main() { std::cout << "42\\n"; }\n'
_SAYS = b"42\n"
_FEW_TOKENS = 16
_BEST = 10
_PATIENCE_SECONDS = 120.0
"""For a language model that is asked a short question; one that loads its weights first may need more."""
_NOT_TRIED = "not tried, since there is no compiler or no sandbox"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried.

    needed  the main job cannot run without it
    detail  what was found, or what went wrong
    remedy  how to get it; empty where nothing is to be done
    """

    name: str
    ok: bool
    needed: bool
    detail: str
    remedy: str = ""


async def examine(settings: Settings) -> tuple[Finding, ...]:
    """Try everything out, in the order in which the main job uses it."""
    scratch = Path(tempfile.mkdtemp(prefix="pie-lsp-"))
    try:
        return await _Examination(settings, scratch).run()
    finally:
        await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)


class _Examination:
    """One examination; what a later step needs of an earlier one is kept, or None where that failed."""

    def __init__(self, settings: Settings, scratch: Path) -> None:
        self._settings = settings
        self._scratch = scratch
        self._toolchain: Toolchain | None = None
        self._sandbox: Sandbox | None = None
        self._binary: Binary | None = None

    async def run(self) -> tuple[Finding, ...]:
        return (
            Finding("python", True, True, f"{platform.python_version()} ({sys.executable})"),
            await self._find_compiler(),
            await self._find_sandbox(),
            await self._build(),
            await self._sanitize(),
            await self._measure(),
            await self._simulate(),
            await self._ask(),
            await asyncio.to_thread(_cache),
        )

    async def _find_compiler(self) -> Finding:
        try:
            self._toolchain = await find_toolchain(self._settings, self._scratch / "program.cpp")
        except PieError as error:
            return Finding("compiler", False, True, str(error).rstrip("."), "sudo apt install g++")
        return Finding("compiler", True, True, f"{self._toolchain.version} ({self._toolchain.compiler})")

    async def _find_sandbox(self) -> Finding:
        try:
            self._sandbox = await choose_sandbox(self._settings.allow_unsandboxed)
        except PieError as error:
            # Any other error says itself what to do, and another sandbox would not help.
            remedy = "sudo apt install bubblewrap" if isinstance(error, SandboxError) else ""
            return Finding("sandbox", False, True, str(error).rstrip("."), remedy)
        return Finding("sandbox", True, True, self._sandbox.name)

    async def _build(self) -> Finding:
        if not self._can_build:
            return Finding("programs", False, True, _NOT_TRIED)
        link = self._settings.link.value
        built = await self._compile(BuildMode.OPTIMIZED)
        if isinstance(built, str):
            remedy = "sudo apt install g++ libc6-dev"
            return Finding("programs", False, True, f"a small program does not compile: {built}", remedy)
        said = await self._run(built)
        if said is not None:
            return Finding("programs", False, True, f"a small program does not run: {said}")
        self._binary = built
        return Finding("programs", True, True, f"compile and run in the sandbox, {link} link")

    async def _sanitize(self) -> Finding:
        if not self._can_build:
            return Finding("sanitizers", False, True, _NOT_TRIED)
        built = await self._compile(BuildMode.SANITIZED)
        said = built if isinstance(built, str) else await self._run(built)
        if said is not None:
            detail = f"a small program does not run with sanitizers: {said}"
            return Finding("sanitizers", False, True, detail, "sudo apt install g++")
        return Finding("sanitizers", True, True, "address and undefined behaviour")

    async def _measure(self) -> Finding:
        """The estimate; without it the clock of this machine measures, so it is not needed."""
        name = "estimate"
        if self._sandbox is None or self._binary is None:
            return Finding(name, False, False, "not tried, since no program can be built and run")
        chosen = self._settings
        try:
            backend = await choose_backend(
                "estimate", chosen.model, chosen.link, self._sandbox, self._scratch, chosen.limits
            )
            cost = await backend.measure(self._binary, TestCase("empty input", b""))
        except PieError as error:
            detail = f"{str(error).rstrip('.')}. Times on this machine are taken instead"
            installed = estimate_available()
            remedy = "./setup.sh qemu, in a clone of pie-lsp" if installed else "sudo apt install qemu-user"
            return Finding(name, False, False, detail, remedy)
        return Finding(
            name, True, False, f"{backend.model}; a small program costs {cost.amount:,} {cost.unit}"
        )

    async def _simulate(self) -> Finding:
        """gem5, which only somebody who asks for it needs."""
        name = "gem5"
        if self._sandbox is None:
            return Finding(name, False, False, "not tried, since there is no sandbox")
        chosen = self._settings
        try:
            backend = await choose_backend(
                name, chosen.model, chosen.link, self._sandbox, self._scratch, chosen.limits, chosen.gem5
            )
        except PieError as error:
            return Finding(name, False, False, str(error).rstrip("."))
        return Finding(name, True, False, backend.model)

    async def _ask(self) -> Finding:
        """The language model that is chosen, with a question that holds nothing of the user's."""
        name, chosen = "model", self._settings.language_model
        if not chosen:
            return Finding(name, False, False, "no language_model is set, and rules need none")
        try:
            model = await open_model(find_model(self._settings.models, chosen))
            try:
                async with asyncio.timeout(_PATIENCE_SECONDS):
                    answer = await model.sample(_question(load_template(model.template)))
            finally:
                await model.close()
        except TimeoutError:
            said = f"{chosen} had not answered after {_PATIENCE_SECONDS:g} s at {model.address}"
            return Finding(name, False, False, said)
        except PieError as error:
            return Finding(name, False, False, f"{chosen} does not answer. {str(error).rstrip('.')}")
        where = _where(model.is_remote, self._settings.allow_remote_models)
        said = f"{chosen} answers ({answer.usage.completion_tokens} tokens), {where}: {model.address}"
        return Finding(name, True, False, " ".join((said, *answer.remarks)))

    @property
    def _can_build(self) -> bool:
        return self._toolchain is not None and self._sandbox is not None

    async def _compile(self, mode: BuildMode) -> Binary | str:
        assert self._toolchain is not None and self._sandbox is not None, "asked for before"
        unit = TranslationUnit("program.cpp", self._scratch, _PROGRAM)
        try:
            built = await Compiler(self._toolchain, self._sandbox, self._scratch).build(unit, mode)
        except PieError as error:
            return str(error).rstrip(".")
        return built.reason.rstrip(".") if isinstance(built, BuildFailure) else built

    async def _run(self, binary: Binary) -> str | None:
        """What went wrong, or None."""
        assert self._sandbox is not None, "a binary was built in it"
        test = TestCase("empty input", b"")
        try:
            outcome = await run_test(self._sandbox, binary, test, self._settings.limits, self._scratch)
        except PieError as error:
            return str(error).rstrip(".")
        if outcome.ending is Ending.EXITED and outcome.exit_status == 0 and outcome.stdout == _SAYS:
            return None
        return f"{outcome.ending.value}, {outcome.stderr.decode('utf-8', 'replace').strip() or 'no message'}"


def _where(remote: bool, allowed: bool) -> str:
    if not remote:
        return "on this machine"
    if allowed:
        return "on another machine, to which your source is sent"
    return "on another machine, which is not sent your source until you set allow_remote_models"


def _question(template: Template) -> SamplingRequest:
    if template.form is not Form.PROGRAM:
        return SamplingRequest((Message(Role.USER, "Say OK."),), max_tokens=_FEW_TOKENS)
    program = _PROGRAM.decode()
    prompt = template.put_program(program, _BEST if template.scores else None)
    return SamplingRequest(prompt=prompt, max_tokens=_FEW_TOKENS)


def _cache() -> Finding:
    cache = open_cache()
    size, entries = cache.size(), cache.entries()
    cache.close()
    if cache.problems:
        return Finding("cache", False, False, " ".join(cache.problems))
    return Finding("cache", True, False, f"{entries} results, {size:,} bytes ({cache.folder})")
