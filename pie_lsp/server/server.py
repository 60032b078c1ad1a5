"""The language server's object: it owns the session, the jobs and the results, and wires them together.

Handlers of single requests are in `pie_lsp.server.handlers`; they are registered by
`pie_lsp.server.features`. The engine is imported when it is first needed and not before.
"""

import asyncio
import contextlib
import functools
import hashlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from pie_lsp import __version__
from pie_lsp.engine.contract import Listener, OptimizeRequest
from pie_lsp.server import wire, wording
from pie_lsp.server.client import Client
from pie_lsp.server.contents import Contents
from pie_lsp.server.dismissals import Dismissals
from pie_lsp.server.documents import Document, document_on_disk
from pie_lsp.server.jobs import Job, JobKey, JobTable
from pie_lsp.server.messages import Token
from pie_lsp.server.optimizing import run_job
from pie_lsp.server.profiles import KnownProfile, Profiles
from pie_lsp.server.protocol import Phase, PieProtocol
from pie_lsp.server.publisher import Publisher
from pie_lsp.server.results import Result, Results, Standing
from pie_lsp.server.session import Session, request_for
from pie_lsp.server.uris import same_file_key, uri_of
from pie_lsp.values.errors import InputError, PieError
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.profile import ProfileReport
from pie_lsp.values.report import OptimizeReport
from pie_lsp.values.settings import Settings

if TYPE_CHECKING:
    from pie_lsp.engine.cache import ResultCache

logger = logging.getLogger(__name__)

Optimize = Callable[[OptimizeRequest, Listener, "ResultCache | None"], Awaitable[OptimizeReport]]
Profile = Callable[[OptimizeRequest, Listener], Awaitable[ProfileReport]]

CONFIGURATION_SECONDS = 1.0
"""How long a job waits for settings that the client was asked for when it started."""

_FINGERPRINTS_KEPT = 128


class PieServer(LanguageServer):
    """The server. `optimize` and `profile` are the engine's; tests of handlers may bring quicker ones."""

    protocol: PieProtocol

    def __init__(self, optimize: Optimize | None = None, profile: Profile | None = None) -> None:
        super().__init__("pie-lsp", __version__, protocol_cls=PieProtocol, converter_factory=wire.converter)
        self.session = Session()
        self.client = Client(self)
        self.jobs = JobTable(functools.partial(run_job, self))
        self.results = Results(functools.lru_cache(_FINGERPRINTS_KEPT)(_fingerprint))
        self.profiles = Profiles()
        self.publisher = Publisher(self)
        self.contents = Contents()
        self.dismissals = Dismissals()
        self.waiting: dict[Token, asyncio.Task[Any]] = {}
        self._optimize = optimize
        self._profile = profile
        self._cache: ResultCache | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._configured = asyncio.Event()

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Log, and nothing else: pygls' popup per error recurses once the pipe is closed."""
        logger.error("%s: %s", getattr(source, "__name__", source), error)

    def receive(self, body: bytes) -> None:
        """Handle one message of the client."""
        self.protocol.receive(body)

    @property
    def exit_code(self) -> int:
        """Status of the process after `exit` or the end of the stream."""
        return self.protocol.exit_code

    async def stop_jobs(self) -> None:
        """Kill every child of every job, and return when all are gone."""
        await self.jobs.close()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` beside the requests, so that no editor waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("A background task failed", exc_info=error)

    async def optimize(self, request: OptimizeRequest, listener: Listener) -> OptimizeReport:
        """The engine, with the cache that all jobs share."""
        if self._optimize is not None:
            return await self._optimize(request, listener, None)
        from pie_lsp.engine.cache import open_cache
        from pie_lsp.engine.optimize import optimize

        if self._cache is None:
            self._cache = await asyncio.to_thread(open_cache)
            for problem in self._cache.problems:
                self.client.log(problem)
        return await optimize(request, listener, self._cache)

    async def profile(self, request: OptimizeRequest, listener: Listener) -> ProfileReport:
        """The engine, on the tests of the file."""
        if self._profile is not None:
            return await self._profile(request, listener)
        from pie_lsp.engine.profile import profile

        return await profile(request.path, request.source, (), request.settings, listener)

    def note_configured(self) -> None:
        """The client gave its settings, or has none to give."""
        self._configured.set()

    async def wait_until_configured(self) -> None:
        """Give the client a moment to send its settings, so that the first job has them too."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CONFIGURATION_SECONDS):
                await self._configured.wait()
        self._configured.set()

    def settings_for(self, document: Document) -> Settings:
        """Settings for a document; what is wrong with them is shown once."""
        if document.path is None:
            return Settings()
        settings, problems = self.session.settings_for(document.path)
        for problem in problems:
            self.client.show(problem, types.MessageType.Warning)
        return settings

    def start_job(self, document: Document, function: FunctionRef) -> Job:
        """Start, or join, the job for a function. Raises InputError where the buffer cannot be worked on."""
        self.require_trust()
        settings = self.settings_for(document)
        request = request_for(document, function, settings)
        key = JobKey(
            document=same_file_key(document.uri),
            function=function.qualified_name,
            fingerprint=function.fingerprint,
            tokens=self.results.tokens(document.data),
            settings=settings,
        )
        return self.jobs.start(uri=document.uri, key=key, request=request, function=function)

    def start_copy(self, document: Document, result: Result, edited: bytes) -> Job:
        """Start the job for a person's own version of what `result` is about. Raises as `start_job` does."""
        self.require_trust()
        request = replace(result.request, edited=edited)
        key = JobKey(
            document=result.document,
            function=result.function.qualified_name,
            fingerprint=result.function.fingerprint,
            tokens=self.results.tokens(request.source),
            settings=request.settings,
            edited=hashlib.sha256(edited).hexdigest(),
        )
        return self.jobs.start(uri=document.uri, key=key, request=request, function=result.function)

    def require_trust(self) -> None:
        """Raise InputError where the client said that the workspace is not trusted."""
        if not self.session.trusted:
            raise InputError(wording.UNTRUSTED)

    def start_profile(self, document: Document) -> Job:
        """Start, or join, the job that profiles a file. Raises InputError as `start_job` does."""
        self.require_trust()
        settings = self.settings_for(document)
        request = request_for(document, None, settings)
        key = JobKey(
            document=same_file_key(document.uri),
            function="",
            fingerprint="",
            tokens=self.results.tokens(document.data),
            settings=settings,
        )
        job = self.jobs.start(uri=document.uri, key=key, request=request, function=None)
        # The lens offers to cancel while the job is there, however it ends.
        self.client.refresh()
        assert job.task is not None
        job.task.add_done_callback(lambda _task: self._refresh_while_running())
        return job

    def _refresh_while_running(self) -> None:
        if self.protocol.phase is Phase.RUNNING:
            self.client.refresh()

    async def profile_holds(self, known: KnownProfile, document: Document) -> bool:
        """Whether a profile is one of the program as it is, its headers, tests and settings included."""
        if self.results.tokens(known.request.source) != self.results.tokens(document.data):
            return False
        try:
            request = request_for(document, None, self.settings_for(document))
            return await self.evidence(request) == known.evidence
        except (PieError, OSError) as error:
            logger.info("The evidence of %s cannot be read: %s", document.uri, error)
            return False

    def document_of(self, uri: str) -> Document:
        """The file as the editor has it, or as it lies on the disk. Raises InputError where it is neither."""
        document = self.session.document(uri)
        return document if document is not None else document_on_disk(uri, self.session.encoding)

    def current(self, result: Result) -> Document | None:
        """The file of a result as it is now; None where it is gone."""
        document = self.session.documents.get(result.document)
        try:
            return document or self.document_of(uri_of(result.request.path))
        except InputError:
            return None

    def results_changed(self, *, gone: Iterable[Result] = ()) -> None:
        """Tell a client that wants to know; what it was shown of results that are gone it asks for again."""
        self.client.results_changed()
        for result in gone:
            for uri in self.contents.shown(result.id):
                self.spawn(self.client.refresh_content(uri))

    async def evidence(self, request: OptimizeRequest) -> str:
        """Hash of all that the results of a request rest on, at this moment."""
        return await asyncio.to_thread(_evidence, request)

    async def standing(self, result: Result, document: Document) -> Standing:
        """How a result relates to the text, the headers, the tests and the settings of this moment."""
        standing = self.results.standing(result, document)
        if standing is not Standing.FRESH:
            return standing
        try:
            request = request_for(document, result.function, self.settings_for(document))
            current = await self.evidence(request)
        except (PieError, OSError) as error:
            logger.info("The evidence of %s cannot be read: %s", document.uri, error)
            return Standing.STALE
        return Standing.FRESH if current == result.report.evidence else Standing.STALE


def load_what_answers_need() -> None:
    """Import the parser and the rules, so that the first code action does not wait for them."""
    from pie_lsp.cpp import functions, parse
    from pie_lsp.engine.model_settings import may_be_asked
    from pie_lsp.propose import registry

    functions.find_functions(parse.parse(b""))
    registry.proposers()
    may_be_asked(Settings())


def _fingerprint(data: bytes) -> str:
    from pie_lsp.cpp.tokens import fingerprint

    return fingerprint(data)


def _evidence(request: OptimizeRequest) -> str:
    from pie_lsp.engine.evidence import evidence

    return evidence(request)
