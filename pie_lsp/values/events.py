"""What the engine tells its listeners while it works; each face words them in its own way."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of the whole job.

    stage    what is being done now, for people: "compiling 3 candidates"
    done     steps finished; never falls
    total    steps known so far; may grow as candidates appear
    """

    stage: str
    done: int
    total: int

    @property
    def percentage(self) -> int:
        """0 to 100."""
        return 100 * self.done // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class CandidateJudged:
    """One candidate reached its verdict: a speedup, or the sentence why it is rejected.

    by_clock  the speedup is one in processor time on this machine, and not in the unit of the others
    """

    title: str
    function: str
    speedup: float | None
    reason: str | None
    by_clock: bool = False


Event = Progress | CandidateJudged
