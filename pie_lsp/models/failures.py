"""What went wrong at an endpoint, in a sentence that says what to do.

Knows the errors of the openai SDK. Texts of a server are shortened, and the key is blotted out of them, since
some servers repeat it.
"""

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pie_lsp.values.errors import (
    ModelAnswerError,
    ModelBusyError,
    ModelError,
    ModelKeyError,
    ModelMissingError,
    ModelUnreachableError,
    PromptTooLongError,
)

if TYPE_CHECKING:
    from openai import APIStatusError

_MOST_CHARACTERS = 300
_MARKUP = re.compile(r"<[^>]*>")
_TOO_LONG = re.compile(
    r"context.{0,20}(length|window|size)|maximum context|prompt is too long", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """The endpoint that a sentence is about.

    shown         its address for people
    model         what it calls the model
    key_variable  environment variable of its key, or ""
    """

    shown: str
    model: str
    key_variable: str
    timeout_seconds: float

    def explain(self, error: Exception, key: str) -> ModelError:
        """The typed error for one of the SDK's."""
        import httpx2
        import openai

        if isinstance(error, openai.APITimeoutError):
            return ModelUnreachableError(
                f"The model {self.model} at {self.shown} said nothing for {self.timeout_seconds:g} seconds. "
                "A local model may still be loading: try again, or set a larger timeout_seconds."
            )
        if isinstance(error, openai.APIConnectionError):
            reason = said(str(error.__cause__ or error), key)
            if not isinstance(error.__cause__, httpx2.ConnectError | httpx2.ConnectTimeout):
                return ModelUnreachableError(
                    f"The connection to {self.shown}, for the model {self.model}, broke ({reason}). Look at "
                    "its log, and try again."
                )
            return ModelUnreachableError(
                f"The model {self.model} was not asked: nothing answers at {self.shown} ({reason}). Start "
                "the server there, or set another address."
            )
        if isinstance(error, openai.APIStatusError):
            return self._refused(error, key)
        return ModelAnswerError(
            f"{self.shown} did not answer as an OpenAI-compatible server does: {said(str(error), key)}. Its "
            "address usually ends in /v1."
        )

    def _refused(self, error: "APIStatusError", key: str) -> ModelError:
        status, words = error.status_code, said(message_of(error), key)
        what = f"HTTP {status}: {words}"
        if 300 <= status < 400:
            target = urlsplit(error.response.headers.get("location", "")).hostname or "elsewhere"
            return ModelAnswerError(
                f"{self.shown} redirects to {said(target, key)}, which is not followed, because neither your "
                "source nor your key may go there unasked. Set the new address if you trust it."
            )
        if status in (400, 413, 422) and is_too_long(error):
            return PromptTooLongError(
                f"The prompt does not fit the model {self.model} ({what}). Ask about a single function, or "
                "set its context to what the server says."
            )
        if status in (401, 403):
            return ModelKeyError(
                f"{self.shown} refuses the key in ${self.key_variable} ({what}). Put a valid one there."
                if self.key_variable
                else f"{self.shown} wants a key ({what}). Set key_variable to the name of the environment "
                "variable that holds it."
            )
        if status == 404:
            return ModelMissingError(f"{self.shown} has no model {self.model}, or has no such path ({what}).")
        if status in (429, 503):
            after = error.response.headers.get("retry-after", "")
            wait = f" It asks to wait for {said(after, key)} seconds." if after.isdecimal() else ""
            return ModelBusyError(
                f"{self.shown} takes no more requests now ({what}).{wait} Try again later, or ask for fewer "
                "samples."
            )
        return ModelAnswerError(f"{self.shown} could not answer ({what}).")


def is_too_long(error: "APIStatusError") -> bool:
    """Whether the server says that the prompt does not fit."""
    return "context_length_exceeded" in (error.code, error.type) or bool(
        _TOO_LONG.search(message_of(error)) or "exceed_context_size" in (error.type or "")
    )


def message_of(error: "APIStatusError") -> str:
    """What the server says, whatever the form of its answer."""
    body = error.body
    if isinstance(body, dict):
        told = body.get("message") or body.get("detail") or body
        return told if isinstance(told, str) else json.dumps(told)
    if isinstance(body, str) and body.lstrip().startswith("<"):
        body = _without_markup(body)
    return str(body or error.response.reason_phrase)


def _without_markup(page: str) -> str:
    """The words of a page, which a proxy or a plain web server answers with in a server's place."""
    return " ".join(_MARKUP.sub(" ", page).split())


def said(text: str, key: str) -> str:
    """A text from outside, on one line, shortened, and without the key."""
    plain = " ".join(text.replace(key, "***").split() if key else text.split()).rstrip(".")
    return plain if len(plain) <= _MOST_CHARACTERS else plain[:_MOST_CHARACTERS] + "…"
