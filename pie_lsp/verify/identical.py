"""Part of tier T1: a rewrite that compiles to the same machine code is no rewrite."""

from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.toolchain import Binary


def reject_identical(old: Binary, new: Binary) -> Rejection | None:
    """A rejection where everything that is loaded into memory is the same in both programs."""
    if old.code_digest != new.code_digest:
        return None
    return Rejection(Stage.IDENTICAL, "The compiler makes the same machine code of it as of the original.")
