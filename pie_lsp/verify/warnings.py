"""Part of tier T1: a rewrite draws no warning of the compiler that the original does not draw."""

from collections import Counter

from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import Binary


def reject_new_warnings(old: Binary, new: Binary) -> Rejection | None:
    """A rejection where a warning is new, or comes more often. They are compared without line numbers."""
    more = Counter(new.warnings) - Counter(old.warnings)
    if not more:
        return None
    first = next(warning for warning in new.warnings if warning in more)
    return Rejection(
        Stage.BUILD, f"The compiler warns of something that it does not in the original: {first}"
    )
