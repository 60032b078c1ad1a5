import asyncio

from pie_lsp.research.clocked import ClockedSandbox
from pie_lsp.sandbox.contract import Ending, Outcome, Sandbox, SandboxCommand

COMMAND = SandboxCommand(("/bin/true",))


class Playing:
    """Answers with outcomes that are told."""

    name = "playing"

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.asked: list[SandboxCommand] = []

    async def run(self, command: SandboxCommand) -> Outcome:
        self.asked.append(command)
        return self.outcomes.pop(0)


async def test_the_time_of_all_commands_is_added_up_however_they_end() -> None:
    outcomes = (
        Outcome(Ending.EXITED, 0, None, b"out", b"err", 1.5),
        Outcome(Ending.SIGNALED, None, 11, b"", b"", 0.25),
        Outcome(Ending.CPU_LIMIT, None, 24, b"", b"", 10.0),
    )
    inner = Playing(*outcomes)
    clocked: Sandbox = ClockedSandbox(inner)
    assert isinstance(clocked, ClockedSandbox)
    assert (clocked.name, clocked.seconds) == ("playing", 0.0)
    assert [await clocked.run(COMMAND) for _ in outcomes] == list(outcomes)
    assert inner.asked == [COMMAND] * 3
    assert clocked.seconds == 11.75


async def test_two_clocks_on_one_sandbox_know_their_own_commands_only(sandbox: Sandbox) -> None:
    first, second = ClockedSandbox(sandbox), ClockedSandbox(sandbox)
    outcomes = await asyncio.gather(first.run(COMMAND), first.run(COMMAND))
    assert [outcome.exit_status for outcome in outcomes] == [0, 0]
    assert first.seconds == sum(outcome.cpu_seconds for outcome in outcomes)
    assert (first.name, second.seconds) == (sandbox.name, 0.0)
