"""The worker as a process: what it is given, and that it does not outlive whoever started it."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pie_lsp.models.local.process import Worker, environment
from pie_lsp.values.errors import ModelAnswerError
from tests.models.local.tiny import needs_torch

STARTER = """
import asyncio, sys
from pie_lsp.models.contract import SamplingRequest
from pie_lsp.models.registry import open_model
from pie_lsp.values.language_model import ModelSettings

async def main():
    model = await open_model(ModelSettings("tiny", checkpoint=sys.argv[1], device="cpu"))
    await model.count_tokens("loaded")
    asking = asyncio.create_task(model.sample(SamplingRequest(prompt="for (int i" * 12_000, max_tokens=2)))
    await asyncio.sleep(0.5)
    print(model.worker_pid, flush=True)
    await asking

asyncio.run(main())
"""


def test_the_worker_gets_no_secrets_and_no_network() -> None:
    ours = {
        "OPENAI_API_KEY": "k",
        "HF_TOKEN": "t",
        "HF_HUB_TOKEN": "t",
        "HF_TOKEN_PATH": "/t",
        "HUGGING_FACE_HUB_TOKEN": "t",
        "my_password": "p",
        "GITHUB_PAT": "p",
        "DATABASE_URL": "postgres://me:p@db",
        "AWS_SESSION": "s",
        "LD_PRELOAD": "/tmp/mine.so",
        "HOME": "/home/me",
        "LC_ALL": "C",
        "HF_HOME": "/models",
        "HF_HUB_CACHE": "/models/hub",
        "CUDA_VISIBLE_DEVICES": "1",
        "HSA_OVERRIDE_GFX_VERSION": "11.0.0",
        "PATH": "/bin",
        "PYTHONPATH": os.pathsep.join(["", "relative", "/absolute"]),
        "OMP_WAIT_POLICY": "ACTIVE",
    }
    made = environment(ours)
    wanted = {"PATH", "PYTHONPATH", "OMP_WAIT_POLICY", "HOME", "LC_ALL", "HF_HOME", "HF_HUB_CACHE"}
    wanted |= {"CUDA_VISIBLE_DEVICES", "HSA_OVERRIDE_GFX_VERSION"}
    assert set(made) - set(environment({})) == wanted - {"OMP_WAIT_POLICY"}
    assert all(made[name] == ours[name] for name in wanted - {"PYTHONPATH"})
    assert (made["PATH"], made["HF_HUB_OFFLINE"], made["OMP_WAIT_POLICY"]) == ("/bin", "1", "ACTIVE")
    assert made["PYTHONPATH"].split(os.pathsep) == [os.path.abspath("relative"), "/absolute"]  # noqa: PTH100
    assert environment({})["OMP_WAIT_POLICY"] == "PASSIVE"


async def test_the_current_folder_has_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace could hold a file that is called like a library."""
    ran = tmp_path / "ran"
    for name in ("json", "queue", "torch", "pie_lsp"):
        (tmp_path / f"{name}.py").write_text(f"open({str(ran)!r}, 'w').close()")
    monkeypatch.chdir(tmp_path)
    worker = await Worker.start()
    worker.send({"do": "count", "id": 1, "text": "x"})
    assert "problem" in await worker.receive(1, lambda line: None)
    await worker.stop()
    assert not ran.exists()


async def test_the_last_words_of_a_worker_are_told() -> None:
    worker = await Worker.start()
    worker.send({"id": 1})
    with pytest.raises(ModelAnswerError, match="process that runs the model ended: KeyError"):
        await worker.receive(1, lambda line: None)
    assert not worker.alive


async def test_what_nobody_waits_for_any_more_is_dropped() -> None:
    worker = await Worker.start()
    for number in (1, 2):
        worker.send({"do": "count", "id": number, "text": "x"})
    assert (await worker.receive(2, lambda line: None))["id"] == 2
    await worker.stop()


@needs_torch
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
async def test_a_worker_does_not_outlive_its_parent(causal: Path, end: signal.Signals) -> None:
    words = (sys.executable, "-c", STARTER, str(causal))
    parent = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    worker = int(await parent.stdout.readline())
    parent.send_signal(end)
    await parent.wait()
    async with asyncio.timeout(30):
        while _state(worker) != "Z":  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def _state(pid: int) -> str:
    """As the kernel names it: Z for one that has ended, whoever still has to be told."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "Z"
