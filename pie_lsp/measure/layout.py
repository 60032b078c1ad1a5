"""Decides whether a gain is more than the chance of where code and stack come to lie; knows no compiler.

gem5's Skylake fetches aligned blocks of 16 bytes, so the same program costs 0 to 2 % more or less where it
lies otherwise, 12 % at worst, and 27 % in a layout that nobody wants (thirty programs in five layouts, in
gem5). An edit moves all the code behind it, and may seem to gain by that alone.

The rule: in its worst layout a rewrite must keep more of its gain than the layout takes away. With `shown`
as the figure that a title shows and `low` as the least of all, layout takes ``shown / low``, and `low` is
left; a gain with ``low <= shown / low`` lies inside the range of what layout does and is not offered. A
rewrite that only lies better gains next to nothing where every loop is aligned, so its `low` is near 1; one
that does less work gains in every layout. Where more than 27 % is left in every layout, that is more than
layout does to whole programs, and the gain is believed even if a tight loop is in luck besides (a loop within
one block needs no further fetch at all, and may be three times as fast as one across two).

Old and new are compared in the same layout, since one that is bad for both says nothing about the edit: the
original of the bundled `grades` moves by 7 %, and IO4 gains 1.18 to 1.20 on it in each of seven layouts. A
rule that sets the gain against the range of the original alone would refuse such gains below 1.07 in vain.
"""

from collections.abc import Sequence

from pie_lsp.measure.compare import total
from pie_lsp.values.measurement import Comparison, LayoutFigure, LayoutRange

AS_BUILT = "as built"
MOST_BY_LAYOUT = 1.27
"""The most that layout alone was seen to do to a program."""


def layout_range(compared: Sequence[tuple[str, Comparison]], *, net: bool) -> LayoutRange:
    """The gain by layout; `net` where the figure without start-up is the one that is judged."""
    return LayoutRange(
        tuple(
            LayoutFigure(
                name,
                total(comparison.old),
                total(comparison.new),
                comparison.speedup_net if net else comparison.speedup,
            )
            for name, comparison in compared
        )
    )


def layout_doubt(found: LayoutRange) -> str:
    """Why the gain may be nothing but layout, a sentence; empty where it is more.

    The first of the figures is the one that is shown.
    """
    shown, low = found.figures[0].speedup, found.low
    if low > min(shown / low, MOST_BY_LAYOUT):
        return ""
    worst = min(found.figures, key=lambda figure: figure.speedup)
    return (
        f"It is {shown:.2f}x as fast as it is built, but between {low:.2f}x and {found.high:.2f}x over "
        f"{len(found.figures)} layouts of the same code ({low:.2f}x: {worst.layout}), so the gain may be "
        "nothing but where the code happens to lie."
    )
