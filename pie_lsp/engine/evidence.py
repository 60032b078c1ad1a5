"""What a result rests on, as one hash: when anything in it differs, the result is stale.

Evidence belongs to the whole translation unit and not to one function: a `printf` added elsewhere
makes an applied fast-I/O edit wrong. Knows files and settings; runs nothing.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pie_lsp import __version__
from pie_lsp.build.compile_commands import project_flags
from pie_lsp.build.flags import include_folders
from pie_lsp.build.layouts import layouts_digest
from pie_lsp.cpp.headers import LocalHeader, local_headers
from pie_lsp.cpp.tokens import fingerprint
from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.engine.settings import find_workspace
from pie_lsp.measure.estimate.backend import model_digest
from pie_lsp.measure.estimate.plugin import QEMU
from pie_lsp.measure.gem5.installation import named_gem5, runner_digest
from pie_lsp.measure.registry import confirming, screening
from pie_lsp.prompting.wording import version as prompts_version
from pie_lsp.propose import registry
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings
from pie_lsp.values.testing import TestSuite
from pie_lsp.verify.discovery import discover


def evidence(request: OptimizeRequest) -> str:
    """SHA-256 in hex over everything that the results of `request` rest on.

    Included: every token of the file outside comments, every local header, the content of every test,
    the flags, the compiler, the rules, the model, the layouts that are tried and the limits.
    """
    workspace = find_workspace(request.path)
    try:
        suite = discover(request.path, request.settings.tests, workspace)
    except InputError as error:
        suite = TestSuite(source=str(error))
    return evidence_of(request, suite)


def evidence_of(request: OptimizeRequest, suite: TestSuite) -> str:
    """`evidence` for a caller that has the tests at hand already."""
    settings = request.settings
    headers = own_headers(request)
    parts = [
        __version__,
        registry.version(),
        fingerprint(request.source),
        *(f"{header.path}={fingerprint(header.data)}" for header in headers),
        *_of_tests(suite),
        *_of_settings(request.path, settings),
        _of_program(settings.compiler),
        layouts_digest(),
        *_of_model(settings),
        *_of_language_model(settings),
    ]
    return _digest(parts)


def own_headers(request: OptimizeRequest) -> tuple[LocalHeader, ...]:
    """The user's headers that the file includes, searched where the compiler searches."""
    flags = request.settings.flags + project_flags(request.path).flags
    folders = dict.fromkeys((*request.settings.include_dirs, *include_folders(flags)))
    forced = b"".join(b'#include "%s"\n' % os.fsencode(name) for name in _forced_headers(flags))
    return local_headers(forced + request.source, request.path.parent, tuple(folders))


def _forced_headers(flags: Sequence[str]) -> Iterable[str]:
    """Headers that the user's own flags include before the first line."""
    words = iter(flags)
    for word in words:
        option = next((option for option in ("-include", "-imacros") if word.startswith(option)), None)
        if option is not None:
            yield word.removeprefix(option) or next(words, "")


def _of_tests(suite: TestSuite) -> Iterable[str]:
    yield f"interactive={suite.interactive}"
    for case in suite.cases:
        expected = "none" if case.expected is None else hashlib.sha256(case.expected).hexdigest()
        yield f"{case.name}={hashlib.sha256(case.input).hexdigest()}={expected}"


def _of_settings(path: Path, settings: Settings) -> Iterable[str]:
    yield f"flags={settings.flags!r} project={project_flags(path)!r}"
    yield f"link={settings.link} includes={settings.include_dirs!r} limits={settings.limits!r}"
    yield f"backend={settings.backend} model={settings.model} threshold={settings.min_speedup!r}"


def _of_model(settings: Settings) -> Iterable[str]:
    """What makes a figure: the simulator, and our own plug-in and coefficients or model of the machine."""
    measures = screening(settings.backend)
    confirms = confirming(settings.backend, settings.gem5)
    if measures == "estimate":
        yield model_digest()
        yield _of_program(QEMU)
    if "gem5" in (measures, confirms):
        yield runner_digest()
        yield _of_program(named_gem5(settings.gem5))
    if confirms is not None:
        # It decides what is worth simulating.
        yield f"budget={settings.budget_seconds!r}"


def _of_language_model(settings: Settings) -> Iterable[str]:
    """Which model is asked, and how. What is behind its name is in the key of the cache besides."""
    if settings.language_model:
        chosen = [model for model in settings.models if model.name == settings.language_model]
        yield f"asked={settings.language_model} {chosen!r} remote={settings.allow_remote_models}"
        drawn = (settings.samples, settings.repairs, settings.rounds, settings.model_seed)
        how = (settings.strategy, *drawn, settings.pairs)
        yield f"how={how!r} prompts={prompts_version()}"
        yield f"retriever={settings.retriever} encoder={settings.encoder}"


def _of_program(name: str) -> str:
    """Path, size and time of a program, so that an upgrade is noticed without running it."""
    found = shutil.which(name)
    if found is None:
        return f"{name}=missing"
    real = Path(found).resolve()
    stat = real.stat()
    return f"{real}={stat.st_size}={stat.st_mtime_ns}"


def _digest(parts: Iterable[str]) -> str:
    hasher = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape")
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return hasher.hexdigest()
