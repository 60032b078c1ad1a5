from dataclasses import replace
from pathlib import Path

import pytest

from pie_lsp.server.session import Session, request_for
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings

from .conftest import document
from .making import OLD, make_result


def test_the_innermost_folder_is_the_workspace(tmp_path: Path) -> None:
    session = Session()
    inner = tmp_path / "inner"
    inner.mkdir()
    session.add_folders([tmp_path.as_uri(), inner.as_uri(), "untitled:x"])
    assert session.workspace_of(inner / "a.cpp") == inner
    assert session.workspace_of(tmp_path / "a.cpp") == tmp_path
    session.remove_folders([inner.as_uri(), "file:///never"])
    assert session.workspace_of(inner / "a.cpp") == tmp_path


def test_without_a_folder_the_files_own_surroundings_count(tmp_path: Path) -> None:
    (tmp_path / ".pie-lsp.toml").write_text("")
    assert Session().workspace_of(tmp_path / "sub" / "a.cpp") == tmp_path


def test_the_user_wins_over_the_workspace_and_configuration_over_options(tmp_path: Path) -> None:
    (tmp_path / ".pie-lsp.toml").write_text('min_speedup = 1.5\nstandard = "c++20"\n')
    session = Session()
    session.add_folders([tmp_path.as_uri()])
    session.initialization_options = {"minSpeedup": 2.0, "jobs": 3}
    session.configuration = {"jobs": 1}
    settings, problems = session.settings_for(tmp_path / "a.cpp")
    assert problems == ()
    assert (settings.min_speedup, settings.jobs) == (2.0, 1)
    assert "-std=c++20" in settings.flags


def test_problems_are_told_once_until_the_settings_change(tmp_path: Path) -> None:
    session = Session()
    session.add_folders([tmp_path.as_uri()])
    session.configuration = {"jobs": "many"}
    settings, problems = session.settings_for(tmp_path / "a.cpp")
    assert settings.jobs == Settings().jobs and len(problems) == 1
    assert session.settings_for(tmp_path / "a.cpp")[1] == ()
    session.forget_problems()
    assert session.settings_for(tmp_path / "a.cpp")[1] == problems


def test_a_workspace_cannot_choose_what_runs(tmp_path: Path) -> None:
    (tmp_path / ".pie-lsp.toml").write_text('compiler = "/bin/evil"\nallow_unsandboxed = true\n')
    session = Session()
    session.add_folders([tmp_path.as_uri()])
    settings, problems = session.settings_for(tmp_path / "a.cpp")
    assert settings.compiler == Settings().compiler and not settings.allow_unsandboxed
    assert len(problems) == 2


def test_only_a_plain_no_is_no_trust() -> None:
    for options, trusted in (({}, True), ({"trusted": True}, True), ({"trusted": False, "jobs": 1}, False)):
        session = Session()
        session.begin(options)
        assert session.trusted is trusted
        assert "trusted" not in session.initialization_options
        assert session.initialization_options.get("jobs") == options.get("jobs")


def test_documents_are_found_in_every_spelling() -> None:
    session = Session()
    opened = document(OLD)
    session.documents["file:///nowhere/a.cpp"] = opened
    assert session.document("file:///nowhere/%61.cpp") is opened
    assert session.document("file:///nowhere/b.cpp") is None


def test_a_request_is_for_one_function_of_the_buffer() -> None:
    opened = document(OLD)
    function = opened.function("f", None)
    assert function is not None
    request = request_for(opened, function.ref, Settings())
    assert request.source == opened.data and request.path == Path("/nowhere/a.cpp")
    assert request.selector is not None
    assert (request.selector.name, request.selector.line) == ("f", 2)


@pytest.mark.parametrize("broken", [{"refusal": "No."}, {"path": None}])
def test_what_cannot_be_worked_on_is_refused(broken: dict[str, str | None]) -> None:
    opened = replace(document(OLD), **broken)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        request_for(opened, make_result().function, Settings())


@pytest.mark.parametrize("client", ["Eglot", "Emacs", "coc.nvim", ""])
def test_a_project_that_speaks_through_the_editor_cannot_choose_what_runs(
    tmp_path: Path, client: str
) -> None:
    session = Session()
    session.begin({"jobs": 3}, client)
    session.add_folders([tmp_path.as_uri()])
    session.configuration = {
        "compiler": "/bin/evil",
        "allowUnsandboxed": True,
        "flags": ["-O2", "-fplugin=./evil.so"],
        "minSpeedup": 1.5,
    }
    settings, problems = session.settings_for(tmp_path / "a.cpp")
    assert settings.compiler == Settings().compiler and not settings.allow_unsandboxed
    assert "-O2" in settings.flags and "-fplugin=./evil.so" not in settings.flags
    assert (settings.min_speedup, settings.jobs) == (1.5, 3)
    assert len(problems) == 3


def test_settings_of_an_editor_that_asks_first_are_the_users(tmp_path: Path) -> None:
    session = Session()
    session.begin({}, "Neovim")
    session.configuration = {"compiler": "/usr/bin/mine"}
    assert session.settings_for(tmp_path / "a.cpp")[0].compiler == "/usr/bin/mine"
