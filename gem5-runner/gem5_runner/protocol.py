"""The lines: what is asked and what is answered, as values and as JSON. Knows nothing of gem5.

Every line is one JSON object; the README describes the fields. A field that is not known is an error, so that
a misspelt limit is not silently none.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from gem5_runner import SCHEMA


class RequestError(Exception):
    """The line is no request; the message is a sentence."""


@dataclass(frozen=True)
class Request:
    """One simulation.

    id                  comes back in the answer
    machine             "skylake-verbatim" or "skylake-pie"
    program             path of a static or dynamic x86-64 executable
    stdin               path of its standard input; None is empty
    expected            path of the standard output that is right; None compares nothing
    max_instructions    the simulation is ended, and no figure given, when this many are committed
    wall_seconds        guard that aborts, and gives no figure either
    memory              of the simulated machine, as gem5 writes it: "32GiB"
    environment         of the program, ``NAME=VALUE`` each
    shown               the path that the program sees as its own
    """

    id: str
    machine: str
    program: str
    stdin: str | None = None
    expected: str | None = None
    max_instructions: int = 1_000_000_000
    wall_seconds: float = 3600.0
    memory: str = "32GiB"
    environment: tuple[str, ...] = ()
    shown: str = "/box/prog"


@dataclass(frozen=True)
class Region:
    """What lay between m5 work begin and work end, in sum over all entries."""

    entries: int
    ticks: int
    instructions: int


@dataclass(frozen=True)
class Measured:
    """One simulation that ended by itself.

    ticks          simulated, of 1e-12 s
    counts         names of `gem5_runner.statistics.NAMES`, summed over the blocks
    blocks         the same for each block of statistics, in order
    config_hash    SHA-256 in hex of the instantiated configuration without paths
    stdout_sha256  of what the program printed; `stdout_matches` is None where nothing was expected
    simulator_seconds  wall-clock time of the simulator, no property of the program
    """

    id: str
    ticks: int
    cycles: int
    instructions: int
    micro_ops: int
    counts: Mapping[str, int]
    blocks: tuple[Mapping[str, int], ...]
    region: Region | None
    exit_status: int
    stdout_sha256: str
    stdout_matches: bool | None
    config_hash: str
    gem5_version: str
    simulator_seconds: float


@dataclass(frozen=True)
class Failed:
    """One request that gave no figure. `fault` is one of `gem5_runner.faults`; `message` is a sentence."""

    id: str
    fault: str
    message: str


def read_request(line: str) -> Request:
    """Raises RequestError, which says what is wrong."""
    try:
        asked = json.loads(line)
    except ValueError as error:
        raise RequestError(f"The line is no JSON ({error}).") from error
    if not isinstance(asked, dict):
        raise RequestError("The line is no JSON object.")
    schema = asked.pop("schema", None)
    if schema != SCHEMA:
        raise RequestError(f"The line is of schema {schema!r}; this runner speaks {SCHEMA}.")
    known = {field.name for field in fields(Request)}
    if unknown := sorted(set(asked) - known):
        raise RequestError(f"The request has unknown fields: {', '.join(unknown)}.")
    if missing := [name for name in ("id", "machine", "program") if name not in asked]:
        raise RequestError(f"The request lacks {', '.join(missing)}.")
    _check_types(asked)
    return Request(**{**asked, "environment": tuple(asked.get("environment", ()))})


def write_request(request: Request) -> str:
    """One line without its end."""
    return json.dumps({"schema": SCHEMA, **asdict(request)})


def write_answer(answer: Measured | Failed) -> str:
    """One line without its end."""
    return json.dumps({"schema": SCHEMA, "ok": isinstance(answer, Measured), **asdict(answer)})


def id_of(line: str) -> str:
    """The id of a line that may be no request, so that its failure finds its way back."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError):
        return ""


def _check_types(asked: Mapping[str, Any]) -> None:
    texts = ("id", "machine", "program", "memory", "shown")
    wrong = [name for name in texts if name in asked and not isinstance(asked[name], str)]
    wrong += [name for name in ("stdin", "expected") if not isinstance(asked.get(name), str | None)]
    most = asked.get("max_instructions", 1)
    seconds = asked.get("wall_seconds", 1)
    environment = asked.get("environment", [])
    if type(most) is not int or most < 1:
        wrong.append("max_instructions")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0:
        wrong.append("wall_seconds")
    if not isinstance(environment, list) or not all(isinstance(word, str) for word in environment):
        wrong.append("environment")
    if wrong:
        raise RequestError(f"The request has values of the wrong kind: {', '.join(wrong)}.")
