"""`workspace/didChangeConfiguration`, and pulling the settings where the client answers."""

from collections.abc import Mapping
from typing import Any

from lsprotocol import types

from pie_lsp.server.client import CONFIGURATION_SECTION
from pie_lsp.server.server import PieServer


async def pull_configuration(ls: PieServer) -> None:
    """Ask the client for the user's settings."""
    value = await ls.client.configuration()
    if isinstance(value, Mapping):
        ls.session.configuration = value
        ls.session.forget_problems()


async def handle_configuration(ls: PieServer, params: types.DidChangeConfigurationParams) -> None:
    """Settings changed: pull them, or take what an older client pushes.

    Trust stands beside our section and not in it: a section may come from the workspace's own files. Where
    all of it may (`Session.mixing`), nothing in it gives trust.
    """
    trusted = params.settings.get("trusted") if isinstance(params.settings, Mapping) else None
    if isinstance(trusted, bool) and not (trusted and ls.session.mixing):
        ls.session.trusted = trusted
    if ls.client.can.configuration:
        await pull_configuration(ls)
    else:
        ls.session.configuration = _pushed(params.settings)
        ls.session.forget_problems()
    for key in ls.session.documents:
        ls.publisher.publish_soon(key)


def _pushed(settings: Any) -> Mapping[str, Any]:
    section = settings.get(CONFIGURATION_SECTION) if isinstance(settings, Mapping) else None
    return section if isinstance(section, Mapping) else {}
