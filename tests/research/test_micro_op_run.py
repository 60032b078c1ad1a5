"""A few forms in the real gem5, where PIE_LSP_GEM5 names one: the figures that come with the package."""

from pathlib import Path

import pytest

from pie_lsp.measure.gem5.installation import VARIABLE
from pie_lsp.research.micro_op_forms import Form, forms
from pie_lsp.research.micro_op_records import packaged
from pie_lsp.research.micro_op_run import measured_in_gem5
from pie_lsp.values.errors import MeasurementError, MissingToolError
from pie_lsp.values.settings import Settings

FEW = ("cqo", "pop rax", "push rax", "call rax", "ret", "idiv rcx", "bsf rax, rcx", "pand xmm0, xmm1")


@pytest.fixture
def gem5(real_gem5: Path) -> str:
    return str(real_gem5)


async def test_the_packaged_figures_come_out_again(gem5: str) -> None:
    asked = [form for form in forms() if form.text in FEW or form.name == "rep movsb"]
    measured = await measured_in_gem5(asked, Settings(gem5=gem5))
    assert measured.gem5 == packaged().gem5
    known = {form.form: form for form in packaged().forms}
    assert list(measured.forms) == [known[form] for form in asked]


async def test_an_instruction_that_the_compiler_does_not_know_gives_no_figure(gem5: str) -> None:
    with pytest.raises(
        MeasurementError, match=r"No form could be measured. The compiler does not know the form"
    ):
        await measured_in_gem5([Form("frobnicate", "rax")], Settings(gem5=gem5))


async def test_without_gem5_it_says_what_to_set() -> None:
    with pytest.raises(MissingToolError, match=VARIABLE):
        await measured_in_gem5(forms()[:1], Settings(gem5="/nowhere/gem5"))
