import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pie_lsp.engine import doctor
from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.settings import Settings
from tests.models.served import Fault, says, serving

from .conftest import Run


def _only(folder: Path, *tools: str) -> dict[str, str]:
    """An environment in which just `tools`, of those that pie-lsp looks for, are installed."""
    for tool in tools:
        found = shutil.which(tool)
        if found is None:
            pytest.skip(f"{tool} is not installed")
        (folder / tool).symlink_to(found)
    return {"PATH": str(folder)}


def test_everything_is_found(pie_lsp: Run) -> None:
    done = pie_lsp("doctor", environment={"PIE_LSP_GEM5": ""})
    lines = done.stdout.decode().splitlines()
    needed = ("python", "compiler", "sandbox", "programs", "sanitizers", "estimate")
    assert [line.split()[:2] for line in lines[:-1]] == [
        *(["ok", name] for name in needed),
        ["absent", "gem5"],
        ["absent", "model"],
        ["ok", "cache"],
    ]
    assert "--gem5 or PIE_LSP_GEM5" in lines[-4]
    assert lines[-1] == "The main job can run here."
    assert done.returncode == 0


def test_a_missing_compiler_is_status_1_with_a_remedy(pie_lsp: Run, tmp_path: Path) -> None:
    done = pie_lsp("doctor", environment=_only(tmp_path, "bwrap", "qemu-x86_64"))
    said = done.stdout.decode()
    assert done.returncode == 1
    line = next(line for line in said.splitlines() if line.split()[1] == "compiler")
    assert line.startswith("MISSING")
    assert line.endswith("to get it: sudo apt install g++")
    assert said.splitlines()[-1].startswith("The main job cannot run here: compiler")


def test_an_unusable_cache_folder_is_told_as_such(pie_lsp: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = pie_lsp("doctor", environment={"PIE_LSP_CACHE_DIR": str(tmp_path / "file")})
    lines = {line.split()[1]: line for line in done.stdout.decode().splitlines()[:-1]}
    assert lines["sandbox"].startswith("MISSING")
    assert lines["sandbox"].endswith("set PIE_LSP_CACHE_DIR to a folder of yours")
    assert lines["programs"].endswith("not tried, since there is no compiler or no sandbox")
    assert done.returncode == 1


def test_with_a_broken_qemu_the_clock_measures(pie_lsp: Run, tmp_path: Path) -> None:
    broken = tmp_path / "qemu-x86_64"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = pie_lsp("doctor", environment={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    line = next(line for line in done.stdout.decode().splitlines() if line.split()[1] == "estimate")
    assert line.startswith("absent")
    assert "Times on this machine are taken instead" in line
    assert "sudo apt install qemu-user" in line
    assert done.returncode == 0


def test_a_broken_gem5_is_told_and_the_main_job_can_run(pie_lsp: Run, tmp_path: Path) -> None:
    broken = tmp_path / "gem5.fast"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = pie_lsp("doctor", environment={"PIE_LSP_GEM5": str(broken)})
    line = next(line for line in done.stdout.decode().splitlines() if line.split()[1] == "gem5")
    assert line.startswith("absent")
    assert f"{broken} does not start as gem5 does" in line
    assert done.returncode == 0


def _set(folder: Path, toml: str) -> dict[str, str]:
    file = folder / "settings.toml"
    file.write_text(toml, encoding="utf-8")
    return {"PIE_LSP_SETTINGS": str(file)}


def _line(done: subprocess.CompletedProcess[bytes], name: str) -> str:
    return next(line for line in done.stdout.decode().splitlines() if line.split()[1] == name)


@pytest.mark.parametrize("template", ["chat", "pie-conditioned"])
async def test_the_chosen_model_is_asked_a_question(pie_lsp: Run, tmp_path: Path, template: str) -> None:
    async with serving(says("OK", usage=(9, 2))) as served:
        toml = (
            f'language_model = "mine"\n[models.mine]\naddress = "{served.address}"\nmodel = "tiny"\n'
            f'template = "{template}"\n'
        )
        done = await asyncio.to_thread(pie_lsp, "doctor", environment=_set(tmp_path, toml))
    line = _line(done, "model")
    assert line.startswith("ok")
    assert line.endswith(f"mine answers (2 tokens), on this machine: {served.address}")
    assert done.returncode == 0
    (body,) = served.bodies
    assert ("messages" in body, "prompt" in body) == (template == "chat", template != "chat")


@pytest.mark.parametrize("allowed", [False, True])
async def test_whether_source_goes_to_another_machine_is_told(allowed: bool, tmp_path: Path) -> None:
    async with serving(says("OK")) as served:
        # Not surely this machine by its address, so it counts as another.
        mine = ModelSettings("mine", address=f"http://0.0.0.0:{served.port}/v1", served_name="tiny")
        settings = Settings(models=(mine,), language_model="mine", allow_remote_models=allowed)
        found = await doctor._Examination(settings, tmp_path)._ask()
    assert found.ok
    told = "to which your source is sent" if allowed else "not sent your source until you set allow_remote"
    assert f"on another machine, {'' if allowed else 'which is '}{told}" in found.detail
    assert "int main" not in json.dumps(served.bodies)


async def test_a_model_that_does_not_answer_is_told_and_the_main_job_can_run(
    pie_lsp: Run, tmp_path: Path
) -> None:
    async with serving(lambda asked: Fault(404, "pull it first")) as served:
        toml = f'language_model = "mine"\n[models.mine]\naddress = "{served.address}"\nmodel = "tiny"\n'
        done = await asyncio.to_thread(pie_lsp, "doctor", environment=_set(tmp_path, toml))
    line = _line(done, "model")
    assert line.startswith("absent")
    assert "mine does not answer" in line
    assert "pull it first" in line
    assert done.returncode == 0


def test_a_model_that_is_not_set_and_a_bad_setting_are_told(pie_lsp: Run, tmp_path: Path) -> None:
    done = pie_lsp("doctor", environment=_set(tmp_path, 'language_model = "mine"\njobs = 0\n'))
    assert 'no language model "mine" in your settings' in _line(done, "model")
    assert b'"jobs" must be a whole number' in done.stderr
    assert done.returncode == 0


async def test_a_model_that_says_nothing_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    monkeypatch.setattr(doctor, "_PATIENCE_SECONDS", 0.5)
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    mine = ModelSettings("mine", address=address, served_name="tiny")
    settings = Settings(models=(mine,), language_model="mine")
    async with server:
        found = await doctor._Examination(settings, tmp_path)._ask()
    assert (found.name, found.ok) == ("model", False)
    assert found.detail == f"mine had not answered after 0.5 s at {address}"


def test_a_gem5_can_be_named(pie_lsp: Run, tmp_path: Path) -> None:
    broken = tmp_path / "gem5.fast"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    done = pie_lsp("doctor", "--gem5", broken.name, cwd=tmp_path, environment={"PIE_LSP_GEM5": ""})
    assert f"{broken} does not start as gem5 does" in _line(done, "gem5")
