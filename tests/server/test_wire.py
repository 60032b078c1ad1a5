import re
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from pygls.exceptions import JsonRpcInvalidParams

from pie_lsp.server import messages, wire
from pie_lsp.text.positions import Position

FILE = {"scope": "function", "textDocument": {"uri": "x"}}
FUNCTION = {"qualifiedName": "A::f", "line": 3, "fingerprint": "x"}


def test_parameters_become_what_a_handler_takes() -> None:
    sent = {
        "scope": "function",
        "textDocument": {"uri": "file:///a.cpp"},
        "function": FUNCTION,
        "position": {"line": 1, "character": 2},
        "workDoneToken": 7,
        "somethingNew": True,
    }
    assert wire.read(messages.RUN, sent) == messages.RunParams(
        scope=messages.Scope.FUNCTION,
        text_document=messages.FileName(uri="file:///a.cpp"),
        function=messages.FunctionPlace(qualified_name="A::f", line=3, fingerprint="x"),
        position=Position(1, 2),
        work_done_token=7,
    )
    assert wire.read(messages.RESULTS, None) == messages.ResultsParams()


@pytest.mark.parametrize(
    ("method", "sent"),
    [
        (messages.RESULTS, {"textDocument": {}}),
        (messages.RESULTS, {"textDocument": {"uri": 1}}),
        (messages.RESULTS, "file"),
        (messages.RUN, {"scope": "file", "textDocument": {"uri": "x"}, "workDoneToken": 1.5}),
        (messages.RUN, {"scope": "file", "textDocument": {"uri": "x"}, "base": None}),
        (messages.RUN, {**FILE, "position": {"line": "1"}}),
        (
            messages.RUN,
            {"scope": "function", "textDocument": {"uri": "x"}, "function": {**FUNCTION, "line": "1"}},
        ),
        (messages.VERIFY_COPY, {"textDocument": {"uri": "x"}, "result": "r"}),
        (messages.VERIFY_COPY, {"textDocument": {"uri": "x"}, "result": "r", "text": "t", "rank": True}),
    ],
)
def test_nothing_is_guessed(method: str, sent: Any) -> None:
    with pytest.raises(JsonRpcInvalidParams, match=re.escape(method)):
        wire.read(method, sent)


def test_answers_are_written_in_camel_case() -> None:
    name = messages.FunctionName(name="f", qualified_name="A::f", line=3)
    written = wire.converter().unstructure(messages.Applied(applied=True))
    assert written == {"applied": True, "problem": None}
    assert wire.converter().unstructure(name) == {"name": "f", "qualifiedName": "A::f", "line": 3}
    place = messages.Range(start=Position(0, 1), end=Position(2, 3))
    assert wire.converter().unstructure(place)["end"] == {"line": 2, "character": 3}


def test_every_message_can_be_read_or_written() -> None:
    kinds = [kind for kind in vars(messages).values() if is_dataclass(kind) and kind is not Position]
    assert len(kinds) > 10
    assert all(field.name == field.name.lower() for kind in kinds for field in fields(kind))
    assert set(wire.PARAMETERS) == {messages.RUN, messages.VERIFY_COPY, messages.RESULTS}
