"""A server that others wrote: `transformers serve` with a tiny checkpoint, asked through our client.

It ignores `n`, refuses what it does not know with a status of its own, and names a model by its folder.
"""

import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from subprocess import STDOUT, Popen, TimeoutExpired
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from pie_lsp.models.contract import Finish, Message, Model, Role, SamplingRequest
from pie_lsp.models.registry import open_model
from pie_lsp.values.errors import ModelError
from pie_lsp.values.language_model import ModelSettings
from tests.models.local.tiny import build_causal, greedy_by_hand, needs_torch

needs_serving = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("fastapi", "uvicorn")),
    reason="fastapi or uvicorn is not installed, so transformers cannot serve; ./setup.sh test installs them",
)
pytestmark = [needs_torch, needs_serving]

PROMPT = "int main() { for"
GREEDY = SamplingRequest(prompt=PROMPT, temperature=0.0, max_tokens=12)
TEMPLATE = "{% for message in messages %}{{ message.content }}\n{% endfor %}"


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_causal(tmp_path_factory.mktemp("served"), template=TEMPLATE)
    # The server looks here whether to draw at random, as released checkpoints have it.
    config = folder / "generation_config.json"
    config.write_text(json.dumps({**json.loads(config.read_text()), "do_sample": True}))
    return folder


@pytest.fixture(scope="module")
def address(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "serve.log"
    words = ["serve", str(checkpoint), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    with log.open("wb") as said:
        command = [sys.executable, "-m", "transformers.cli.transformers", *words]
        server = Popen(command, stdout=said, stderr=STDOUT, env=environment)
    try:
        _wait_for(server, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait()


def _wait_for(server: "Popen[bytes]", root: str, log: Path) -> None:
    """A server that ends before it answers fails with its log; one that is slow is waited for."""
    direct = build_opener(ProxyHandler({}))
    while server.poll() is None:
        with contextlib.suppress(URLError, ConnectionError), direct.open(f"{root}/health", timeout=60):
            return
        with contextlib.suppress(TimeoutExpired):
            server.wait(0.2)
    pytest.fail(log.read_text(errors="replace"))


@contextlib.asynccontextmanager
async def asking(address: str, checkpoint: Path, **more: object) -> AsyncIterator[Model]:
    how = ModelSettings("tiny", address=address, served_name=str(checkpoint), template="chat", **more)  # type: ignore[arg-type]
    model = await open_model(how)
    try:
        yield model
    finally:
        await model.close()


async def test_its_greedy_answer_is_that_of_the_checkpoint(address: str, checkpoint: Path) -> None:
    async with asking(address, checkpoint) as model:
        answer = await model.sample(GREEDY)
    (sample,) = answer.samples
    assert sample.text == greedy_by_hand(checkpoint, PROMPT, 12)
    assert sample.finish is Finish.LENGTH
    assert (answer.usage.completion_tokens, answer.usage.requests) == (12, 1)
    assert answer.usage.prompt_tokens > 0


async def test_a_stream_of_it_is_the_same_text(address: str, checkpoint: Path) -> None:
    pieces: list[str] = []
    async with asking(address, checkpoint) as model:
        whole = await model.sample(GREEDY)
        told = await model.sample(GREEDY, pieces.append)
    assert "".join(pieces) == told.samples[0].text == whole.samples[0].text
    assert told.samples[0].finish is Finish.LENGTH


async def test_samples_that_it_does_not_make_at_once_are_asked_for_one_by_one(
    address: str, checkpoint: Path
) -> None:
    messages = (Message(Role.SYSTEM, "be brief"), Message(Role.USER, "int main() {"))
    request = SamplingRequest(messages, samples=3, temperature=40.0, max_tokens=8, seed=5)
    async with asking(address, checkpoint, parallel=1) as model:
        first, again = await model.sample(request), await model.sample(request)
    assert [sample.index for sample in first.samples] == [0, 1, 2]
    assert len({sample.text for sample in first.samples}) > 1
    assert first.usage.requests == 3
    assert again.samples == first.samples


async def test_a_stop_ends_its_answer(address: str, checkpoint: Path) -> None:
    async with asking(address, checkpoint) as model:
        whole = (await model.sample(GREEDY)).samples[0].text
        stop = whole[len(whole) // 2 :][:3]
        answer = await model.sample(replace(GREEDY, stop=(stop,)))
    assert answer.samples[0].text == whole.partition(stop)[0]
    assert answer.samples[0].finish is Finish.STOP


async def test_what_it_refuses_is_left_out_and_told(address: str, checkpoint: Path) -> None:
    async with asking(address, checkpoint, extra=(("repeat_penalty", "1.5"),)) as model:
        answer = await model.sample(GREEDY)
    assert answer.samples[0].text == greedy_by_hand(checkpoint, PROMPT, 12)
    assert any("repeat_penalty" in remark for remark in answer.remarks)


async def test_another_name_of_a_model_is_a_sentence(address: str, checkpoint: Path) -> None:
    async with asking(address, checkpoint / "other") as model:
        with pytest.raises(ModelError, match="other"):
            await model.sample(GREEDY)
