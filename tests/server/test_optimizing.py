import asyncio

import pytest

from pie_lsp.engine.contract import Listener, OptimizeRequest
from pie_lsp.values.errors import InputError, PieError
from pie_lsp.values.events import CandidateJudged, Progress
from pie_lsp.values.report import OptimizeReport

from .conftest import Harness
from .making import make_report


async def run(harness: Harness, error: BaseException | None) -> None:
    """Run a job whose engine ends in that way."""

    async def optimize(request: OptimizeRequest, listener: Listener, _cache: object) -> OptimizeReport:
        listener(Progress("testing", 1, 2))
        listener(CandidateJudged("x", "f", None, "slower"))
        if error is not None:
            raise error
        return make_report((), ("No faster equivalent found: 1 not faster.",))

    await harness.begin()
    harness.server._optimize = optimize
    await harness.execute("pie.optimize", {"uri": harness.uri, "function": "f"})


@pytest.mark.parametrize(
    ("error", "sentence", "kind"),
    [
        (None, "'f': No faster equivalent found: 1 not faster.", 3),
        (InputError("Add a test."), "'f': Add a test.", 1),
        (PieError("No sandbox."), "'f': No sandbox.", 1),
        (RuntimeError("a defect"), "because of a defect in pie-lsp", 1),
    ],
)
async def test_every_end_is_said_once(
    harness: Harness, error: Exception | None, sentence: str, kind: int
) -> None:
    await run(harness, error)
    assert sentence in await harness.message("'f'")
    shown = [m["params"]["type"] for m in harness.sent if m.get("method") == "window/showMessage"]
    assert shown == [kind]


async def test_a_cancelled_job_says_nothing(harness: Harness) -> None:
    await run(harness, asyncio.CancelledError())
    await harness.actions()
    assert not [m for m in harness.sent if m.get("method") == "window/showMessage"]
    assert list(harness.server.results.of("file://" + harness.uri.removeprefix("file://"))) == []
