from ..conftest import Harness


async def test_a_token_stops_its_job_and_other_tokens_do_nothing(harness: Harness) -> None:
    await harness.begin("void f() { /* WAIT */ slow(); }\n")
    started = await harness.execute("pie.optimize", {"uri": harness.uri, "function": "f"})
    await harness.until(lambda m: m.get("method") == "$/progress")
    for token in ("unknown", 7, started["result"]["job"], started["result"]["job"]):
        harness.notify("window/workDoneProgress/cancel", {"token": token})
    end = await harness.until(lambda m: m.get("params", {}).get("value", {}).get("kind") == "end")
    assert end["params"]["token"] == started["result"]["job"]
    assert end["params"]["value"]["message"] == "cancelled"
