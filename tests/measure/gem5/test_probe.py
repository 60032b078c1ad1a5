import subprocess
from pathlib import Path

from pie_lsp.measure.gem5 import probe


def test_it_is_a_program_that_ends_with_status_0(tmp_path: Path) -> None:
    path = tmp_path / "probe"
    path.write_bytes(probe.program())
    path.chmod(0o755)
    done = subprocess.run([path], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_it_is_the_same_every_time_and_small() -> None:
    assert probe.program() == probe.program()
    assert len(probe.program()) < 200
