"""The whole way: an answer that a server gives over HTTP becomes a code action that a real client applies."""

from pathlib import Path

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.models.served import Fault, Script, says, serving

from .conftest import Project, open_editor
from .test_profiles import HEADER, passes_its_tests

SLOW = "            text = text + packed[i];\n"
QUICK = "            text.append(1, packed[i]);\n"
MINE = "as tiny does (sample 1)"


def answer_for(text: str) -> str:
    """The function `unpack` with one line made faster, and prose around it."""
    start = text.index(HEADER)
    function = text[start : text.index("\n}\n", start) + 3]
    assert SLOW in function
    return f"Appending in place is linear.\n\n```cpp\n{function.replace(SLOW, QUICK)}```\nThat is all."


def own(project: Project, folder: Path) -> Project:
    """The program and its tests in a folder of their own."""
    tests = folder / "runlength.tests"
    tests.symlink_to(project.folder / "runlength.tests")
    mine = Project(folder)
    mine.file.write_text(project.text.replace("/*😀*/", ""), encoding="utf-8")
    return mine


def configure(client: LanguageClient, address: str) -> None:
    tiny = {"address": address, "model": "m", "context": 8000}
    chosen = {"languageModel": "tiny", "strategy": "few-shot", "samples": 1, "repairs": 0}
    client.set_configuration({"models": {"tiny": tiny}, **chosen}, section="pie")


async def test_an_answer_over_http_is_offered_marked_and_applied(
    client: LanguageClient, project: Project, tmp_path: Path
) -> None:
    mine = own(project, tmp_path)
    async with serving(says(answer_for(mine.text))) as served:
        configure(client, served.address)
        editor = await open_editor(client, mine, "vscode-10")
        assert served.asked == []
        (start,) = await editor.actions(HEADER)
        await editor.run(start)
        await editor.message("verified faster version")
        assert len(served.asked) == 1
        actions = [a for a in await editor.actions(HEADER) if isinstance(a, types.CodeAction)]
        assert len(served.asked) == 1
    marked = [a for a in actions if a.tags == [types.CodeActionTag.LlmGenerated]]
    assert [MINE in a.title for a in marked] == [True]
    rules = [a for a in actions if a.edit is not None or a.data is not None]
    assert len(rules) > 1, "what a rule found is offered beside it, and is not marked"
    editor.apply(await editor.edit_of(marked[0]))
    assert editor.text == mine.text.replace(SLOW, QUICK)
    passes_its_tests(mine, editor.text)


@pytest.mark.parametrize("script", [says("no idea"), lambda asked: Fault(401, "wrong")], ids=["prose", "key"])
async def test_a_model_of_no_use_costs_nobody_what_rules_find(
    client: LanguageClient, project: Project, tmp_path: Path, script: Script
) -> None:
    mine = own(project, tmp_path)
    async with serving(script) as served:
        configure(client, served.address)
        editor = await open_editor(client, mine, "vscode-10")
        (start,) = await editor.actions(HEADER)
        await editor.run(start)
        await editor.message("verified faster version")
        assert served.asked
    actions = [a for a in await editor.actions(HEADER) if isinstance(a, types.CodeAction)]
    assert actions and all(a.tags is None for a in actions)
    assert not any(MINE in a.title for a in actions)
