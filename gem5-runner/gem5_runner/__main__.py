"""Reads requests from standard input, one a line, and writes an answer for each to standard output.

``python -m gem5_runner --gem5 PATH [--root DIR] [--scratch DIR]``. Ends with the input; a request that fails
is answered, and the next one is worked on.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from gem5_runner import faults
from gem5_runner.protocol import Failed, Measured, RequestError, id_of, read_request, write_answer
from gem5_runner.simulation import Simulator, simulate


def main() -> int:
    """Answer every line."""
    parser = argparse.ArgumentParser(prog="gem5_runner", description=__doc__)
    parser.add_argument(
        "--gem5", required=True, help="a gem5 24.0 binary with x86, such as build/X86/gem5.opt"
    )
    parser.add_argument("--root", default="/", help="folder that relative paths of requests start from")
    parser.add_argument("--scratch", default=tempfile.gettempdir(), help="folder for gem5's own files")
    words = parser.parse_args()
    simulator = Simulator(
        Path(words.gem5).absolute(), Path(words.root).absolute(), Path(words.scratch).absolute()
    )
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(write_answer(_answer(simulator, line)) + "\n")
            sys.stdout.flush()
    return 0


def _answer(simulator: Simulator, line: str) -> Measured | Failed:
    try:
        return simulate(simulator, read_request(line))
    except RequestError as error:
        return Failed(id_of(line), faults.BAD_REQUEST, str(error))
    except faults.Fault as fault:
        return Failed(id_of(line), fault.kind, fault.message)
    except OSError as error:
        return Failed(id_of(line), faults.DISK_FULL, f"A file of the simulation could not be used: {error}.")


if __name__ == "__main__":
    sys.exit(main())
