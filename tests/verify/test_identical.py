"""A rewrite with the same machine code is dropped."""

from dataclasses import replace

from pie_lsp.values.report import Stage
from pie_lsp.values.toolchain import Binary
from pie_lsp.verify.identical import reject_identical


def test_identical_machine_code_is_dropped(programs: tuple[Binary, Binary]) -> None:
    old, odd = programs
    assert reject_identical(old, odd) is None
    rejection = reject_identical(old, replace(odd, code_digest=old.code_digest))
    assert rejection is not None and rejection.stage is Stage.IDENTICAL
