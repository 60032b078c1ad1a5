"""Starts the worker process of a checkpoint, talks to it in lines of JSON, and ends it.

It may start a process because that process is this package's own program on checkpoints that hold no code,
and because nothing else stops a forward pass: that of a large model takes longer than a person waits. The
worker ends when its standard input does, so that it does not outlive this process, however this one ends.
Knows lines and processes, and nothing of models.
"""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any

from pie_lsp.values.errors import ModelAnswerError

Line = dict[str, Any]
"""One message between here and the worker."""

_MOST_LINE_BYTES = 256 << 20
_KEPT_BYTES = 4096
_KEPT = re.compile(
    r"PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|TZ|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|XDG_CACHE_HOME|VIRTUAL_ENV|"
    r"HF_HOME|PYTHON(PATH|HOME|NOUSERSITE|UTF8|HASHSEED|DONTWRITEBYTECODE)|GPU_DEVICE_ORDINAL"
)
_KEPT_FAMILIES = re.compile(
    r"(LC|HF_HUB|TRANSFORMERS|TOKENIZERS|SAFETENSORS|ACCELERATE|BNB|TORCH|TORCHINDUCTOR|PYTORCH|TRITON|CUDA|CUBLAS|"
    r"CUDNN|NVIDIA|NCCL|HSA|HIP|ROCM|ROCR|ROCBLAS|HIPBLASLT|MIOPEN|OMP|GOMP|KMP|MKL|OPENBLAS|BLIS|NUMEXPR)_\w+"
)
"""What Python, its libraries of models and those below them look for. Everything else stays here."""
_SECRET = re.compile(r"KEY|TOKEN$|SECRET|PASSWORD|CREDENTIAL")


class Worker:
    """One worker. Whoever starts it stops it; after that it is not used again."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._last_words = b""
        self._errors = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls) -> "Worker":
        """Start a worker, which loads nothing yet."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            # Without this, Python would look for modules in the current folder, which may be a workspace.
            "-P",
            *("-m", "pie_lsp.models.local.worker"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_MOST_LINE_BYTES,
            cwd="/",
            env=environment(os.environ),
            start_new_session=True,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        """Number of its process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    def send(self, line: Line) -> None:
        """Give it one message. Whether it got it shows when it answers."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError, RuntimeError):
            self._process.stdin.write(json.dumps(line).encode() + b"\n")

    async def receive(self, wanted: int, on_line: Callable[[Line], None]) -> Line:
        """The last message about the request number `wanted`; those before it go to `on_line`.

        Messages about other requests are left over from those that were given up, and are dropped. Raises
        ModelAnswerError where the worker ends first.
        """
        assert self._process.stdout is not None
        while raw := await self._process.stdout.readline():
            line: Line = json.loads(raw)
            if line["id"] == wanted:
                if line.get("last"):
                    return line
                on_line(line)
        await self.stop()
        said = self._last_words.decode("utf-8", "replace").strip().splitlines() or ["without a word"]
        raise ModelAnswerError(
            f"The process that runs the model ended: {said[-1][:300]}. If memory ran out, set quantization "
            "or a smaller model."
        )

    async def stop(self) -> None:
        """Kill it, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        await self._errors

    async def _listen(self) -> None:
        assert self._process.stderr is not None
        while said := await self._process.stderr.read(_KEPT_BYTES):
            self._last_words = (self._last_words + said)[-_KEPT_BYTES:]


def environment(ours: Mapping[str, str]) -> dict[str, str]:
    """The environment of the worker, which is offline: of ours what computing needs, and no key of anything.

    Fetching is done here and not there, so that not even the token of a hub is passed on.
    """
    kept = {name: value for name, value in ours.items() if _is_kept(name)}
    if "PYTHONPATH" in kept:
        # It runs in another folder, and an empty entry means the current one.
        folders = [folder for folder in kept["PYTHONPATH"].split(os.pathsep) if folder]
        kept["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, folders))
    # Compilers and measurements run beside it, and threads that wait by spinning would starve them.
    kept.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    return {
        **kept,
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TRANSFORMERS_VERBOSITY": "error",
    }


def _is_kept(name: str) -> bool:
    known = _KEPT.fullmatch(name) or _KEPT_FAMILIES.fullmatch(name)
    return known is not None and not _SECRET.search(name)
