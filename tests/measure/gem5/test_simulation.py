"""How gem5-runner is started: what the sandbox is asked for, and what becomes of a runner that fails."""

import json
from pathlib import Path

import pytest

from pie_lsp.measure.estimate.emulation import ENVIRONMENT
from pie_lsp.measure.gem5.installation import Installation
from pie_lsp.measure.gem5.simulation import Simulator, simulate
from pie_lsp.sandbox.contract import Ending, Outcome, SandboxCommand
from pie_lsp.values.errors import MeasurementError
from pie_lsp.values.settings import RunLimits

NOWHERE = Path("/nowhere")
INSTALLATION = Installation(NOWHERE / "gem5", NOWHERE / "runner", NOWHERE / "python", (NOWHERE / "gem5",))
GIBIBYTE = 1 << 30


class Noting:
    """Answers with one outcome, and remembers what it was asked for."""

    name = "noting"

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.commands: list[SandboxCommand] = []

    async def run(self, command: SandboxCommand) -> Outcome:
        self.commands.append(command)
        return self.outcome


async def asked(outcome: Outcome, scratch: Path, limits: RunLimits | None = None) -> SandboxCommand:
    noting = Noting(outcome)
    simulator = Simulator(INSTALLATION, "skylake-pie", noting, scratch, limits or RunLimits())
    with pytest.raises(MeasurementError):
        await simulate(simulator, scratch / "program", b"1 2\n")
    (command,) = noting.commands
    return command


def ended(stderr: bytes = b"") -> Outcome:
    return Outcome(Ending.EXITED, 1, None, b"", stderr, 0.0)


async def test_the_program_sees_one_variable_and_the_request_says_everything(tmp_path: Path) -> None:
    command = await asked(ended(), tmp_path)
    assert command.stdin is not None
    request = json.loads(command.stdin.read_bytes())
    ((name, value),) = ENVIRONMENT
    assert request["environment"] == [f"{name}={value}"]
    assert request["machine"] == "skylake-pie"
    box = dict(command.box)
    assert (request["program"], request["stdin"]) == ("prog", "input")
    assert box["prog"] == tmp_path / "program"
    assert box["input"].read_bytes() == b"1 2\n"
    # gem5 itself and its runner see no variable at all, and nothing but their own folder can be written.
    assert (command.environment, command.writable) == ((), ())
    assert command.readable == INSTALLATION.readable


async def test_limits_come_from_the_settings_and_from_no_clock(tmp_path: Path) -> None:
    for seconds, gibibytes in ((10, 1), (3, 4)):
        limits = RunLimits(cpu_seconds=seconds, memory_bytes=gibibytes * GIBIBYTE)
        command = await asked(ended(), tmp_path, limits)
        assert command.stdin is not None and command.limits.memory_bytes is not None
        request = json.loads(command.stdin.read_bytes())
        assert request["max_instructions"] == seconds * 10_000_000
        assert request["memory"] == f"{gibibytes + 1}GiB"
        # A program cannot take more of this machine's memory than that and what the simulator needs.
        assert command.limits.memory_bytes == (gibibytes + 3) * GIBIBYTE
        # Guards are far beyond the limit that decides.
        assert command.limits.cpu_seconds > request["max_instructions"] / 100_000
        assert command.limits.wall_seconds > request["wall_seconds"] > command.limits.cpu_seconds


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (ended(b"Traceback\nImportError: no such module\n"), "does not start .ImportError: no such module"),
        (ended(), "no message"),
        (Outcome(Ending.CPU_LIMIT, None, 24, b"", b"", 0.0), "takes too long"),
        (Outcome(Ending.WALL_GUARD, None, 9, b"", b"", 0.0), "takes too long"),
        (Outcome(Ending.FILE_LIMIT, None, 25, b"", b"", 0.0), "more than the output limit"),
        (Outcome(Ending.SIGNALED, None, 9, b"", b"", 0.0), "ended from outside .Killed"),
        (Outcome(Ending.EXITED, 0, None, b"{}", b"", 0.0), "same release"),
    ],
)
async def test_a_runner_that_fails_is_a_sentence(tmp_path: Path, outcome: Outcome, sentence: str) -> None:
    simulator = Simulator(INSTALLATION, "skylake-pie", Noting(outcome), tmp_path, RunLimits())
    with pytest.raises(MeasurementError, match=sentence):
        await simulate(simulator, tmp_path / "program", b"")
