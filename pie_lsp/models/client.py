"""Opens the openai SDK for one endpoint, and sees to it that nothing goes where it was not meant to.

Redirects are not followed, since the source would go with them. A server on this machine is asked without the
proxy that the environment may name. Of what the environment holds for OpenAI's own service (organization,
project, more headers) nothing is sent: only the key that the settings name.
"""

import logging
import os
from typing import TYPE_CHECKING

from pie_lsp.models.addresses import is_loopback
from pie_lsp.values.errors import ModelKeyError
from pie_lsp.values.language_model import Api, ModelSettings

if TYPE_CHECKING:
    import httpx2
    from openai import AsyncOpenAI

NO_KEY = "no-key"
"""Sent where no key is set: the SDK wants one, and servers without keys do not look at it."""

_CONNECT_SECONDS = 10.0
_HEADERS = frozenset(
    {
        *("host", "accept", "accept-encoding", "connection", "user-agent"),
        *("content-type", "content-length", "transfer-encoding", "authorization", "api-key"),
    }
)


def read_key(settings: ModelSettings) -> str:
    """The key of an endpoint, from the environment; "" where none is set.

    Raises ModelKeyError where a variable is named that holds no key.
    """
    name = settings.key_variable
    if not name:
        return ""
    key = os.environ.get(name, "").strip()
    if not key:
        raise ModelKeyError(
            f"The model {settings.name} needs a key, but the environment variable {name} is empty. Set it "
            "before the editor or the command starts."
        )
    if not (key.isascii() and key.isprintable()):
        raise ModelKeyError(f"What the environment variable {name} holds cannot be a key.")
    return key


def open_client(settings: ModelSettings, key: str) -> "AsyncOpenAI":
    """A client for the endpoint of `settings`, to be closed by the caller."""
    import httpx2
    import openai

    # At its finest level the transport logs the headers of answers, and a server may repeat the key there.
    logging.getLogger("httpcore2").setLevel(logging.INFO)
    transport = openai.DefaultAsyncHttpxClient(
        follow_redirects=False,
        trust_env=not is_loopback(settings.address),
        timeout=httpx2.Timeout(settings.timeout_seconds, connect=_CONNECT_SECONDS),
        event_hooks={"request": [_only_known_headers]},
    )
    if settings.api is Api.AZURE:
        return openai.AsyncAzureOpenAI(
            azure_endpoint=settings.address,
            azure_deployment=settings.served_name,
            api_version=settings.api_version,
            api_key=key or NO_KEY,
            max_retries=0,
            http_client=transport,
        )
    return openai.AsyncOpenAI(
        base_url=settings.address, api_key=key or NO_KEY, max_retries=0, http_client=transport
    )


async def _only_known_headers(request: "httpx2.Request") -> None:
    for name in list(request.headers):
        if name.lower() not in _HEADERS:
            del request.headers[name]
