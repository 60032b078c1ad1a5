"""The ladder: what works is found by running it, and consent is needed for the last rung."""

import os
from pathlib import Path

import pytest

from pie_lsp.sandbox.bubblewrap import Bubblewrap
from pie_lsp.sandbox.choose import FORCE_VARIABLE, choose_sandbox
from pie_lsp.sandbox.contract import SandboxCommand
from pie_lsp.sandbox.landlock import Landlock
from pie_lsp.sandbox.launcher import launcher_path
from pie_lsp.sandbox.limits_only import LimitsOnly
from pie_lsp.sandbox.paths import CACHE_VARIABLE
from pie_lsp.values.errors import MissingToolError, PieError, SandboxError

UBUNTU = "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n"


@pytest.fixture
def no_bubblewrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH without bwrap; the launcher is there already, as on a machine that was used before."""
    launcher_path()
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


async def test_bubblewrap_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FORCE_VARIABLE, raising=False)
    try:
        Bubblewrap.find()
    except SandboxError as error:
        pytest.skip(str(error))
    first = await choose_sandbox(allow_unsandboxed=False)
    assert isinstance(first, Bubblewrap)
    assert await choose_sandbox(allow_unsandboxed=False) is first


async def test_without_bubblewrap_landlock_is_used(no_bubblewrap: Path) -> None:
    sandbox = await choose_sandbox(allow_unsandboxed=False)
    assert isinstance(sandbox, Landlock)
    assert (await sandbox.run(SandboxCommand(("/bin/echo", "works")))).stdout == b"works\n"


async def test_bubblewrap_that_may_not_make_namespaces_is_passed_over(no_bubblewrap: Path) -> None:
    """Ubuntu 24.04: bubblewrap is installed, and AppArmor forbids what it needs."""
    fake = no_bubblewrap / "bwrap"
    fake.write_text(UBUNTU)
    fake.chmod(0o755)
    assert isinstance(await choose_sandbox(allow_unsandboxed=False), Landlock)


async def test_a_rung_can_be_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FORCE_VARIABLE, "landlock")
    assert isinstance(await choose_sandbox(allow_unsandboxed=False), Landlock)


async def test_without_any_sandbox_nothing_is_run(
    no_bubblewrap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = no_bubblewrap / "bwrap"
    fake.write_text(UBUNTU)
    fake.chmod(0o755)
    monkeypatch.setenv(FORCE_VARIABLE, "bubblewrap")
    with pytest.raises(SandboxError) as caught:
        await choose_sandbox(allow_unsandboxed=False)
    said = str(caught.value)
    assert "setting up uid map: Permission denied" in said
    assert "sudo apt install bubblewrap" in said
    assert "allow_unsandboxed" in said
    assert isinstance(await choose_sandbox(allow_unsandboxed=True), LimitsOnly)


async def test_a_cache_folder_that_cannot_be_used_is_no_missing_sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file"))
    # Another situation than those that this process remembers.
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(PieError, match=r"^The cache folder .* cannot be used \(File exists\); set \w+ to"):
        await choose_sandbox(allow_unsandboxed=True)


async def test_without_a_compiler_that_is_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingToolError, match=r"^No C\+\+ compiler was found; install one: "):
        await choose_sandbox(allow_unsandboxed=True)


async def test_consent_alone_does_not_weaken_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FORCE_VARIABLE, raising=False)
    assert not isinstance(await choose_sandbox(allow_unsandboxed=True), LimitsOnly)
