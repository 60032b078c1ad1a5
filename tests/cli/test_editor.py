"""The snippets are what the README shows, and are well formed."""

import json
import tomllib
from pathlib import Path

import pytest

from pie_lsp.cli.editor import EDITORS, lua_string, plugin, snippet

from .conftest import Run

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in EDITORS if name != "vscode"])
def test_the_readme_shows_the_same_text(name: str) -> None:
    editor = EDITORS[name]
    kind = {"lua": "lua", "el": "elisp", "toml": "toml", "json": "json"}[editor.file.rpartition(".")[2]]
    assert f"```{kind}\n{snippet(editor)}```\n" in README


@pytest.mark.parametrize("name", ["helix", "kate", "sublime", "vscode"])
def test_settings_can_be_read(name: str) -> None:
    text = snippet(EDITORS[name])
    assert tomllib.loads(text) if name == "helix" else json.loads(text)


def test_the_snippet_is_printed_alone_and_the_plugin_is_named(pie_lsp: Run) -> None:
    done = pie_lsp("editor", "neovim")
    assert done.returncode == 0
    assert done.stdout.decode() == snippet(EDITORS["neovim"]) + f"dofile({lua_string(str(plugin()))})\n"
    assert b"init.lua" in done.stderr
    assert plugin().is_file()
    assert pie_lsp("editor", "ed").returncode == 2


def test_a_path_is_a_literal_of_lua() -> None:
    assert lua_string("/a'b\\c\n") == "'/a\\'b\\\\c\\n'"
