"""Chooses a backend by name; the only place that knows all of them."""

import asyncio
from pathlib import Path

from pie_lsp.measure.contract import Backend
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MissingToolError, SettingsError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Link

BACKENDS = ("auto", "estimate", "gem5", "native")
"""`auto` screens with the estimate, and has gem5 confirm where there is one."""


def screening(name: str) -> str:
    """The backend that measures everything where `name` is asked for: of `auto`, the estimate."""
    return "estimate" if name == "auto" else name


def confirming(name: str, gem5: str) -> str | None:
    """The backend that confirms what the screening one found; None where there is none.

    gem5  path of the simulator; where it is empty, the environment may name one
    """
    from pie_lsp.measure.gem5.installation import named_gem5

    return "gem5" if name == "auto" and named_gem5(gem5) else None


async def choose_backend(
    name: str, model: str, link: Link, sandbox: Sandbox, scratch: Path, limits: RunLimits, gem5: str = ""
) -> Backend:
    """Return the backend called `name`, or what screens for it, ready to measure.

    model  the machine that is estimated or simulated
    gem5   path of the simulator; where it is empty, the environment may name one

    Raises MissingToolError where a program that it needs is not installed, MeasurementError where it cannot
    work here, and SettingsError for a name or a model that does not exist.
    """
    match screening(name):
        case "estimate":
            return await _estimate(model, link, sandbox, scratch, limits)
        case "native":
            from pie_lsp.measure.native import NativeBackend

            return NativeBackend(sandbox, scratch, limits)
        case "gem5":
            return await _gem5(gem5, model, link, sandbox, scratch, limits)
        case _:
            raise SettingsError(f"There is no backend {name!r}; known are {', '.join(BACKENDS)}.")


def estimate_available() -> bool:
    """Whether the program that the estimate needs is installed."""
    from pie_lsp.measure.estimate.plugin import find_qemu

    try:
        find_qemu()
    except MissingToolError:
        return False
    return True


async def _gem5(
    setting: str, model: str, link: Link, sandbox: Sandbox, scratch: Path, limits: RunLimits
) -> Backend:
    from pie_lsp.measure.gem5.backend import Gem5Backend
    from pie_lsp.measure.gem5.installation import find_installation
    from pie_lsp.measure.gem5.schema import MACHINES
    from pie_lsp.measure.gem5.simulation import Simulator

    if model not in MACHINES:
        raise SettingsError(f"There is no machine model {model!r}; known are {', '.join(MACHINES)}.")
    simulator = Simulator(find_installation(setting), model, sandbox, scratch, limits)
    return await Gem5Backend.start(simulator, link)


async def _estimate(model: str, link: Link, sandbox: Sandbox, scratch: Path, limits: RunLimits) -> Backend:
    from pie_lsp.measure.estimate.backend import EstimateBackend
    from pie_lsp.measure.estimate.formula import machine_named
    from pie_lsp.measure.estimate.plugin import prepare_emulator

    machine = machine_named(model)
    emulator = await asyncio.to_thread(prepare_emulator)
    return EstimateBackend(emulator, machine, link, sandbox, scratch, limits)
