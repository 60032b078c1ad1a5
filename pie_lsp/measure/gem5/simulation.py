"""Runs gem5-runner once in the sandbox, on one program and one input. Knows limits, and nothing of costs.

Syscall emulation hands a program's file calls to this machine, so the simulator is confined as the program
itself would be: it sees the program, its input, gem5 and Python, and writes into its private folder alone.
"""

import signal
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.measure.estimate.emulation import ENVIRONMENT
from pie_lsp.measure.gem5.installation import Installation
from pie_lsp.measure.gem5.schema import Answer, Fault, Question, read_answer
from pie_lsp.sandbox.contract import Ending, Limits, Outcome, Sandbox, SandboxCommand
from pie_lsp.sandbox.inputs import input_file
from pie_lsp.values.errors import MeasurementError, MissingToolError
from pie_lsp.values.settings import RunLimits

_GIBIBYTE = 1 << 30
_INSTRUCTIONS_PER_SECOND = 10_000_000
"""Of the limit on processor time. gem5 simulates 0.2 to 0.4 million a second, so ten seconds allowed are a
hundred million instructions and some minutes; a limit in instructions is the same on every machine."""
_SLOWEST = 20_000
"""Instructions that gem5 simulates in a second where it is ten times slower than usual; only for guards."""
_START_SECONDS = 120
_SIMULATOR_MEMORY = 2 * _GIBIBYTE
"""Address space of gem5 and Python beside the simulated memory; half of it was enough."""
_START = """
import importlib.util, runpy, sys
folder = sys.argv.pop(1)
spec = importlib.util.spec_from_file_location(
    "gem5_runner", folder + "/__init__.py", submodule_search_locations=[folder]
)
sys.modules["gem5_runner"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
runpy.run_module("gem5_runner", run_name="__main__", alter_sys=True)
"""
"""Python runs isolated, so that neither the environment nor a folder adds modules. It is shown the package
alone and not the folder around it, where Python would look for it by itself."""
_NOT_INSTALLED = ("missing", "not-gem5", "wrong-isa", "wrong-version")


@dataclass(frozen=True, slots=True)
class Simulator:
    """Where gem5 is, what it simulates, and what confines it."""

    installation: Installation
    machine: str
    sandbox: Sandbox
    scratch: Path
    limits: RunLimits


async def simulate(simulator: Simulator, program: Path, content: bytes) -> Answer:
    """Simulate `program` with `content` on its standard input.

    Raises MissingToolError where gem5 itself is at fault, and MeasurementError where there is no figure.
    """
    answer = read_answer(_line(await simulator.sandbox.run(_command(simulator, program, content))))
    if isinstance(answer, Fault):
        kind = MissingToolError if answer.kind in _NOT_INSTALLED else MeasurementError
        raise kind(answer.message)
    return answer


def _command(simulator: Simulator, program: Path, content: bytes) -> SandboxCommand:
    found, limits = simulator.installation, simulator.limits
    instructions = limits.cpu_seconds * _INSTRUCTIONS_PER_SECOND
    seconds = instructions // _SLOWEST + _START_SECONDS
    gibibytes = simulated_gibibytes(limits)
    question = Question(
        machine=simulator.machine,
        program="prog",
        stdin="input",
        max_instructions=instructions,
        wall_seconds=3.0 * seconds,
        memory=f"{gibibytes}GiB",
        environment=tuple(f"{name}={value}" for name, value in ENVIRONMENT),
    )
    # The box is rewritten in arguments alone, hence a root that the request's paths start from.
    argv = (str(found.interpreter), "-I", "-B", "-c", _START, str(found.runner))
    return SandboxCommand(
        argv=(*argv, "--gem5", str(found.gem5), "--root", "/box/", "--scratch", "."),
        box=(("prog", program), ("input", input_file(content, simulator.scratch))),
        readable=found.readable,
        stdin=input_file(question.line().encode(), simulator.scratch),
        limits=Limits(
            cpu_seconds=seconds,
            wall_seconds=3.0 * seconds + _START_SECONDS,
            memory_bytes=gibibytes * _GIBIBYTE + _SIMULATOR_MEMORY,
            file_bytes=max(limits.output_bytes, 64 << 20),
        ),
    )


def simulated_gibibytes(limits: RunLimits) -> int:
    """Memory of the simulated machine: what the program may use, and one more for what surrounds it.

    The machine that is modelled has 32 GiB. Ticks do not depend on how much there is, and a program must not
    be able to take more of this machine's memory than its limit says.
    """
    return -(-limits.memory_bytes // _GIBIBYTE) + 1


def _line(outcome: Outcome) -> str:
    if outcome.ending is Ending.EXITED and outcome.exit_status == 0:
        return outcome.stdout.decode("utf-8", "replace")
    if outcome.ending in (Ending.CPU_LIMIT, Ending.WALL_GUARD):
        raise MeasurementError("gem5 takes too long on this program; give it smaller inputs.")
    if outcome.ending is Ending.FILE_LIMIT:
        raise MeasurementError("Under gem5 the program writes more than the output limit allows.")
    if outcome.signal is not None:
        name = signal.strsignal(outcome.signal) or f"signal {outcome.signal}"
        raise MeasurementError(f"gem5-runner was ended from outside ({name}), so nothing was measured.")
    lines = outcome.stderr.decode("utf-8", "replace").splitlines()
    raise MeasurementError(
        f"gem5-runner does not start ({lines[-1] if lines else 'no message'}); reinstall pie-lsp."
    )
