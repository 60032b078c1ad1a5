"""What a model is told about a candidate of its own that fell: short, and about its own lines alone.

Knows verdicts and texts, and no model. Whatever a test or the compiler says may be long: only its beginning
is told.
"""

import re
from collections.abc import Sequence

from pie_lsp.text.edits import apply_edits, hull
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Rejection
from pie_lsp.values.toolchain import BuildFailure
from pie_lsp.verify.oracle import Answer, Oracle

_MOST_ERRORS = 3
_MOST_LINES = 5
_MOST_BYTES = 400
_DIAGNOSTIC = re.compile(r"^(?P<place>[^\n:]+):(?P<line>\d+):(?:\d+:)? (?P<text>(?:fatal )?error: .*)$")


def of_build(failure: BuildFailure, name: str, source: bytes, edits: Sequence[Edit]) -> str:
    """The compiler's errors in the candidate's own lines, with the lines that they are about.

    The compiler reads the source from a pipe and quotes no line itself.
    """
    changed = hull(source, edits)
    code = apply_edits(source, edits).split(b"\n")
    first = source.count(b"\n", 0, changed.span.start) + 1
    own = range(first, first + changed.replacement.count(b"\n") + 1)
    found: list[str] = []
    for line in failure.diagnostics.splitlines():
        error = _DIAGNOSTIC.match(line)
        if error is not None and error["place"].endswith(name) and int(error["line"]) in own:
            quoted = code[int(error["line"]) - 1].decode("utf-8", "replace").rstrip()
            found.append(f"{error['text'].strip()}\n{quoted}")
    told = "\n".join(found[:_MOST_ERRORS]) or failure.reason
    return f"The compiler refuses it:\n\n{told}"


def of_test(rejection: Rejection, oracle: Oracle) -> str:
    """The input of the failing test, what is expected, and the first difference."""
    failed = _failed(rejection, oracle)
    if failed is None:
        return f"It fails a test. {rejection.reason}"
    given, wanted = _short(failed.test.input), _short(failed.outcome.stdout)
    told = f"It is wrong: {rejection.reason}\n\nInput of that test:\n\n{given}"
    return f"{told}\n\nThe program has to print:\n\n{wanted}"


def _failed(rejection: Rejection, oracle: Oracle) -> Answer | None:
    named = [one for one in oracle.answers if rejection.reason.startswith(f"On test {one.test.name} ")]
    return max(named, key=lambda one: len(one.test.name), default=None)


def of_speed(speedup: float, least: float) -> str:
    """How fast it is."""
    word = "slower" if speedup < 1 else "hardly faster"
    return f"It is right, but {word}: {speedup:.2f}x. It has to be at least {least:.2f}x as fast."


def same_code() -> str:
    """The compiler saw through it."""
    return "It is right, but the compiler makes the same machine code of it as of the original."


def _short(data: bytes) -> str:
    """The beginning of `data` as text, and a mark where there is more."""
    lines = data[:_MOST_BYTES].decode("utf-8", "replace").splitlines()
    more = len(data) > _MOST_BYTES or len(lines) > _MOST_LINES
    return "\n".join((*lines[:_MOST_LINES], *(["…"] if more else [])))
