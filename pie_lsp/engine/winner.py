"""What a candidate is that survived everything."""

from dataclasses import dataclass, field

from pie_lsp.engine.gather import Draft
from pie_lsp.values.measurement import Comparison, LayoutRange, NativeAdvice
from pie_lsp.values.toolchain import Binary


@dataclass(frozen=True, slots=True)
class Winner:
    """A candidate that survived everything.

    comparison   by the backend of the request, also where a clock decided
    ranking      the ratio that the gate judged: the speedup, the net one on tiny inputs, or the clock's
    unchecked    tests that are too long or too large for sanitizers
    binary       as it was tested and measured
    layouts      the gain in several layouts; None where a clock decided
    system_time  it saves system calls, which no model charges for, and a clock confirmed that it gains
    native       what that clock, or the one that is asked for advice, says
    """

    draft: Draft
    comparison: Comparison
    passed: int
    ranking: float
    notes: tuple[str, ...]
    unchecked: int = 0
    layouts: LayoutRange | None = None
    system_time: bool = False
    native: NativeAdvice | None = None
    binary: Binary = field(kw_only=True)

    @property
    def group(self) -> int:
        """Ratios of different backends are never compared, so each kind of winner is ranked by itself.

        First those that a model measured, then those for which a clock alone stands, and last those that the
        clock of this machine finds slower. So a clock decides which group a winner is in, and there the order
        of two runs may differ; within the first group and between its winners it says nothing.
        """
        if self.native is not None and self.native.slower:
            return 2
        return 1 if self.system_time else 0

    @property
    def order(self) -> tuple[int, float]:
        """Sorts the best first."""
        return self.group, -self.ranking
