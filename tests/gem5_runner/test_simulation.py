"""Faults of a simulator that stands in for gem5 and leaves behind what the real one left."""

import hashlib
import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from gem5_runner import faults
from gem5_runner.protocol import Measured, Region, Request
from gem5_runner.simulation import Simulator, simulate

from .replay import Play, recorded

Ask = Callable[..., Measured]


@pytest.fixture
def request_of(tmp_path: Path) -> Callable[..., tuple[Simulator, Request]]:
    """A simulator that plays `play`, and a request for it."""

    def made(play: Play | Path, **changes: object) -> tuple[Simulator, Request]:
        gem5 = play if isinstance(play, Path) else play.write(tmp_path / "gem5")
        (tmp_path / "prog").write_bytes(b"a program")
        (tmp_path / "scratch").mkdir(exist_ok=True)
        values = {"id": "1", "machine": "skylake-verbatim", "program": "prog", **changes}
        return Simulator(gem5, tmp_path, tmp_path / "scratch"), Request(**values)  # type: ignore[arg-type]

    return made


@pytest.fixture
def ask(request_of: Callable[..., tuple[Simulator, Request]], tmp_path: Path) -> Ask:
    def asked(play: Play | Path, **changes: object) -> Measured:
        try:
            return simulate(*request_of(play, **changes))
        finally:
            assert list((tmp_path / "scratch").iterdir()) == [], "nothing is left behind"

    return asked


def test_a_recorded_run(ask: Ask) -> None:
    answer = ask(recorded("ended"))
    assert (answer.ticks, answer.cycles, answer.instructions) == (63_808_316, 223_106, 37_720)
    assert (answer.exit_status, answer.gem5_version, answer.region) == (0, "24.0.0.1", None)
    assert answer.stdout_sha256 == hashlib.sha256(recorded("ended").stdout.encode()).hexdigest()
    assert len(answer.config_hash) == 64
    assert answer.stdout_matches is None


def test_words_without_end_hide_neither_the_version_nor_the_ending(ask: Ask) -> None:
    play = recorded("ended")
    begun = "Starting simulation...\n"
    assert begun in play.said
    page = "src/sim/mem_state.cc:448: info: Increasing stack size by one page.\n"
    answer = ask(play.but(said=play.said.replace(begun, begun + 30_000 * page)))
    assert replace(answer, id="", simulator_seconds=0) == replace(ask(play), id="", simulator_seconds=0)


def test_recorded_regions(ask: Ask) -> None:
    answer = ask(recorded("regions"))
    assert answer.region == Region(entries=3, ticks=10_047_466, instructions=21_603)
    assert len(answer.blocks) == 7
    # Every second block lies between a beginning and an end.
    assert sum(block["ticks"] for block in answer.blocks[1::2]) == answer.region.ticks


@pytest.mark.parametrize(("expected", "matches"), [(None, None), (b"other\n", False), ("same", True)])
def test_the_output_is_compared(
    ask: Ask, tmp_path: Path, expected: bytes | str | None, matches: bool | None
) -> None:
    play = recorded("ended")
    (tmp_path / "out").write_bytes(play.stdout.encode() if expected == "same" else expected or b"")  # type: ignore[arg-type]
    answer = ask(play, expected=None if expected is None else "out")
    assert answer.stdout_matches is matches


def no_x86() -> Play:
    said = recorded("ended").said.splitlines()[:12]
    line = 'gem5-runner: {"ended": "no-x86", "detail": "cannot import name X86O3CPU"}'
    return Play(said="\n".join([*said, line, ""]))


def words(text: str, status: int = 1) -> Play:
    """gem5 ends with these words behind what it says at its start."""
    return Play(said=f"Global frequency set at 1000000000000 ticks per second\n{text}\n", status=status)


ENDED = recorded("ended")
CUT = {**ENDED.files, "stats.txt": ENDED.files["stats.txt"][:3000]}
FAULTS = {
    "wrong isa": (no_x86(), faults.WRONG_ISA, "gem5 without x86"),
    "wrong version": (
        ENDED.but(said=ENDED.said.replace("gem5 version 24.0", "gem5 version 23.1")),
        faults.WRONG_VERSION,
        r"is gem5 23\.1\.\S+; build one of version 24\.0",
    ),
    "segmentation": (ENDED.but(signal=signal.SIGSEGV), faults.CRASH, "crashed with signal 11"),
    "killed": (ENDED.but(signal=signal.SIGKILL), faults.KILLED, "killed by signal 9"),
    "stopped": (ENDED.but(signal=signal.SIGTERM), faults.KILLED, "killed by signal 15"),
    "program crashes": (
        recorded("crash").but(signal=signal.SIGABRT),
        faults.BAD_PROGRAM,
        "The program crashes in the simulation .*unmapped address 0",
    ),
    "stack": (
        words("src/arch/x86/faults.cc:166: panic: Tried to write unmapped address 0x7ffff80fe000.", 134),
        faults.STACK_LIMIT,
        "a stack of more than 127 MiB would lie",
    ),
    "just within the stack": (
        words("src/arch/x86/faults.cc:166: panic: Tried to write unmapped address 0x7ffff80ff000.", 134),
        faults.BAD_PROGRAM,
        "crashes in the simulation .*unmapped address 0x7ffff80ff000",
    ),
    "far below every stack": (
        words("src/arch/x86/faults.cc:166: panic: Tried to read unmapped address 0x7fffefffe000.", 134),
        faults.BAD_PROGRAM,
        "crashes in the simulation",
    ),
    "unconfined": (
        Play(said='gem5-runner: {"ended": "unconfined", "detail": "Function not implemented"}\n'),
        faults.UNCONFINED,
        r"kept from changing files .*\(Function not implemented\)",
    ),
    "fatal": (
        words("src/base/logging.cc:1: fatal: Something is odd"),
        faults.CRASH,
        "status 1 .*fatal: Something is odd",
    ),
    "panic": (
        words("src/cpu/o3/commit.cc:9: panic: Nothing commits"),
        faults.CRASH,
        "status 1 .*panic: Nothing commits",
    ),
    "memory": (
        words("src/mem/physical.cc:247: fatal: Could not mmap 34359738368 bytes for range [0:0x800000000]!"),
        faults.HOST_MEMORY,
        "too little memory of this machine",
    ),
    "simulated memory": (
        words("src/sim/mem_pool.cc:9: fatal: Out of memory, please increase size of physical memory."),
        faults.BAD_PROGRAM,
        "more memory than the simulated machine",
    ),
    "no program": (
        words("ValueError: program: the file is not an object file compatible with gem5."),
        faults.BAD_PROGRAM,
        "no x86-64 executable",
    ),
    "disk full, in words": (
        words("OSError: [Errno 28] No space left on device"),
        faults.DISK_FULL,
        "make room",
    ),
    "file limit": (ENDED.but(signal=signal.SIGXFSZ), faults.DISK_FULL, "larger than its limit"),
    "cut off": (ENDED.but(files=CUT), faults.DISK_FULL, "could not write its statistics"),
    "no statistics": (
        ENDED.but(files={"config.ini": ENDED.files["config.ini"]}),
        faults.DISK_FULL,
        "could not write its statistics",
    ),
    "instruction limit": (recorded("limit"), faults.INSTRUCTION_LIMIT, "more than 5,000 instructions"),
    "reset": (recorded("reset"), faults.RESET_STATISTICS, "reset the statistics"),
    "too many regions": (
        ENDED.but(said=ENDED.said.replace("exiting with last active thread context", "workbegin")),
        faults.REGION_LIMIT,
        "entered too often",
    ),
    "another end": (
        ENDED.but(said=ENDED.said.replace("exiting with last active thread context", "user interrupt")),
        faults.UNEXPECTED_END,
        "before the program did: user interrupt",
    ),
    "silence": (Play(), faults.NOT_GEM5, "does not start as gem5 does"),
    "another program": (Play(said="usage: gem5 [x]\n", status=2), faults.NOT_GEM5, "usage: gem5"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_has_its_kind_and_a_sentence(ask: Ask, name: str) -> None:
    play, kind, sentence = FAULTS[name]
    with pytest.raises(faults.Fault, match=sentence) as caught:
        ask(play, max_instructions=5_000)
    assert caught.value.kind == kind
    assert caught.value.message[0].isupper() or caught.value.message[0] in "/g"


def test_the_wall_guard_ends_it(ask: Ask) -> None:
    with pytest.raises(faults.Fault, match=r"more than 0\.2 s and was aborted") as caught:
        ask(ENDED.but(seconds=3600.0), wall_seconds=0.2)
    assert caught.value.kind == faults.WALL_GUARD


def test_no_gem5_and_no_program(ask: Ask, tmp_path: Path) -> None:
    with pytest.raises(faults.Fault, match=f"no gem5 at {tmp_path}/none; build one") as caught:
        ask(tmp_path / "none")
    assert caught.value.kind == faults.MISSING


def test_a_file_that_is_no_program_is_no_gem5(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("hello")
    with pytest.raises(faults.Fault, match="does not start as gem5 does") as caught:
        ask(tmp_path / "text")
    assert caught.value.kind == faults.NOT_GEM5


@pytest.mark.parametrize("changes", [{"machine": "zen3"}, {"program": "none"}])
def test_what_does_not_exist_is_a_bad_request(ask: Ask, changes: dict[str, object]) -> None:
    with pytest.raises(faults.Fault, match="There is no") as caught:
        ask(ENDED, **changes)
    assert caught.value.kind == faults.BAD_REQUEST


def test_a_real_limit_on_files_is_told_and_the_next_line_is_answered(
    request_of: Callable[..., tuple[Simulator, Request]], tmp_path: Path
) -> None:
    """The statistics are longer than any file may be."""
    long = {**ENDED.files, "stats.txt": ENDED.files["stats.txt"] + "x 1\n" * 100_000}
    simulator, _ = request_of(ENDED.but(files=long))
    line = json.dumps({"schema": 1, "id": "a", "machine": "skylake-pie", "program": "prog"})
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "gem5_runner",
            "--gem5",
            simulator.gem5,
            "--root",
            ".",
            "--scratch",
            "scratch",
        ],
        input=f"{line}\n\nnonsense\n".encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
    )
    full, nonsense = map(json.loads, done.stdout.splitlines())
    assert (full["ok"], full["id"], full["fault"]) == (False, "a", faults.DISK_FULL)
    assert (nonsense["ok"], nonsense["id"], nonsense["fault"]) == (False, "", faults.BAD_REQUEST)


def test_the_path_of_the_program_has_always_the_same_length(
    request_of: Callable[..., tuple[Simulator, Request]], tmp_path: Path
) -> None:
    """A program asks for its path, and the time that it takes depends on the length of the answer."""
    lengths = set()
    keep = 'import shutil; shutil.copy(sys.argv[-1], "KEPT")\n'
    simulator, request = request_of(ENDED)
    text = simulator.gem5.read_text()
    for name in ("scratch", "a-much-longer-name-of-a-folder"):
        kept = tmp_path / f"{name}.json"
        simulator.gem5.write_text(text.replace("folder =", keep.replace("KEPT", str(kept)) + "folder =", 1))
        (tmp_path / name).mkdir(exist_ok=True)
        simulate(Simulator(simulator.gem5, tmp_path, tmp_path / name), request)
        program = json.loads(kept.read_text())["program"]
        assert program.startswith(f"{tmp_path / name}/")
        lengths.add((len(program), len(Path(program).name)))
    assert len(lengths) == 1


def test_a_scratch_folder_with_too_long_a_path_is_refused(ask: Ask, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 200)
    deep.mkdir()
    (tmp_path / "scratch").mkdir()
    (tmp_path / "prog").touch()
    simulator = Simulator(ENDED.write(tmp_path / "gem5"), tmp_path, deep)
    with pytest.raises(faults.Fault, match="too long") as caught:
        simulate(simulator, Request("1", "skylake-pie", "prog"))
    assert caught.value.kind == faults.BAD_REQUEST
