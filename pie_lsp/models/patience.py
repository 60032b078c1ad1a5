"""How long to wait before a server is asked again, and when to give up. Knows the errors of the openai SDK.

The SDK would also ask again after a silence; a slow model would then work several times for one answer.
"""

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openai import APIStatusError

MOST_TRIES = 4
MOST_SECONDS = 60.0
"""Whoever is asked to wait for longer is told so instead."""

_FIRST_SECONDS = 0.5
_PASSING = frozenset({408, 409, 429})


def seconds_before_next(error: Exception, tries: int) -> float | None:
    """How long to wait after the failed try number `tries`; None where trying again is of no use."""
    import httpx2
    import openai

    usual = _FIRST_SECONDS * 2.0 ** (tries - 1)
    if tries >= MOST_TRIES or isinstance(error, openai.APITimeoutError):
        return None
    if isinstance(error, openai.APIConnectionError):
        # Where nothing listens, nothing will in a second.
        return None if isinstance(error.__cause__, httpx2.ConnectError) else usual
    if not isinstance(error, openai.APIStatusError) or not _may_pass(error):
        return None
    asked = _asked_for(error)
    if asked is None:
        return usual
    return asked if asked <= MOST_SECONDS else None


def _may_pass(error: "APIStatusError") -> bool:
    told = error.response.headers.get("x-should-retry")
    if told in ("true", "false"):
        return bool(told == "true")
    # A quota that is used up is told as a rate limit too, and does not pass.
    return error.code != "insufficient_quota" and (error.status_code in _PASSING or error.status_code >= 500)


def _asked_for(error: "APIStatusError") -> float | None:
    """Seconds that the server asks to wait, in one of the forms of Retry-After."""
    headers = error.response.headers
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers[name]) * unit
        except (KeyError, ValueError):
            continue
        return seconds if seconds >= 0 else None
    try:
        return max(0.0, parsedate_to_datetime(headers["retry-after"]).timestamp() - time.time())
    except (KeyError, ValueError, TypeError):
        return None
