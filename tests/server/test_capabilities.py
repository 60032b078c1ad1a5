from dataclasses import fields
from typing import Any

import pytest
from lsprotocol import types
from lsprotocol.converters import get_converter

from pie_lsp.server.capabilities import Capabilities

from ..protocol.flow import capabilities


def test_a_silent_client_can_do_nothing() -> None:
    assert Capabilities.of(types.ClientCapabilities()) == Capabilities()
    assert not any(getattr(Capabilities(), field.name) for field in fields(Capabilities))


def test_a_client_with_everything_can_do_everything() -> None:
    sent = capabilities()
    sent["workspace"] |= {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}
    sent["workspace"]["textDocumentContent"] = {"dynamicRegistration": True}
    sent["experimental"] = {"pie": {"results": True}}
    can = Capabilities.of(get_converter().structure(sent, types.ClientCapabilities))
    assert all(getattr(can, field.name) for field in fields(Capabilities))


def test_resolving_needs_the_edit_property_and_the_data() -> None:
    lacking: list[dict[str, Any]] = [{"resolve": ["command"]}, {"resolve": []}, {"data": False}]
    for overrides in lacking:
        client = get_converter().structure(capabilities(**overrides), types.ClientCapabilities)
        assert not Capabilities.of(client).resolve_edit


@pytest.mark.parametrize("sent", [None, 1, [], {"pie": None}, {"pie": {"results": 1}}, {"results": True}])
def test_only_a_client_that_says_so_hears_of_results(sent: Any) -> None:
    assert not Capabilities.of(types.ClientCapabilities(experimental=sent)).results
