"""Every correction of pygls 2.1.1 that a conforming server needs, in one place.

Each method names what is wrong in pygls and when it can go. Knows JSON-RPC and the life cycle of a
server; knows nothing of documents, jobs or C++. The bytes come from `pie_lsp.server.framing`.
"""

import json
import logging
from collections.abc import Callable, Generator
from concurrent.futures import Future
from enum import Enum
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import JsonRPCRequestMessage

from pie_lsp.server import wire

if TYPE_CHECKING:
    from cattrs import Converter
    from pygls.lsp.server import LanguageServer

logger = logging.getLogger(__name__)

Steps = Generator[Any, Any, Any]
Message = dict[str, Any]


class Phase(Enum):
    """Where in its life the server is (LSP 3.18, "Server lifecycle")."""

    UNINITIALIZED = "uninitialized"
    RUNNING = "running"
    SHUT_DOWN = "shut down"


class PieProtocol(LanguageServerProtocol):
    """`LanguageServerProtocol` that answers every request exactly once, and drops what it must.

    `stop` is called when the client says `exit`; the process then ends with `exit_code`.
    """

    def __init__(self, server: "LanguageServer", converter: "Converter") -> None:
        # pygls reads every attribute while it looks for its own handlers, so these come first.
        self.phase = Phase.UNINITIALIZED
        self.stop: Callable[[], None] = lambda: None
        super().__init__(server, converter)

    @property
    def exit_code(self) -> int:
        """0 after `shutdown`, else 1 (LSP 3.18, "Exit Notification")."""
        return 0 if self.phase is Phase.SHUT_DOWN else 1

    def receive(self, body: bytes) -> None:
        """Handle the body of one message; never raises for what a client sent.

        Replaces the ``json.loads(..., object_hook=structure_message)`` of pygls' read loop, which
        structures every nested object that has a key ``jsonrpc``, never answers -32700, and fails on
        arrays (no upstream issue; delete when pygls' own loop passes tests/protocol).
        """
        try:
            message = json.loads(body)
        except (ValueError, RecursionError) as error:
            self._refuse(None, JsonRpcParseError(f"The message is not valid JSON: {error}"))
            return
        if isinstance(message, list):
            self._refuse_batch(message)
        elif not _is_message(message):
            wanted = message.get("id") if isinstance(message, dict) else None
            self._refuse(wanted, JsonRpcInvalidRequest("This is not a JSON-RPC 2.0 message."))
        elif "method" in message:
            self._receive_call(message)
        else:
            self._receive_response(message)

    def _refuse_batch(self, batch: list[Any]) -> None:
        """LSP has no batches; every id in one is answered, so that no client waits for ever."""
        ids = [item["id"] for item in batch if isinstance(item, dict) and "id" in item and "method" in item]
        for wanted in ids or [None]:
            self._refuse(wanted, JsonRpcInvalidRequest("LSP has no batches: send each message by itself."))

    def _receive_call(self, message: Message) -> None:
        """Gate by life cycle, which pygls does not, then structure and hand to pygls."""
        try:
            self._admit(message)
            structured = self._structure_call(message)
        except JsonRpcException as error:
            if "id" in message:
                self._refuse(message["id"], error)
            else:
                logger.info("Dropped the notification %s: %s", message["method"], error.message)
            return
        self.handle_message(structured)

    def _admit(self, message: Message) -> None:
        """Raise unless the message may be handled in this phase of the server's life."""
        method = message["method"]
        if method == types.EXIT:
            return
        if self.phase is Phase.SHUT_DOWN:
            raise JsonRpcInvalidRequest("The server was shut down; only `exit` may follow.")
        if self.phase is Phase.UNINITIALIZED and method != types.INITIALIZE:
            raise JsonRpcServerNotInitialized("Send `initialize` first.")
        if self.phase is Phase.RUNNING and method == types.INITIALIZE:
            raise JsonRpcInvalidRequest("`initialize` may be sent only once.")

    def _structure_call(self, message: Message) -> Any:
        """Typed message of a method that we know.

        pygls needs `params` even where a method has none, structures unknown methods into namedtuples
        with renamed keys, and leaves requests with invalid parameters unanswered (no upstream issue;
        delete when pygls answers them with -32602).
        """
        method = message["method"]
        known = method in self.fm.builtin_features or method in self.fm.features
        if not known and method != types.CANCEL_REQUEST:
            raise JsonRpcMethodNotFound.of(method)
        if method in types.METHOD_TO_TYPES and ("id" in message) != (method in _REQUESTS):
            kind = "request" if method in _REQUESTS else "notification"
            raise JsonRpcInvalidRequest(f"`{method}` is a {kind}.")
        if method in wire.PARAMETERS:
            return self._structure_ours(message)
        if method not in types.METHOD_TO_TYPES:
            message.setdefault("params", None)
        try:
            return self.structure_message(message)
        except JsonRpcException as error:
            raise JsonRpcInvalidParams(f"The parameters of `{method}` are not valid.") from error

    def _structure_ours(self, message: Message) -> JsonRPCRequestMessage:
        """One of our own requests, which pygls would read without looking at what is in it."""
        method = message["method"]
        if "id" not in message:
            raise JsonRpcInvalidRequest(f"`{method}` is a request.")
        params = wire.read(method, message.get("params"))
        return JsonRPCRequestMessage(id=message["id"], method=method, jsonrpc=self.VERSION, params=params)

    def _receive_response(self, message: Message) -> None:
        """Route a client's answer, and fail the waiting request where the answer makes no sense."""
        wanted = message.get("id")
        if wanted not in self._request_futures:
            logger.info("Dropped a response to an unknown request: %r", wanted)
            return
        try:
            self.handle_message(self.structure_message(message))
        except JsonRpcException as error:
            self._handle_response(wanted, error=error.to_response_error())

    def _handle_response(self, msg_id: Any, result: Any = None, error: Any = None) -> None:
        """Ignore late answers to requests that we gave up (pygls #621; delete after 2.1.1)."""
        future = self._request_futures.get(msg_id)
        if future is not None and future.done():
            del self._request_futures[msg_id]
            return
        super()._handle_response(msg_id, result, error)

    def _refuse(self, wanted: Any, error: JsonRpcException) -> None:
        identity = wanted if isinstance(wanted, str | int) and not isinstance(wanted, bool) else None
        body = {"code": error.code, "message": error.message}
        self._send_data({"jsonrpc": self.VERSION, "id": identity, "error": body})

    def _handle_cancel_notification(self, msg_id: Any) -> None:
        """Cancel a running request of the client's, never one of ours, and say nothing about late ones."""
        future = self._request_futures.get(msg_id)
        if future is not None and msg_id not in self._result_types:
            future.cancel()

    def _execute_handler(
        self,
        msg_id: Any,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Forget the future of each finished handler.

        pygls keeps one for every notification (no upstream issue; 503 after 500 changes; delete when
        `_request_futures` is empty after a notification).
        """

        def done(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    def _send_handler_result(self, future: Future[Any], *, msg_id: Any) -> None:
        """Answer without a traceback in the client: pygls sends ours in `error.data`."""
        self._request_futures.pop(msg_id, None)
        if future.cancelled():
            self._refuse(
                msg_id, JsonRpcException("The request was cancelled.", types.LSPErrorCodes.RequestCancelled)
            )
            return
        error = future.exception()
        if error is None:
            self._send_response(msg_id, result=future.result())
        elif isinstance(error, JsonRpcException):
            self._refuse(msg_id, error)
        else:
            logger.error("A request failed", exc_info=error)
            self._refuse(msg_id, JsonRpcInternalError(f"Internal error: {error}"))

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Steps:
        """Also note that the server runs from now on."""
        result = yield from super().lsp_initialize(params)
        self.phase = Phase.RUNNING
        return result

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> Steps:
        """Stop the jobs, then cancel the requests that still run.

        pygls changes the dictionary while it iterates over it (pygls #606; delete when that is closed).
        """
        self.phase = Phase.SHUT_DOWN
        own = self.msg_id
        if (handler := self.fm.features.get(types.SHUTDOWN)) is not None:
            yield handler, args, None
        for message_id, future in list(self._request_futures.items()):
            if message_id != own and not future.done():
                future.cancel()

    @lsp_method(types.EXIT)
    def lsp_exit(self, *_args: Any) -> Steps:
        """End the process in an orderly way.

        pygls raises SystemExit inside a callback, and the exit status is always 0 (no upstream issue;
        delete when `exit` without `shutdown` ends with 1).
        """
        self.stop()
        yield from ()

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Steps:
        """Leave texts to `pie_lsp.server.documents`: pygls' store also breaks lines at form feeds
        and thereby corrupts its copy (no upstream issue; the same bug is fortls #443).
        """
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Steps:
        """See `lsp_text_document__did_open`."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Steps:
        """See `lsp_text_document__did_open`."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(types.WORKSPACE_EXECUTE_COMMAND)
    def lsp_workspace__execute_command(self, params: types.ExecuteCommandParams) -> Steps:
        """Count missing arguments as none: pygls calls the handler with too few and answers -32603."""
        params.arguments = params.arguments or []
        return (yield from super().lsp_workspace__execute_command(params))

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: types.WorkDoneProgressCancelParams) -> Steps:
        """Hand the token to the job table; pygls' own table never forgets one (no upstream issue)."""
        yield self.fm.features[types.WINDOW_WORK_DONE_PROGRESS_CANCEL], (params,), None


_REQUESTS = frozenset(method for method, (_, response, *_rest) in types.METHOD_TO_TYPES.items() if response)


def _is_message(message: Any) -> bool:
    """Whether this is a JSON-RPC 2.0 object whose `method` and `id` have types that LSP allows."""
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return False
    if "id" in message and (not isinstance(message["id"], str | int) or isinstance(message["id"], bool)):
        return False
    if "method" in message:
        return isinstance(message["method"], str)
    return "id" in message and ("result" in message or "error" in message)
