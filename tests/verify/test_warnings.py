"""A rewrite draws no new warning."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pie_lsp.values.report import Stage
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.warnings import reject_new_warnings


@pytest.mark.parametrize(
    ("old", "new", "rejected"),
    [
        ((), (), False),
        (("unused x",), ("unused x",), False),
        (("unused x",), (), False),
        ((), ("unused x",), True),
        (("unused x",), ("unused x", "unused y"), True),
        (("unused x",), ("unused x", "unused x"), True),
    ],
)
def test_a_new_warning_is_rejected(
    programs: tuple[Binary, Binary], old: Sequence[str], new: Sequence[str], rejected: bool
) -> None:
    before, after = (replace(programs[0], warnings=tuple(lines)) for lines in (old, new))
    rejection = reject_new_warnings(before, after)
    assert (rejection is not None) == rejected
    assert rejection is None or (rejection.stage is Stage.BUILD and "unused" in rejection.reason)
