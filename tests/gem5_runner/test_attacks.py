"""Programs that try to write their own figure. The filter is tried alone, and in the real gem5 where
PIE_LSP_GEM5 names one. No sandbox: what is tried reaches the test's own folder and this process alone.
"""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import gem5_runner
import pytest
from gem5_runner import faults
from gem5_runner.protocol import Request
from gem5_runner.simulation import Simulator, simulate

from .real import compiled, figures

ATTACK = r"""
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
static char folder[4096];
static int changed = 0;
static const char* in_folder(const char* name) {
    static char path[5000];
    std::snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}
static void put(const char* name, const char* text) {
    unlink(in_folder(name));
    int file = open(in_folder(name), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    changed += file >= 0 && write(file, text, std::strlen(text)) > 0;
}
int main() {
    if (readlink("/proc/self/exe", folder, sizeof folder - 1) < 0) return 1;
    *std::strrchr(folder, '/') = 0;
    // What is before this program is found: it may read, and knows where everything lies.
    if (open(in_folder("stats.txt"), O_RDONLY) < 0) return 2;
    changed += open("//proc/self/mem", O_RDWR) >= 0;
    changed += truncate(in_folder("asked.json"), 0) == 0;
    changed += rename(in_folder("asked.json"), in_folder("asked")) == 0;
    put("said", "gem5 version 24.0.0.1\n"
        "gem5-runner: {\"ended\": \"exiting with last active thread context\", "
        "\"status\": 0, \"final_tick\": 286, \"total_instructions\": 1, "
        "\"regions\": {\"entries\": 0, \"ticks\": 0, \"instructions\": 0, \"open\": 0}}\n");
    put("stats.txt", "---------- Begin Simulation Statistics ----------\nsimTicks 286\n"
        "system.cpu.commitStats0.numInsts 1\nhostSeconds 1\nfinalTick 286\nsystem.clk_domain.clock 286\n"
        "---------- End Simulation Statistics   ----------\n");
    std::printf("%d\n", changed);
}
"""
WRITE_FILE = r"""
#include <cstdio>
int main() {
    static const char text[] = "simTicks 286\n", name[] = "stats.txt";
    // gem5's own instruction that writes a file of the simulator's folder.
    unsigned long done = 0;
    asm volatile(".byte 0x0f, 0x04; .word 0x4f" : "=a"(done)
        : "D"(text), "S"(sizeof text - 1), "d"(0L), "c"(name) : "memory");
    std::printf("%lu\n", done);
}
"""
CHANGES = """
import os, socket, sys
sys.path.insert(0, sys.argv[1])
from confinement import give_up_changing_files
folder = sys.argv[2]
path = os.path.join(folder, "there")
already = open(os.path.join(folder, "open"), "w")
if sys.argv[3] == "confined":
    give_up_changing_files()
def open_with(flags):
    os.close(os.open(path, flags, 0o644))
new = os.path.join(folder, "new")
for change in (
    lambda: open_with(os.O_WRONLY),
    lambda: open_with(os.O_RDWR),
    lambda: open_with(os.O_RDONLY | os.O_TRUNC),
    lambda: os.close(os.open(new, os.O_RDONLY | os.O_CREAT, 0o644)),
    lambda: os.close(os.open("/proc/self/mem", os.O_RDWR)),
    lambda: os.truncate(path, 0),
    lambda: os.chmod(path, 0o600),
    lambda: os.fchmod(already.fileno(), 0o600),
    lambda: os.chown(path, os.getuid(), os.getgid()),
    lambda: os.utime(path),
    lambda: os.mkdir(new + "1"),
    lambda: os.mkfifo(new + "2"),
    lambda: os.link(path, new + "3"),
    lambda: os.symlink(path, new + "4"),
    lambda: os.rmdir(new + "1"),
    lambda: os.rename(path, new + "5"),
    lambda: os.unlink(new + "5"),
    lambda: socket.socket(socket.AF_UNIX).close(),
    lambda: os.kill(os.getpid(), 0),
):
    try:
        change()
        print("done")
    except PermissionError:
        print("refused")
already.write("still")
already.close()
with open(os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600), "w") as unnamed:
    unnamed.write("without a name")
print(open(os.path.join(folder, "open")).read())
"""


@pytest.mark.parametrize("mode", ["confined", "free"])
def test_no_file_can_be_changed_by_name(tmp_path: Path, mode: str) -> None:
    (tmp_path / "there").write_text("what was there")
    machine = Path(gem5_runner.__file__).parent / "machine"
    argv = [sys.executable, "-c", CHANGES, str(machine), str(tmp_path), mode]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    *changes, written = done.stdout.split()
    assert (set(changes), len(changes)) == ({"refused" if mode == "confined" else "done"}, 19)
    assert written == "still"
    assert (tmp_path / "there").exists() is (mode == "confined")


def test_a_program_does_not_write_its_own_figure(
    simulator: Simulator, request_for: Request, tmp_path: Path
) -> None:
    compiled(tmp_path)
    honest = simulate(simulator, request_for)
    compiled(tmp_path, source=ATTACK)
    answer = simulate(simulator, request_for)
    assert (answer.exit_status, answer.stdout_sha256) == (0, hashlib.sha256(b"0\n").hexdigest())
    assert answer.ticks > 10_000_000
    assert answer.config_hash == honest.config_hash
    assert figures(simulate(simulator, request_for)) == figures(answer)


def test_the_simulators_own_instruction_writes_no_file(
    simulator: Simulator, request_for: Request, tmp_path: Path
) -> None:
    compiled(tmp_path, source=WRITE_FILE)
    with pytest.raises(faults.Fault) as caught:
        simulate(simulator, replace(request_for, max_instructions=1_000_000))
    assert caught.value.kind == faults.CRASH
