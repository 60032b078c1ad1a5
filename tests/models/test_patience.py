"""When a server is asked again, and after how long."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import openai
import pytest

from pie_lsp.models.patience import MOST_TRIES, seconds_before_next

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1")


def refused(status: int, code: str | None = None, **headers: str) -> openai.APIStatusError:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(status, headers=names, request=REQUEST)
    return openai.APIStatusError("x", response=response, body={"code": code})


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 529])
def test_what_may_pass_is_waited_for_longer_each_time(status: int) -> None:
    waits = [seconds_before_next(refused(status), tries) for tries in range(1, MOST_TRIES + 1)]
    assert waits == [0.5, 1.0, 2.0, None]


@pytest.mark.parametrize("status", [307, 400, 401, 404, 422])
def test_what_does_not_pass_is_not(status: int) -> None:
    assert seconds_before_next(refused(status), 1) is None


def test_the_server_has_the_word() -> None:
    assert seconds_before_next(refused(429, retry_after="7"), 1) == 7.0
    assert seconds_before_next(refused(503, retry_after="0"), 3) == 0.0
    assert seconds_before_next(refused(429, retry_after_ms="250", retry_after="1"), 1) == 0.25
    assert seconds_before_next(refused(429, retry_after="61"), 1) is None
    assert seconds_before_next(refused(429, x_should_retry="false"), 1) is None
    assert seconds_before_next(refused(400, x_should_retry="true"), 1) == 0.5
    assert seconds_before_next(refused(429, "insufficient_quota"), 1) is None


@pytest.mark.parametrize("nonsense", ["soon", "-5", ""])
def test_nonsense_is_as_good_as_nothing(nonsense: str) -> None:
    assert seconds_before_next(refused(429, retry_after=nonsense), 1) == 0.5


def test_a_date_is_understood() -> None:
    past, far = (datetime.now(UTC) + timedelta(hours=hours) for hours in (-1, 1))
    assert seconds_before_next(refused(429, retry_after=format_datetime(past, usegmt=True)), 1) == 0.0
    assert seconds_before_next(refused(429, retry_after=format_datetime(far, usegmt=True)), 1) is None


def test_a_broken_connection_is_tried_again_and_a_silence_is_not() -> None:
    assert seconds_before_next(openai.APIConnectionError(request=REQUEST), 1) == 0.5
    assert seconds_before_next(openai.APITimeoutError(REQUEST), 1) is None
    assert seconds_before_next(ValueError("no JSON"), 1) is None
