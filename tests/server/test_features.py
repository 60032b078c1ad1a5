import re
from pathlib import Path

from lsprotocol import types

from pie_lsp.server import commands, messages, wire
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


def test_the_readme_names_every_message_of_ours_and_no_other() -> None:
    text = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = text.partition("\n## Protocol\n")[2].partition("\n## ")[0]
    first_cells = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    named = re.findall(r"`([a-zA-Z./]+)`", " ".join(first_cells))
    features = create_server().protocol.fm
    beyond = {types.WORKSPACE_TEXT_DOCUMENT_CONTENT, messages.RESULTS_CHANGED}
    assert sorted(named) == sorted({*features.commands, *wire.PARAMETERS, *beyond})
    instead = set(re.findall(r"`(pie\.[a-zA-Z]+)`", section))
    assert instead <= set(features.commands)
    assert types.WORKSPACE_TEXT_DOCUMENT_CONTENT in features.features


def test_every_handler_belongs_to_a_method_of_lsp_or_is_one_of_ours() -> None:
    features = set(create_server().protocol.fm.features)
    assert features - set(types.METHOD_TO_TYPES) == set(wire.PARAMETERS)
