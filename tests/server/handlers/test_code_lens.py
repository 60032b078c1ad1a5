import dataclasses

from pie_lsp.engine.contract import Listener, OptimizeRequest
from pie_lsp.values.measurement import Baseline, Cost
from pie_lsp.values.report import OptimizeReport

from ...protocol.fake_server import optimize
from ...protocol.flow import PROGRAM
from ..conftest import Harness


async def test_a_lens_only_where_a_result_holds(harness: Harness) -> None:
    await harness.begin()
    document = {"textDocument": {"uri": harness.uri}}
    assert await harness.request("textDocument/codeLens", document) == []
    await harness.finish()
    (lens,) = await harness.request("textDocument/codeLens", document)
    assert lens["range"]["start"] == {"line": 1, "character": 5}
    assert lens["command"]["command"] == "pie.preview" and lens["command"]["arguments"][0]["rank"] == 1
    identifier = {"uri": harness.uri, "version": 2}
    change = {"text": "void f() {\n  slow();\n}\n"}
    harness.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
    assert await harness.request("textDocument/codeLens", document) == []
    nowhere = {"textDocument": {"uri": "file:///not/open.cpp"}}
    assert await harness.request("textDocument/codeLens", nowhere) == []


async def test_a_share_that_optimizing_measured_is_shown_until_there_is_a_profile(harness: Harness) -> None:
    async def measuring(request: OptimizeRequest, listener: Listener, cache: object) -> OptimizeReport:
        report = await optimize(request, listener, cache)
        best = dataclasses.replace(report.suggestions[0], share_before=0.92, share_after=0.2)
        costs = (Cost(34, "cycles"), Cost(1, "cycles"))
        baseline = Baseline("estimate", "skylake/1", "cycles", 1, costs)
        return dataclasses.replace(report, suggestions=(best,), baseline=baseline)

    async def titles() -> list[str]:
        found = await harness.request("textDocument/codeLens", {"textDocument": {"uri": harness.uri}})
        return [lens["command"]["title"] for lens in found]

    await harness.begin(PROGRAM)
    harness.server._optimize = measuring
    await harness.finish()
    assert await titles() == [
        "1 verified faster version: 3.40x faster, estimated Skylake cycles, 12 tests",
        "92 % of the cost on 2 tests (estimate)",
        "Profile this file",
    ]
    await harness.execute("pie.profile", {"uri": harness.uri})
    await harness.message("most expensive")
    assert (await titles())[1:] == [
        "80 % of the cost on 6 tests (estimate)",
        "10 % of the cost on 6 tests (estimate)",
    ]
