"""The whole way: an answer that a server gives over HTTP becomes a code action that a real client applies."""

import shutil
from pathlib import Path

from lsprotocol import types
from pytest_lsp import LanguageClient

from tests.models.served import Texts, serving

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
    shutil.copytree(project.folder / "runlength.tests", folder / "runlength.tests")
    mine = Project(folder)
    mine.file.write_text(project.text.replace("/*😀*/", ""), encoding="utf-8")
    return mine


def configure(client: LanguageClient, address: str) -> None:
    tiny = {"address": address, "model": "m", "context": 8000}
    chosen = {"languageModel": "tiny", "strategy": "few-shot", "samples": 2, "repairs": 0}
    client.set_configuration({"models": {"tiny": tiny}, **chosen}, section="pie")


async def test_an_answer_over_http_is_offered_marked_and_applied(
    client: LanguageClient, project: Project, tmp_path: Path
) -> None:
    mine = own(project, tmp_path)
    async with serving(lambda asked: Texts((answer_for(mine.text), "no idea"))) as served:
        configure(client, served.address)
        editor = await open_editor(client, mine, "vscode-11")
        assert served.asked == []
        (start,) = await editor.actions(HEADER)
        await editor.run(start)
        await editor.message("verified faster version")
        assert len(served.asked) == 1
        actions = [a for a in await editor.actions(HEADER) if isinstance(a, types.CodeAction)]
        assert len(served.asked) == 1
    marked = [a for a in actions if list(a.tags or ()) == [types.CodeActionTag.LlmGenerated]]
    assert [MINE in a.title for a in marked] == [True], [(a.title, a.tags) for a in actions]
    rules = [a for a in actions if a.edit is not None or a.data is not None]
    assert len(rules) > 1, "what a rule found is offered beside it, and is not marked"
    editor.apply(await editor.edit_of(marked[0]))
    assert editor.text == mine.text.replace(SLOW, QUICK)
    passes_its_tests(mine, editor.text)
