"""Requests, responses, cancellation and framing (LSP 3.18, "Base Protocol"; JSON-RPC 2.0)."""

import json
from typing import Any

import pytest

from .driver import Driver, framed

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
CANCELLED = -32800

POSITION = {"line": 0, "character": 0}
HOVER = {"textDocument": {"uri": "file:///a.cpp"}, "position": POSITION}


def message(identity: Any, method: str, **rest: Any) -> dict[str, Any]:
    """A request as it stands on the wire."""
    return {"jsonrpc": "2.0", "id": identity, "method": method, **rest}


def silent(driver: Driver, before: int) -> bool:
    """Whether nothing came since `before` messages, but the answer to a last request."""
    driver.settle()
    return len(driver.messages) == before + 1


@pytest.mark.parametrize("method", ["pie/unknown", "textDocument/definition", "$/unknown", "", "initialise"])
@pytest.mark.parametrize(
    "params", [{}, {"params": {}}, {"params": None}, {"params": [1]}, {"params": {"c-d": 2}}]
)
def test_unknown_requests_are_answered(shared: Driver, method: str, params: dict[str, Any]) -> None:
    shared.send(message("unknown", method, **params))
    answer = shared.response("unknown")
    assert answer["error"]["code"] == METHOD_NOT_FOUND
    assert method in answer["error"]["message"]


@pytest.mark.parametrize("method", ["$/unknown", "pie/unknown", "textDocument/willSave"])
def test_unknown_notifications_are_dropped_in_silence(shared: Driver, method: str) -> None:
    before = len(shared.messages)
    shared.notify(method, {"a": 1})
    shared.send({"jsonrpc": "2.0", "method": method})
    assert silent(shared, before)


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("textDocument/hover", {}),
        ("textDocument/hover", None),
        ("textDocument/hover", {"textDocument": {}, "position": POSITION}),
        (
            "textDocument/hover",
            {"textDocument": {"uri": "file:///a"}, "position": {"line": "x", "character": 0}},
        ),
        ("textDocument/hover", [1, 2]),
        ("textDocument/hover", "text"),
        ("textDocument/codeAction", {"textDocument": {"uri": "file:///a"}}),
        ("codeAction/resolve", {}),
        ("workspace/executeCommand", {}),
        ("workspace/executeCommand", {"command": "pie.unknown"}),
        ("workspace/executeCommand", {"command": "pie.optimize"}),
        ("workspace/executeCommand", {"command": "pie.optimize", "arguments": []}),
        ("workspace/executeCommand", {"command": "pie.optimize", "arguments": [{}]}),
        ("workspace/executeCommand", {"command": "pie.optimize", "arguments": [7]}),
        (
            "workspace/executeCommand",
            {"command": "pie.optimize", "arguments": [{"uri": "file:///a", "function": "f"}]},
        ),
        ("workspace/executeCommand", {"command": "pie.cancel", "arguments": [{"job": "x"}, {"job": "y"}]}),
        ("workspace/executeCommand", {"command": "pie.preview", "arguments": [{"result": "x", "rank": 1}]}),
        (
            "workspace/executeCommand",
            {"command": "pie.preview", "arguments": [{"result": "x", "rank": "one"}]},
        ),
        ("workspace/executeCommand", {"command": "pie.verifyAgain", "arguments": [{"result": "x"}]}),
        ("workspace/executeCommand", {"command": "pie.apply", "arguments": [{"result": "x", "rank": 1}]}),
    ],
)
def test_invalid_parameters_are_answered(shared: Driver, method: str, params: Any) -> None:
    before = len(shared.messages)
    assert shared.error(method, params) == INVALID_PARAMS
    assert silent(shared, before + 1)


def test_a_request_without_params_is_answered(shared: Driver) -> None:
    shared.send(message("bare", "textDocument/hover"))
    assert shared.response("bare")["error"]["code"] == INVALID_PARAMS
    shared.send(message("bare custom", "pie/pending"))
    assert "result" in shared.response("bare custom")


@pytest.mark.parametrize("params", [{}, None, {"textDocument": 1}, [], {"contentChanges": "x"}])
def test_notifications_with_invalid_parameters_are_dropped(shared: Driver, params: Any) -> None:
    before = len(shared.messages)
    for method in (
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "$/cancelRequest",
    ):
        shared.notify(method, params)
    assert silent(shared, before)


def test_a_change_of_a_file_that_is_not_open_is_dropped(shared: Driver) -> None:
    before = len(shared.messages)
    shared.change("file:///never/opened.cpp", 2, {"text": "x"})
    shared.notify("textDocument/didClose", {"textDocument": {"uri": "file:///never/opened.cpp"}})
    shared.notify("window/workDoneProgress/cancel", {"token": "nobody"})
    assert silent(shared, before)


@pytest.mark.parametrize(
    ("method", "identity"), [("textDocument/didOpen", "x"), ("exit", "x"), ("textDocument/hover", None)]
)
def test_a_notification_is_no_request_and_a_request_no_notification(
    shared: Driver, method: str, identity: str | None
) -> None:
    before = len(shared.messages)
    if identity is None:
        shared.notify(method, HOVER)
        assert silent(shared, before)
    else:
        shared.send(message(identity, method, params={}))
        assert shared.response(identity)["error"]["code"] == INVALID_REQUEST


@pytest.mark.parametrize("body", [b"{", b"nonsense", b"", b"\xff\xfe", b'{"jsonrpc": "2.0",', b"[" * 100_000])
def test_a_body_that_is_no_json_is_answered_with_a_null_id(shared: Driver, body: bytes) -> None:
    shared.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert shared.response(None)["error"]["code"] == PARSE_ERROR
    shared.settle()


@pytest.mark.parametrize(
    ("value", "identity"),
    [
        (1, None),
        ("text", None),
        (None, None),
        ({}, None),
        ({"id": 5, "method": "shutdown"}, 5),
        ({"jsonrpc": "1.0", "id": 6, "method": "shutdown"}, 6),
        ({"jsonrpc": "2.0", "id": 7, "method": 1}, 7),
        ({"jsonrpc": "2.0", "id": 8}, 8),
        ({"jsonrpc": "2.0", "id": None, "method": "shutdown"}, None),
        ({"jsonrpc": "2.0", "id": 1.5, "method": "shutdown"}, None),
        ({"jsonrpc": "2.0", "id": True, "method": "shutdown"}, None),
        ({"jsonrpc": "2.0", "id": [1], "method": "shutdown"}, None),
    ],
)
def test_json_that_is_no_message_is_an_invalid_request(
    shared: Driver, value: Any, identity: int | None
) -> None:
    shared.send(value)
    assert shared.response(identity)["error"]["code"] == INVALID_REQUEST


@pytest.mark.parametrize(
    ("batch", "identities"),
    [
        ([], [None]),
        ([1, 2], [None]),
        ([message(11, "shutdown"), message("12", "textDocument/hover")], [11, "12"]),
        ([message(13, "shutdown"), {"jsonrpc": "2.0", "method": "exit"}], [13]),
    ],
)
def test_batches_are_refused_one_answer_for_each_id(
    shared: Driver, batch: list[Any], identities: list[Any]
) -> None:
    shared.send(batch)
    for identity in identities:
        assert shared.response(identity)["error"]["code"] == INVALID_REQUEST
    shared.settle()


def test_a_key_named_jsonrpc_inside_the_parameters_is_only_a_key(shared: Driver) -> None:
    shared.notify(
        "workspace/didChangeConfiguration", {"settings": {"jsonrpc": "2.0", "id": 1, "method": "exit"}}
    )
    shared.settle()


BODY = json.dumps(message("framed", "pie/unknown")).encode()
LENGTH = b"%d" % len(BODY)


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Length: " + LENGTH + b"\r\n",
        b"content-length: " + LENGTH + b"\r\n",
        b"CONTENT-LENGTH:" + LENGTH + b"\r\n",
        b"Content-Length :  " + LENGTH + b"  \r\n",
        b"Content-Length: " + LENGTH + b"\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n",
        b"Content-Type: application/vscode-jsonrpc; charset=utf8\r\nContent-Length: " + LENGTH + b"\r\n",
        b"X-Unknown: 1\r\nContent-Length: " + LENGTH + b"\r\n",
        b"garbage\r\n\r\nContent-Length: " + LENGTH + b"\r\n",
        b"Content-Length: -5\r\n\r\nContent-Length: " + LENGTH + b"\r\n",
        b"Content-Length: many\r\n\r\nContent-Length: " + LENGTH + b"\r\n",
        b"Content-Length: 99999999999999999999\r\n\r\nContent-Length: " + LENGTH + b"\r\n",
        b"\r\n\r\nContent-Length: " + LENGTH + b"\r\n",
        b"x" * 200_000 + b"\r\n\r\nContent-Length: " + LENGTH + b"\r\n",
    ],
)
def test_headers_in_every_shape(shared: Driver, header: bytes) -> None:
    shared.raw(header + b"\r\n" + BODY)
    assert shared.response("framed")["error"]["code"] == METHOD_NOT_FOUND


def test_messages_may_be_split_and_merged(shared: Driver) -> None:
    for byte in framed(message("split", "pie/unknown")):
        shared.raw(bytes([byte]))
    assert "error" in shared.response("split")
    shared.raw(b"".join(framed(message(f"merged {number}", "pie/unknown")) for number in range(50)))
    for number in range(50):
        assert "error" in shared.response(f"merged {number}")


def test_the_length_counts_bytes(shared: Driver) -> None:
    body = json.dumps(message("bytes", "pie/😀é"), ensure_ascii=False).encode()
    shared.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert "pie/😀é" in shared.response("bytes")["error"]["message"]


@pytest.mark.parametrize("identity", [0, -1, 2**53, "", "seven", "7"])
def test_ids_of_every_kind_come_back_as_they_are(shared: Driver, identity: int | str) -> None:
    shared.send(message(identity, "textDocument/hover", params=HOVER))
    answer = shared.response(identity)
    assert answer["result"] is None and type(answer["id"]) is type(identity)


def test_cancelling_stops_the_work_and_answers_once(shared: Driver) -> None:
    pending = shared.request("pie/pending")
    identity = shared.begin("pie/sleep", identity="sleeper")
    shared.notify("$/cancelRequest", {"id": identity})
    shared.notify("$/cancelRequest", {"id": identity})
    assert shared.response(identity)["error"]["code"] == CANCELLED
    shared.notify("$/cancelRequest", {"id": identity})
    shared.settle()
    assert [m["id"] for m in shared.messages].count("sleeper") == 1
    assert shared.request("pie/pending") == pending


def test_cancelling_what_is_unknown_or_done_is_silent(shared: Driver) -> None:
    identity = shared.begin("textDocument/hover", HOVER, identity="done")
    shared.response(identity)
    before = len(shared.messages)
    for unknown in (identity, "never", 12345):
        shared.notify("$/cancelRequest", {"id": unknown})
    assert silent(shared, before)


def test_a_cancel_in_the_same_write_still_gives_one_answer(shared: Driver) -> None:
    request = framed(message("raced", "textDocument/hover", params=HOVER))
    cancel = framed({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "raced"}})
    shared.raw(request + cancel)
    shared.response("raced")
    shared.settle()
    assert [m["id"] for m in shared.messages].count("raced") == 1


def test_responses_that_nobody_waits_for_are_dropped(shared: Driver) -> None:
    before = len(shared.messages)
    shared.send({"jsonrpc": "2.0", "id": "nobody", "result": None})
    shared.send({"jsonrpc": "2.0", "id": "nobody", "error": {"code": 1, "message": "x"}})
    shared.send({"jsonrpc": "2.0", "id": None, "error": {"code": 1, "message": "x"}})
    shared.send({"jsonrpc": "2.0", "id": ["x"], "result": 1})
    shared.settle()
    assert len([m for m in shared.messages[before:] if m.get("id") is not None]) == 1


def test_nothing_is_kept_for_messages_that_are_done(shared: Driver) -> None:
    uri = "file:///nowhere/leak.cpp"
    shared.open(uri, "int x;\n")
    pending = shared.request("pie/pending")
    for version in range(2, 52):
        shared.change(uri, version, {"text": f"int x{version};\n"})
        shared.actions(uri, 0)
    assert shared.request("pie/pending") == pending
