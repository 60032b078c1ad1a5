from ..conftest import Harness


async def test_runs_of_one_file_or_of_all(harness: Harness) -> None:
    await harness.begin()
    assert await harness.request("pie/results", {}) == {"runs": []}
    await harness.finish()
    (run,) = (await harness.request("pie/results", {}))["runs"]
    asked = {"textDocument": {"uri": harness.uri}}
    assert (await harness.request("pie/results", asked))["runs"] == [run]
    asked = {"textDocument": {"uri": harness.uri.replace("a.cpp", "b.cpp")}}
    assert await harness.request("pie/results", asked) == {"runs": []}
