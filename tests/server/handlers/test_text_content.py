from ...protocol.flow import SOURCE
from ..conftest import Harness


async def test_the_text_of_a_suggestion(harness: Harness) -> None:
    await harness.begin()
    await harness.finish()
    (run,) = (await harness.request("pie/results", {}))["runs"]
    asked = {"uri": run["candidates"][1]["proposed"]}
    answer = await harness.request("workspace/textDocumentContent", asked)
    assert answer == {"text": SOURCE.replace("slow", "faster")}
