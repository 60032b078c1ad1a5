"""What a candidate is that survived everything."""

from dataclasses import dataclass, field

from pie_lsp.engine.gather import Draft
from pie_lsp.values.measurement import Comparison, LayoutRange, NativeAdvice, Origin
from pie_lsp.values.toolchain import Binary


@dataclass(frozen=True, slots=True)
class Winner:
    """A candidate that survived everything.

    comparison   by the backend of the request, also where a clock decided; by `origin` where there is one
    ranking      the ratio that the gate judged: the speedup, the net one on tiny inputs, or the clock's
    unchecked    tests that are too long or too large for sanitizers
    binary       as it was tested and measured
    layouts      the gain in several layouts; None where a clock decided
    system_time  it saves system calls, which no model charges for, and a clock confirmed that it gains
    native       what that clock, or the one that is asked for advice, says
    origin       the backend that confirmed what another had screened; None where none did
    screened     what the other said, where `origin` confirmed it
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
    origin: Origin | None = None
    screened: Comparison | None = None
    binary: Binary = field(kw_only=True)

    @property
    def group(self) -> int:
        """First those that a model measured, then those for which a clock alone stands, and last those that the
        clock of this machine finds slower.

        So a clock decides which group a winner is in, and there the order of two runs may differ; within the
        first group and between its winners it says nothing.
        """
        if self.native is not None and self.native.slower:
            return 2
        return 1 if self.system_time else 0

    @property
    def order(self) -> tuple[int, bool, float]:
        """Sorts the best first.

        Ratios of different backends are never compared: in a group, those that a simulator confirmed come
        before those that another backend screened alone.
        """
        return self.group, self.origin is None, -self.ranking
