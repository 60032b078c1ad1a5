from lsprotocol import types

from pie_lsp.server import commands, wire
from pie_lsp.server.features import create_server

from .conftest import Harness


async def test_what_the_server_says_it_can_do(harness: Harness) -> None:
    params = {"processId": None, "rootUri": None, "capabilities": harness._can}
    provided = (await harness.request("initialize", params))["capabilities"]
    assert provided["textDocumentSync"] == {"openClose": True, "change": 2, "save": True}
    assert provided["hoverProvider"] is True
    assert {"codeLensProvider", "inlayHintProvider"} <= provided.keys()
    assert provided["codeActionProvider"] == {
        "codeActionKinds": ["refactor.rewrite.pie"],
        "resolveProvider": True,
    }


def test_every_command_is_registered_and_named_after_us() -> None:
    names = {value for name, value in vars(commands).items() if name.isupper()}
    assert set(create_server().protocol.fm.commands) == names
    assert all(name.startswith("pie.") for name in names)


def test_every_handler_belongs_to_a_method_of_lsp_or_is_one_of_ours() -> None:
    features = set(create_server().protocol.fm.features)
    assert features - set(types.METHOD_TO_TYPES) == set(wire.PARAMETERS)
