"""Problems that compile and run in a moment, and a stand-in for gem5 that runs the programs themselves."""

import json
import sys
from pathlib import Path

from pie_lsp.corpus.metadata import METADATA

from ..gem5_runner.replay import recorded

PROGRAM = """\
#include <cstdio>

int main() {
    unsigned sum = 0;
    unsigned number;
    while (std::scanf("%%u", &number) == 1) {
        for (unsigned i = 0; i < %d * number; ++i) sum = sum * %d + (sum >> 7) + i;
    }
    std::printf("%%u\\n", sum);
}
"""

INPUTS = '''\
"""Numbers, one a line."""

def generate(rng, size):
    """`size` numbers."""
    return "".join(f"{rng.randint(1, 999)}\\n" for _ in range(size))


def validate(text):
    """Raise ValueError where a line is no number."""
    for line in text.splitlines():
        int(line)
'''

STAND_IN = """#!{interpreter} -IB
import hashlib, json, os, subprocess, sys
play = json.loads({play!r})
folder = sys.argv[sys.argv.index("--outdir") + 1]
with open(sys.argv[-1], encoding="utf-8") as file:
    asked = json.load(file)
with open(asked["program"], "rb") as file:
    text = file.read()
with open(asked["stdin"], "rb") as file:
    content = file.read()
# The sandbox lets no mode be changed, so an executable copy is made.
copy = os.path.join(folder, "executable")
with open(os.open(copy, os.O_WRONLY | os.O_CREAT, 0o755), "wb") as file:
    file.write(text)
with open(asked["stdout"], "wb") as file:
    subprocess.run([copy], input=content, stdout=file)
size = 1 + int(hashlib.sha256(text + content).hexdigest()[:6], 16)
ticks = 286 * play["factor"] * size
for name, old in play["files"].items():
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(old.replace(play["ticks"], str(ticks)))
sys.stdout.write(play["said"].replace(play["ticks"], str(ticks)))
"""


def stand_in(path: Path, *, factor: int = 1, machine: str = "") -> Path:
    """Write a program that answers as gem5 does, with cycles that program and input decide.

    factor   of the cycles of every program
    machine  what its configuration says besides
    """
    ended = recorded("ended")
    play = {
        "files": {**ended.files, "config.ini": ended.files["config.ini"] + machine},
        "said": ended.said,
        "ticks": "63808316",
        "factor": factor,
    }
    interpreter = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    path.write_text(STAND_IN.format(interpreter=interpreter, play=json.dumps(play)))
    path.chmod(0o755)
    return path


def problem_in(root: Path, name: str, family: str = "io", split: str = "train", versions: int = 3) -> Path:
    """Write a problem of so many versions, each with more to do than the next."""
    folder = root / name
    folder.mkdir(parents=True)
    lines = [
        f'title = "{name}"\nfamily = "{family}"\nsplit = "{split}"\nform = "program"',
        f'statement = "Print it."\nsizes = {list(range(1, 11))}',
    ]
    for number in range(1, versions + 1):
        lines.append(f'[[version]]\nfile = "v{number}.cpp"')
        lines += ['kind = "algorithm"\nedit = "Does less."'] if number > 1 else []
        (folder / f"v{number}.cpp").write_text(PROGRAM % (30 * (versions + 1 - number), 3 + 2 * len(name)))
    (folder / METADATA).write_text("\n".join(lines) + "\n")
    (folder / "inputs.py").write_text(INPUTS)
    return folder
