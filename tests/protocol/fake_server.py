"""The real server with an engine that does what the source says, and with a window into its state.

Only the engine is replaced, so that jobs last exactly as long as a test wants. The tests in `tests/e2e`
use the real one.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.contract import Listener, OptimizeRequest
from pie_lsp.engine.evidence import evidence
from pie_lsp.server import main
from pie_lsp.server.features import create_server
from pie_lsp.server.server import Optimize, PieServer
from pie_lsp.values.candidate import ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.errors import InputError
from pie_lsp.values.events import CandidateJudged, Progress
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.measurement import Comparison, Cost, FunctionCost
from pie_lsp.values.profile import FunctionShare, OwnedCost, Profile, ProfileReport
from pie_lsp.values.report import OptimizeReport, Rejected, Rejection, Stage, Suggestion
from pie_lsp.values.span import Span
from pie_lsp.values.testing import TestSuite
from pie_lsp.values.toolchain import Toolchain

POLL_SECONDS = 0.01


async def optimize(request: OptimizeRequest, listener: Listener, _cache: object) -> OptimizeReport:
    """Words in the source say what happens; ``slow`` becomes ``fast``, and then ``faster``.

    What a person made of it is offered where it says ``quick``.
    """
    source = request.source
    for done in range(4):
        listener(Progress("testing", done, 4))
    if b"BEST" in source:
        for speedup, by_clock in ((2.0, False), (3.4, False), (1.5, False), (9.0, True)):
            listener(CandidateJudged("Call fast()", "f", speedup, None, by_clock))
        listener(CandidateJudged("Call slower()", "f", None, "It is slower."))
    if b"NOISY" in source:
        print("a stray print")  # noqa: T201
        await (await asyncio.create_subprocess_exec("echo", "a stray child")).wait()
    if b"WAIT" in source:
        await _wait(request.path.parent, listener)
    if b"CRASH" in source:
        raise RuntimeError("a defect")
    if b"REFUSE" in source:
        raise InputError("The engine refuses.")
    suggestions: tuple[Suggestion, ...] = (
        ()
        if b"slow" not in source
        else (_suggestion(request, 1, b"fast"), _suggestion(request, 2, b"faster"))
    )
    rejected: tuple[Rejected, ...] = ()
    if request.edited is not None:
        suggestions = (_by_hand(request),) if b"quick" in request.edited else ()
        fell = Rejected("f", "Your edit", Provenance("hand", "1", ProposerKind.HAND), WRONG)
        rejected = () if suggestions else (fell,)
    return OptimizeReport(
        path=request.path,
        encoding="utf-8",
        functions=(),
        refused=(),
        toolchain=Toolchain("/usr/bin/g++", "g++", ()),
        tests=TestSuite("none"),
        baseline=None,
        suggestions=suggestions,
        rejected=rejected,
        advice=()
        if suggestions
        else ("No faster equivalent found: 3 failed tests, 2 identical code, 4 slower.",),
        evidence=evidence(request),
        seconds=0.0,
    )


async def _wait(folder: Path, listener: Listener) -> None:
    """Run a child in its own session until the test puts a file called `release` beside the source."""
    child = await asyncio.create_subprocess_exec(
        "sleep", "1000", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )
    with (folder / "children").open("a") as children:
        children.write(f"{child.pid}\n")
    try:
        while not (folder / "release").exists():
            listener(Progress("measuring", 3, 8))
            await asyncio.sleep(POLL_SECONDS)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


def _suggestion(request: OptimizeRequest, rank: int, word: bytes) -> Suggestion:
    start = request.source.index(b"slow")
    edit = Edit(Span(start, start + 4), word)
    new = request.source.replace(b"slow", word, 1)
    name = (
        request.selector.name if request.selector is not None and request.selector.name is not None else "?"
    )
    kind = ProposerKind.MODEL if b"MODEL" in request.source else ProposerKind.RULE
    whole = Span(0, len(request.source))
    return Suggestion(
        rank=rank,
        title=f"Call {word.decode()}()",
        explanation="It does less.",
        function=FunctionRef(name, name, 1, whole, whole, whole, whole, ""),
        provenance=Provenance("fake", "1", kind),
        edit=edit,
        new_source=new,
        new_text=new,
        comparison=Comparison((Cost(34, "cycles"),), (Cost(10, "cycles"),), 3.4, 3.4),
        tests_passed=12,
        tests_total=12,
        assurance="12 tests",
        headline=f"{4 - rank}.40x faster, estimated Skylake cycles, 12 tests",
    )


def _by_hand(request: OptimizeRequest) -> Suggestion:
    suggestion = _suggestion(request, 1, b"quick")
    speedup = replace(suggestion.comparison, speedup=2.9)
    return replace(suggestion, title="Your edit", headline="2.90x faster, 12 tests", comparison=speedup)


WRONG = Rejection(Stage.TESTS, "test 3: line 1 is '4' and not '5'.")


async def profile(request: OptimizeRequest, listener: Listener) -> ProfileReport:
    """`f` has most of the cost; words in the source say what happens, as with `optimize`."""
    source = request.source
    listener(Progress("measuring", 1, 2))
    if b"WAIT" in source:
        await _wait(request.path.parent, listener)
    if b"CRASH" in source:
        raise RuntimeError("a defect")
    if b"REFUSE" in source:
        raise InputError("The engine refuses.")
    functions = {one.ref.name: one.ref for one in find_functions(parse(source)).functions}
    calls = (FunctionCost("std::map", 60),)
    shares = (
        FunctionShare(functions["f"], OwnedCost(20, calls), 0.8, out_of_line=True),
        FunctionShare(functions["main"], OwnedCost(10), 0.1, out_of_line=True),
        FunctionShare(functions["g"], OwnedCost(0), 0.0, out_of_line=False),
    )
    return ProfileReport(
        path=request.path,
        toolchain=Toolchain("/usr/bin/g++", "g++", ()),
        backend="estimate",
        model="skylake/1",
        unit="cycles",
        tests=tuple("123456"),
        measured=98,
        floor=2,
        profile=Profile(shares, 10, 100),
    )


def create(_optimize: Optimize | None) -> PieServer:
    """The server, with requests that show its state and one that never ends."""
    server = create_server(optimize, profile)

    async def sleep(_params: Any) -> None:
        await asyncio.get_running_loop().create_future()

    def text(params: Any) -> str | None:
        document = server.session.document(params.uri)
        return None if document is None else document.text

    server.feature("pie/sleep")(sleep)
    server.feature("pie/text")(text)
    server.feature("pie/pending")(lambda _params: len(server.protocol._request_futures))
    return server


if __name__ == "__main__":
    vars(main)["create_server"] = create
    sys.exit(main.run())
