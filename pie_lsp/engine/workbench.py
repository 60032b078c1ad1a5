"""The tools of one request: a sandbox with two hands, a compiler, a backend, a scratch folder.

Everything untrusted that a request runs goes through `Workbench.sandbox`, so that one number bounds
how many processes are at work, and closing the workbench leaves nothing behind.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pie_lsp.build.compile_commands import project_flags
from pie_lsp.build.compiler import Compiler
from pie_lsp.build.toolchain import find_toolchain
from pie_lsp.measure.contract import Backend
from pie_lsp.measure.registry import choose_backend, confirming, screening
from pie_lsp.sandbox.choose import choose_sandbox
from pie_lsp.sandbox.contract import Outcome, Sandbox, SandboxCommand
from pie_lsp.sandbox.private import locked_folder, sweep
from pie_lsp.values.errors import InputError, MeasurementError, MissingToolError, PieError
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Binary, BuildFailure, BuildMode, Toolchain, TranslationUnit


class ThrottledSandbox:
    """A sandbox that runs at most `hands` commands at a time."""

    def __init__(self, inner: Sandbox, hands: int) -> None:
        self._inner = inner
        self._hands = hands
        self._slots = asyncio.Semaphore(hands)
        self._one_clock = asyncio.Lock()

    @property
    def name(self) -> str:
        """Name of the sandbox that does the work."""
        return self._inner.name

    async def run(self, command: SandboxCommand) -> Outcome:
        """Wait for a free hand, then run `command`."""
        async with self._slots:
            return await self._inner.run(command)

    @asynccontextmanager
    async def one_at_a_time(self) -> AsyncIterator[None]:
        """Inside, no two commands run beside each other, so that a clock measures a quiet machine."""
        async with self._one_clock, AsyncExitStack() as held:
            for _ in range(self._hands - 1):
                await held.enter_async_context(self._slots)
            yield


@dataclass(frozen=True, slots=True)
class Workbench:
    """What every stage of one request works with.

    confirming  starts the slower backend that confirms what `backend` screened; None where there is none
    """

    sandbox: ThrottledSandbox
    toolchain: Toolchain
    compiler: Compiler
    backend: Backend
    scratch: Path
    advice: tuple[str, ...] = ()
    confirming: Callable[[], Awaitable[Backend]] | None = None

    @asynccontextmanager
    async def quiet(self, backend: Backend) -> AsyncIterator[None]:
        """Measure inside: with a clock, nothing else runs meanwhile."""
        if not backend.is_clock:
            yield
            return
        async with self.sandbox.one_at_a_time():
            yield

    async def build_original(self, unit: TranslationUnit) -> Binary:
        """Build the user's own program. Raises InputError where it does not compile."""
        built = await self.compiler.build(unit, BuildMode.OPTIMIZED)
        if isinstance(built, BuildFailure):
            flags = " ".join(self.toolchain.flags)
            how = f"with {flags}" if flags else "without flags"
            raise InputError(f"{unit.name} cannot be built {how}. {built.reason}")
        return built


@asynccontextmanager
async def open_workbench(
    settings: Settings, path: Path, *, expected_builds: int, or_clock: bool = True
) -> AsyncIterator[Workbench]:
    """Set the tools out for the file at `path`, and clear them away however the work ends.

    or_clock  where the estimate cannot run here, the native clock may take its place
    """
    base = Path(tempfile.gettempdir())
    await asyncio.to_thread(sweep, base, _SCRATCH)
    with locked_folder(base, _SCRATCH) as scratch:
        sandbox = ThrottledSandbox(await choose_sandbox(settings.allow_unsandboxed), settings.jobs)
        toolchain = await find_toolchain(settings, path)
        choose = backend_or_native if or_clock else _backend_alone
        backend, advice = await choose(settings, sandbox, scratch)
        compiler = Compiler(toolchain, sandbox, scratch, expected_builds=expected_builds)
        advice = (*_of_project(path), *_of_flags(toolchain), *advice)
        confirms = confirming_backend(settings, sandbox, scratch)
        yield Workbench(sandbox, toolchain, compiler, backend, scratch, advice, confirms)


_SCRATCH = "pie-lsp-scratch-"


def _of_project(path: Path) -> tuple[str, ...]:
    """What of the project's compilation database is not used, in a sentence."""
    project = project_flags(path)
    if project.problem is not None:
        return (project.problem,)
    if project.refused:
        words = ", ".join(flag.flag for flag in project.refused)
        return (f"{project.database} is untrusted, so these of its flags are ignored: {words}.",)
    return ()


def _of_flags(toolchain: Toolchain) -> tuple[str, ...]:
    """A warning where the compiler does not optimize, since nobody runs what is measured then."""
    levels = [flag for flag in toolchain.flags if flag.startswith("-O")]
    if levels and levels[-1] != "-O0":
        return ()
    what = "The flags ask for no optimization" if levels else "The flags have no -O, so nothing is optimized"
    return (f"{what}, and figures are those of a program that nobody ships; add -O2 or -O3 to them.",)


async def backend_or_native(
    settings: Settings, sandbox: Sandbox, scratch: Path
) -> tuple[Backend, tuple[str, ...]]:
    """The backend of the settings; where the estimate cannot run here, the native clock, and it says so."""
    try:
        return await _backend_alone(settings, sandbox, scratch)
    except (MissingToolError, MeasurementError) as error:
        if screening(settings.backend) != "estimate":
            raise
        return await native_backend(settings, sandbox, scratch), (instead_of_cycles(error),)


async def _backend_alone(
    settings: Settings, sandbox: Sandbox, scratch: Path
) -> tuple[Backend, tuple[str, ...]]:
    """The backend of the settings, and no other."""
    return await _chosen(settings.backend, settings, sandbox, scratch), ()


def confirming_backend(
    settings: Settings, sandbox: Sandbox, scratch: Path
) -> Callable[[], Awaitable[Backend]] | None:
    """What starts the backend that confirms; it is started only when there is something to confirm."""
    name = confirming(settings.backend, settings.gem5)
    return None if name is None else partial(_chosen, name, settings, sandbox, scratch)


async def _chosen(name: str, settings: Settings, sandbox: Sandbox, scratch: Path) -> Backend:
    chosen = settings
    return await choose_backend(name, chosen.model, chosen.link, sandbox, scratch, chosen.limits, chosen.gem5)


def instead_of_cycles(error: PieError) -> str:
    """What the user is told where the clock takes over, and why; the reason ends a sentence of its own."""
    return f"{str(error).rstrip('.')}. Times on this machine are shown instead."


async def native_backend(settings: Settings, sandbox: Sandbox, scratch: Path) -> Backend:
    """The native clock."""
    return await choose_backend("native", "", settings.link, sandbox, scratch, settings.limits)
