"""Chooses a backend by name; the only place that knows all of them."""

import asyncio
from pathlib import Path

from pie_lsp.measure.contract import Backend
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MissingToolError, SettingsError
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Link

BACKENDS = ("estimate", "gem5", "native")


async def choose_backend(
    name: str, model: str, link: Link, sandbox: Sandbox, scratch: Path, limits: RunLimits
) -> Backend:
    """Return the backend called `name`, ready to measure; `model` is the machine that `estimate` estimates.

    Raises MissingToolError where a program that it needs is not installed, MeasurementError where it cannot
    work here, and SettingsError for a name or a model that does not exist.
    """
    match name:
        case "estimate":
            return await _estimate(model, link, sandbox, scratch, limits)
        case "native":
            from pie_lsp.measure.native import NativeBackend

            return NativeBackend(sandbox, scratch, limits)
        case "gem5":
            raise MissingToolError(
                "This version of pie-lsp cannot measure with gem5 itself; use --backend estimate, "
                "which predicts gem5's Skylake."
            )
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


async def _estimate(model: str, link: Link, sandbox: Sandbox, scratch: Path, limits: RunLimits) -> Backend:
    from pie_lsp.measure.estimate.backend import EstimateBackend
    from pie_lsp.measure.estimate.formula import machine_named
    from pie_lsp.measure.estimate.plugin import prepare_emulator

    machine = machine_named(model)
    emulator = await asyncio.to_thread(prepare_emulator)
    return EstimateBackend(emulator, machine, link, sandbox, scratch, limits)
