import subprocess
import sys
from pathlib import Path

import pytest

from pie_lsp.research.at_work import anybody_works, driving, working
from pie_lsp.values.errors import InputError

HOLD = """\
import sys
from pathlib import Path
from pie_lsp.research import at_work
with getattr(at_work, sys.argv[1])(Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def other(what: str, folder: Path) -> "subprocess.Popen[str]":
    """Another process that holds a lock until it is ended."""
    words = [sys.executable, "-c", HOLD, what, str(folder)]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_workers_are_seen_until_the_last_one_ends_however_it_ends(tmp_path: Path) -> None:
    assert not anybody_works(tmp_path)
    first, second = other("working", tmp_path), other("working", tmp_path)
    assert anybody_works(tmp_path)
    first.kill()
    first.communicate()
    assert anybody_works(tmp_path)
    second.communicate("")
    assert not anybody_works(tmp_path)
    with working(tmp_path):
        assert anybody_works(tmp_path)
    assert not anybody_works(tmp_path)


def test_one_driver_at_a_time(tmp_path: Path) -> None:
    process = other("driving", tmp_path)
    with pytest.raises(InputError, match="Another run is filling"), driving(tmp_path):
        pass
    process.kill()
    process.communicate()
    with driving(tmp_path):
        assert not anybody_works(tmp_path)
