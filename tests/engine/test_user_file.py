"""The user's own file of settings: below the editor, above the workspace, and never in the way."""

from pathlib import Path

import platformdirs
import pytest

from pie_lsp.engine.settings import FILE_NAME, load_settings
from pie_lsp.engine.user_file import user_file
from pie_lsp.values.settings import Settings

MODEL = '[models.mine]\naddress = "http://127.0.0.1:1/v1"\nmodel = "m"\n'


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "own" / "mine.toml"
    file.parent.mkdir()
    monkeypatch.setenv("PIE_LSP_SETTINGS", str(file))
    return file


def test_the_file_lies_where_configuration_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIE_LSP_SETTINGS")
    assert user_file() == Path(platformdirs.user_config_dir("pie-lsp")) / "settings.toml"
    monkeypatch.setenv("PIE_LSP_SETTINGS", "~/mine.toml")
    assert user_file() == Path.home() / "mine.toml"


def test_a_file_that_is_named_and_not_there_is_told(mine: Path) -> None:
    settings, messages = load_settings(None)
    assert settings == Settings()
    assert [message.partition(",")[0] for message in messages] == [f"$PIE_LSP_SETTINGS names {mine}"]
    assert "does not exist" in messages[0]


def test_a_folder_in_its_place_is_told(mine: Path) -> None:
    mine.mkdir()
    assert "cannot be read" in load_settings(None)[1][0]


def test_without_a_file_nothing_is_set(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIE_LSP_SETTINGS", "/dev/null")
    assert load_settings(None) == (Settings(), ())
    monkeypatch.delenv("PIE_LSP_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(mine.parent))
    assert load_settings(None) == (Settings(), ())


def test_the_file_may_set_what_a_workspace_may_not(mine: Path) -> None:
    mine.write_text(f'language_model = "mine"\njobs = 4\n{MODEL}')
    settings, messages = load_settings(None)
    assert messages == ()
    assert (settings.language_model, settings.jobs, settings.models[0].served_name) == ("mine", 4, "m")


def test_the_editor_wins_over_the_file_and_the_file_over_the_workspace(mine: Path, tmp_path: Path) -> None:
    mine.write_text('standard = "c++20"\nmin_speedup = 2.0\n')
    (tmp_path / FILE_NAME).write_text('standard = "c++14"\nmin_speedup = 3.0\n')
    assert load_settings(tmp_path)[0].min_speedup == 2.0
    assert load_settings(tmp_path, {"minSpeedup": 4.0})[0].min_speedup == 4.0
    assert load_settings(tmp_path)[0].flags[-1] == "-std=c++20"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("jobs = ", "is not a TOML file"),
        ("jobs = 0", '"jobs" must be'),
        ("speed = 1", '"speed" is no setting'),
    ],
)
def test_what_is_wrong_in_the_file_costs_a_sentence(mine: Path, content: str, words: str) -> None:
    mine.write_text(content)
    settings, messages = load_settings(None)
    assert settings == Settings()
    (message,) = messages
    assert message.startswith(str(mine))
    assert words in message


@pytest.mark.parametrize("line", [MODEL, 'language_model = "mine"'])
def test_a_workspace_has_no_say_about_models(mine: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / FILE_NAME).write_text(line)
    settings, messages = load_settings(tmp_path)
    assert (settings.models, settings.language_model) == ((), "")
    assert "cannot be set by a workspace" in messages[0]
