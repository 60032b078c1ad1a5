"""A person's steps in every kind of editor, with the real engine: ask, start, wait, look, apply."""

import asyncio
import re
import subprocess
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.capabilities import get_capability
from pytest_lsp import LanguageClient

from .conftest import QUICK_LINE, SLOW_LINE, Editor, Project, open_editor

HEADER = "string unpack("
RANGE = r"\[\d+\.\d\d, \d+\.\d\d over 4 layouts\]"
TITLE = re.compile(
    rf"^\d+\.\d\dx faster( {RANGE}, estimated Skylake cycles within 7 %|, on this machine), 6 tests"
    r"(; (slower on )?this machine:? .+)?: .+"
)


@pytest.mark.parametrize(
    "profile", ["vscode-11", "neovim-0.7.2", "neovim-0.11.4", "helix-25.01.1", "eglot-1.9", "eglot-29"]
)
async def test_a_suggestion_is_found_looked_at_and_applied(
    client: LanguageClient, project: Project, profile: str
) -> None:
    editor = await open_editor(client, project, profile)
    (start,) = await editor.actions(HEADER)
    assert start.title == "Optimize 'unpack'"
    assert (await editor.run(start))["job"]
    message = await editor.message("verified faster version")
    assert "'unpack'" in message

    actions = await editor.actions(HEADER)
    best = actions[0]
    assert isinstance(best, types.CodeAction) and TITLE.match(best.title)
    assert [a.title for a in actions].count(f"Preview: {best.title}") == 1
    (hint,) = await editor.until(lambda: client.diagnostics.get(editor.uri))
    assert best.title.startswith(re.search(r"\d+\.\d\dx faster", hint.message)[0])  # type: ignore[index]
    await _look(editor)

    editor.apply(await editor.edit_of(best))
    assert editor.text == project.text.replace(SLOW_LINE, QUICK_LINE)
    await editor.until(lambda: not client.diagnostics[editor.uri])
    assert [a.title for a in await editor.actions(HEADER)] == ["Optimize 'unpack'"]
    await asyncio.to_thread(passes_its_tests, project, editor.text)


async def _look(editor: Editor) -> None:
    """Hover and preview, as far as the client has them."""
    assert editor.client.capabilities is not None
    at = types.Position(line=editor.line_of(HEADER), character=len("string un"))
    document = types.TextDocumentIdentifier(uri=editor.uri)
    hover = await editor.client.text_document_hover_async(
        types.HoverParams(text_document=document, position=at)
    )
    assert hover is not None and isinstance(hover.contents, types.MarkupContent)
    assert f"+/*😀*/{QUICK_LINE}" in hover.contents.value
    formats = get_capability(editor.client.capabilities, "text_document.hover.content_format", [])
    assert ("```diff" in hover.contents.value) == (types.MarkupKind.Markdown in formats)
    preview = next(a for a in await editor.actions(HEADER) if a.title.startswith("Preview"))
    path = Path(await editor.run(preview))
    assert f"+/*😀*/{QUICK_LINE}" in await asyncio.to_thread(path.read_text, encoding="utf-8")
    if get_capability(editor.client.capabilities, "window.show_document.support", False):
        await editor.until(lambda: [s for s in editor.client.shown_documents if s.uri == path.as_uri()])
    else:
        await editor.message(str(path))


async def test_a_client_without_abilities_gets_a_diff_that_patch_takes(
    client: LanguageClient, project: Project, tmp_path: Path
) -> None:
    editor = await open_editor(client, project, "minimal")
    (start,) = await editor.actions(HEADER)
    assert isinstance(start, types.Command)
    await editor.run(start)
    await editor.message("verified faster version")
    actions = await editor.actions(HEADER)
    assert all(isinstance(action, types.Command) for action in actions)
    answer = await editor.run(actions[0])
    message = await editor.message("patch -p1")
    assert not answer["applied"] and answer["problem"] == message
    found = re.search(r"patch -p1 < (\S+)`", message)
    assert found is not None
    patched = await asyncio.to_thread(after_patch, project, Path(found[1]), tmp_path)
    assert patched == project.text.replace(SLOW_LINE, QUICK_LINE)


async def test_a_job_is_cancelled_from_the_list_and_leaves_no_process(
    client: LanguageClient, project: Project
) -> None:
    editor = await open_editor(client, project, "neovim-0.11.4")
    # A token that no other test has, so that the engine's cache does not answer.
    editor.apply(types.TextEdit(range=_start_of_file(), new_text="int cancelled_here;\n"))
    (start,) = await editor.actions(HEADER)
    job = (await editor.run(start))["job"]
    await editor.until(lambda: any("1/" in str(r) for r in client.progress_reports.get(job, [])))
    (cancel,) = await editor.actions(HEADER)
    assert cancel.title.startswith("Cancel optimizing 'unpack' (")
    assert await editor.run(cancel) is True
    await editor.until(
        lambda: any(isinstance(r, types.WorkDoneProgressEnd) for r in client.progress_reports[job])
    )
    assert children_of(client) == []
    assert [a.title for a in await editor.actions(HEADER)] == ["Optimize 'unpack'"]


async def test_without_tests_nothing_is_offered_and_the_way_to_add_one_is_said(
    client: LanguageClient, tmp_path: Path, project: Project
) -> None:
    lonely = Project(tmp_path)
    lonely.file.write_text(project.text, encoding="utf-8")
    editor = await open_editor(client, lonely, "vscode-11")
    (start,) = await editor.actions(HEADER)
    await editor.run(start)
    assert "runlength.tests/1.in" in await editor.message("'unpack'")
    assert [a.title for a in await editor.actions(HEADER)] == ["Optimize 'unpack'"]
    assert not client.diagnostics.get(editor.uri)


async def test_settings_come_from_the_client_and_bad_ones_are_said_once(
    client: LanguageClient, project: Project, tmp_path: Path
) -> None:
    own = Project(tmp_path)
    own.file.write_text(project.text, encoding="utf-8")
    (tmp_path / ".pie-lsp.toml").write_text('compiler = "/bin/evil"\nmin_speedup = "fast"\n')
    client.set_configuration({"compiler": "no-such-compiler", "jobs": "many"}, section="pie")
    editor = await open_editor(client, own, "vscode-11")
    for _ in range(2):
        (start,) = await editor.actions(HEADER)
        await editor.run(start)
        await editor.message("no-such-compiler")
        client.messages[:] = [m for m in client.messages if "no-such-compiler" not in m.message]
    said = [m.message for m in client.messages]
    for word in ("jobs", "compiler", "min_speedup"):
        assert len([m for m in said if f'"{word}"' in m]) == 1, said


def after_patch(project: Project, diff: Path, folder: Path) -> str:
    """The program after `patch -p1` in a folder that holds a copy of it."""
    copy = folder / project.file.name
    copy.write_text(project.text, encoding="utf-8")
    with diff.open("rb") as stream:
        subprocess.run(["patch", "-p1"], stdin=stream, cwd=folder, check=True, capture_output=True)
    return copy.read_text(encoding="utf-8")


def _start_of_file() -> types.Range:
    zero = types.Position(line=0, character=0)
    return types.Range(start=zero, end=zero)


def passes_its_tests(project: Project, text: str) -> None:
    """Compile a text and compare its outputs with the expected ones."""
    program = project.folder / "applied"
    source = project.folder / "applied.cpp"
    source.write_text(text, encoding="utf-8")
    subprocess.run(["g++", "-std=c++17", "-O1", "-o", str(program), str(source)], check=True)
    tests = sorted((project.folder / "runlength.tests").glob("*.in"))
    assert len(tests) == 6
    for test in tests:
        run = subprocess.run([str(program)], input=test.read_bytes(), capture_output=True, check=True)
        assert run.stdout.split() == test.with_suffix(".out").read_bytes().split()


def children_of(client: LanguageClient) -> list[int]:
    """Processes below the server that still run."""
    server = client._server
    assert server is not None
    found, queue = [], [server.pid]
    while queue:
        children = Path(f"/proc/{queue.pop()}/task").glob("*/children")
        below = [int(pid) for file in children for pid in file.read_text().split()]
        found += below
        queue += below
    return found
