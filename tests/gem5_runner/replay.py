"""Writes programs that stand in for gem5: they leave behind what a real one left, and end as told."""

import json
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

RECORDED = Path(__file__).parent / "recorded"

PROGRAM = """#!{interpreter} -IB
import json, os, signal, sys, time
play = json.loads({play!r})
folder = sys.argv[sys.argv.index("--outdir") + 1]
with open(sys.argv[-1], encoding="utf-8") as file:
    asked = json.load(file)
for name, text in play["files"].items():
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)
with open(asked["stdout"], "w", encoding="utf-8") as file:
    file.write(play["stdout"])
sys.stdout.write(play["said"])
sys.stdout.flush()
time.sleep(play["seconds"])
if play["signal"]:
    if play["signal"] != signal.SIGKILL:
        signal.signal(play["signal"], signal.SIG_DFL)
    os.kill(os.getpid(), play["signal"])
sys.exit(play["status"])
"""


@dataclass(frozen=True)
class Play:
    """What the stand-in leaves behind, and how it ends."""

    files: dict[str, str] = field(default_factory=dict)
    stdout: str = ""
    said: str = ""
    status: int = 0
    signal: int = 0
    seconds: float = 0.0

    def write(self, path: Path) -> Path:
        """Write the program to `path`."""
        interpreter = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
        path.write_text(PROGRAM.format(interpreter=interpreter, play=json.dumps(asdict(self))))
        path.chmod(0o755)
        return path

    def but(self, **changes: object) -> "Play":
        """The same with other ends."""
        return replace(self, **changes)  # type: ignore[arg-type]


def recorded(name: str) -> Play:
    """What the real gem5 left behind in the folder `name`, at the end of which it exited with status 0."""
    folder = RECORDED / name
    files = {"config.ini": read("ended", "config.ini")}
    if (folder / "stats.txt").is_file():
        files["stats.txt"] = read(name, "stats.txt")
    stdout = folder / "stdout"
    return Play(files, stdout.read_text() if stdout.is_file() else "", read(name, "said"))


def read(name: str, file: str) -> str:
    """One recorded file."""
    return (RECORDED / name / file).read_text(encoding="utf-8")
