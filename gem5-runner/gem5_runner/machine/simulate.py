"""One simulation, from the first to the last instruction of a program. Runs inside gem5 as its script.

The one argument is a JSON file, and the last thing printed is one line of JSON behind `MARK`: how the program
ended, and what its regions of interest (m5 work begin and end) took. Everything else is in gem5's statistics.
"""

import json
import sys
from pathlib import Path

MARK = "gem5-runner: "
MOST_REGIONS = 200_000
"""Entries into a region; each costs a stop of the simulator, and statistics are dumped at the first few."""
_DUMPED_REGIONS = 4


def main(path):
    """Simulate what the file at `path` asks for."""
    asked = json.loads(Path(path).read_text(encoding="utf-8"))
    try:
        import m5
        from m5.objects import X86O3CPU, Root  # noqa: F401
    except ImportError as error:
        return say({"ended": "no-x86", "detail": str(error)})
    import skylake

    system = skylake.build(asked["machine"], asked["memory"])
    process = skylake.process_of(
        asked["program"],
        asked["shown"],
        asked["stdin"],
        asked["stdout"],
        asked["stderr"],
        asked["environment"],
    )
    skylake.load(system, process)
    system.cpu.max_insts_any_thread = asked["max_instructions"]
    root = Root(full_system=False, system=system)
    m5.instantiate()
    try:
        from confinement import give_up_changing_files

        # Every file that the simulator writes is open now, and the program has not begun.
        give_up_changing_files()
    except (ImportError, OSError) as error:
        return say({"ended": "unconfined", "detail": str(error)})
    regions = Regions(m5, system.cpu)
    while True:
        event = m5.simulate()
        if not regions.took(event.getCause()):
            break
    m5.stats.dump()
    say(
        {
            "ended": event.getCause(),
            "status": event.getCode(),
            "final_tick": m5.curTick(),
            "total_instructions": system.cpu.totalInsts(),
            "regions": regions.report(),
        }
    )
    del root
    return None


class Regions:
    """Adds up what lies between m5 work begin and work end; nested regions count as one."""

    def __init__(self, m5, cpu):
        self._m5 = m5
        self._cpu = cpu
        self._depth = 0
        self._began = (0, 0)
        self._entries = 0
        self._ticks = 0
        self._instructions = 0

    def took(self, cause):
        """Whether `cause` is the border of a region, after which the simulation goes on."""
        if cause not in ("workbegin", "workend") or self._entries > MOST_REGIONS:
            return False
        now = self._m5.curTick(), self._cpu.totalInsts()
        if cause == "workbegin":
            self._depth += 1
            if self._depth == 1:
                self._entries += 1
                self._began = now
                self._dump()
        elif self._depth > 0:
            self._depth -= 1
            if self._depth == 0:
                self._ticks += now[0] - self._began[0]
                self._instructions += now[1] - self._began[1]
                self._dump()
        return True

    def report(self):
        """What was added up; a region that the program ended in lasts to its end."""
        if self._depth > 0:
            self._ticks += self._m5.curTick() - self._began[0]
            self._instructions += self._cpu.totalInsts() - self._began[1]
        return {
            "entries": self._entries,
            "ticks": self._ticks,
            "instructions": self._instructions,
            "open": self._depth,
        }

    def _dump(self):
        if self._entries <= _DUMPED_REGIONS:
            self._m5.stats.dump()
            self._m5.stats.reset()


def say(values):
    """Print the one line that the runner reads."""
    sys.stdout.write("\n" + MARK + json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__m5_main__":
    main(sys.argv[1])
