from pathlib import Path

import pytest

from pie_lsp.measure.contract import Backend
from pie_lsp.measure.registry import BACKENDS, choose_backend, estimate_available
from pie_lsp.sandbox.contract import Sandbox
from pie_lsp.values.errors import MissingToolError, SettingsError
from pie_lsp.values.settings import RunLimits, Settings
from pie_lsp.values.toolchain import Link


async def choose(name: str, sandbox: Sandbox, scratch: Path, model: str = "skylake-verbatim") -> Backend:
    return await choose_backend(name, model, Link.STATIC, sandbox, scratch, RunLimits())


async def test_the_default_of_the_settings_is_the_estimate(
    emulator: object, sandbox: Sandbox, tmp_path: Path
) -> None:
    settings = Settings()
    backend = await choose(settings.backend, sandbox, tmp_path, settings.model)
    assert (backend.name, backend.model.split("/")[0]) == ("estimate", "skylake-verbatim")
    assert estimate_available()


async def test_native_needs_nothing_installed(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (await choose("native", sandbox, tmp_path)).is_clock


async def test_without_qemu_the_estimate_says_how_to_get_it(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not estimate_available()
    with pytest.raises(MissingToolError, match="sudo apt install qemu-user"):
        await choose("estimate", sandbox, tmp_path)


async def test_without_gem5_the_setting_and_the_documentation_are_named(
    sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIE_LSP_GEM5", raising=False)
    with pytest.raises(MissingToolError, match=r'No gem5 is named; set "gem5".*https://www\.gem5\.org'):
        await choose("gem5", sandbox, tmp_path)
    monkeypatch.setenv("PIE_LSP_GEM5", str(tmp_path / "none"))
    with pytest.raises(MissingToolError, match=f"no program at {tmp_path}/none"):
        await choose("gem5", sandbox, tmp_path)


async def test_unknown_names_are_said_with_those_there_are(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"no backend 'perf'; known are auto, estimate, gem5, native\."):
        await choose("perf", sandbox, tmp_path)
    with pytest.raises(SettingsError, match="skylake-verbatim, skylake-pie"):
        await choose("estimate", sandbox, tmp_path, model="zen3")
    with pytest.raises(SettingsError, match="skylake-verbatim, skylake-pie"):
        await choose("gem5", sandbox, tmp_path, model="zen3")
    assert BACKENDS == ("auto", "estimate", "gem5", "native")
