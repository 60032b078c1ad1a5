"""The SDK loads in the place where it keeps nobody waiting."""

import asyncio
import sys

from tests.models.served import says, serving

LOADING = """
import asyncio, sys, threading
from pie_lsp.models.contract import Message, Role, SamplingRequest
from pie_lsp.models.registry import open_model
from pie_lsp.values.language_model import ModelSettings

class Watching:
    def find_spec(self, name, path=None, target=None):
        if name == "openai":
            print(threading.current_thread() is threading.main_thread())

async def main():
    model = await open_model(ModelSettings("m", address=sys.argv[1], served_name="m", context=8000))
    print((await model.sample(SamplingRequest((Message(Role.USER, "x"),)))).samples[0].text)
    await model.close()

sys.meta_path.insert(0, Watching())
asyncio.run(main())
"""


async def test_the_sdk_is_loaded_beside_the_loop_which_goes_on_serving() -> None:
    async with serving(says("well")) as served:
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", LOADING, served.address, stdout=asyncio.subprocess.PIPE
        )
        printed, _ = await child.communicate()
    assert printed.decode().split() == ["False", "well"]
