"""A checkpoint on this machine takes part in a job; its nonsense is refused with reasons."""

import os
from pathlib import Path

import pytest

from pie_lsp.engine.optimize import optimize
from pie_lsp.values.candidate import ProposerKind
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.report import Stage
from pie_lsp.values.settings import Settings
from tests.models.local.tiny import build_causal, build_translating, needs_torch

from .conftest import Project

pytestmark = needs_torch

PLAIN = b"""\
#include <cstdio>
static int twice(int n) { return n * 2; }
int main() {
    int n = 0;
    if (scanf("%d", &n) != 1) return 1;
    printf("%d\\n", twice(n));
}
"""
REASONS = ("It was cut off", "It holds no definition of the function twice", "It is empty")


@pytest.mark.parametrize(
    ("family", "template", "strategy"),
    [
        ("causal", "pie-conditioned", "performance-conditioned-mixed"),
        ("translating", "program", "instruction"),
    ],
)
async def test_nonsense_of_a_real_checkpoint_is_refused_with_reasons(
    tmp_path: Path, family: str, template: str, strategy: str
) -> None:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    folder = tmp_path / family
    build = build_causal if family == "causal" else build_translating
    checkpoint = build(folder)
    path = tmp_path / "plain.cpp"
    path.write_bytes(PLAIN)
    project = Project(path)
    project.add_test("1", b"3\n", b"6\n")
    model = ModelSettings("tiny", checkpoint=str(checkpoint), template=template, device="cpu", context=4000)
    settings = Settings(
        models=(model,), language_model="tiny", strategy=strategy, samples=2, repairs=0, budget_seconds=600
    )
    report = await optimize(project.request("twice", settings), lambda event: None)
    assert report.suggestions == ()
    fallen = [one for one in report.rejected if one.provenance.kind is ProposerKind.MODEL]
    assert len(fallen) == 2, report.advice
    assert all(one.rejection.stage is Stage.PREPARE for one in fallen)
    assert all(one.rejection.reason.startswith(REASONS) for one in fallen), fallen
    assert dict(fallen[0].provenance.details)["model"].startswith("checkpoint|")
    assert any(line.startswith("The language model tiny was asked") for line in report.advice)
