"""What the versions of a problem cost, as estimated: which step is an improvement is measured, not meant.

The figures lie in a file beside the programs, with a digest of each program, so that a changed program is
noticed. Measures nothing.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.corpus.problem import Problem
from pie_lsp.values.errors import CorpusError

COSTS = "costs.toml"
COST_TEST = 5
"""The test that programs are measured on: large enough that starting up is a small part of it."""

_HEADING = (
    f"# Estimated cycles of every version on test {COST_TEST}; written by `pie-lsp corpus check --write`."
)
_AGAIN = "have it written by `pie-lsp corpus check --write`"


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of every version of a problem.

    model     the machine that was estimated, as the backend names it
    compiler  its version line, and the flags
    sources   SHA-256 in hex of every program
    cycles    one figure per version
    """

    model: str
    compiler: str
    sources: tuple[str, ...]
    cycles: tuple[int, ...]

    def speedup(self, old: int, new: int) -> float:
        """How many times as fast version `new` is as `old`, both counted from 0."""
        return self.cycles[old] / self.cycles[new]


def digests_of_sources(problem: Problem) -> tuple[str, ...]:
    """SHA-256 in hex of every program of `problem`."""
    return tuple(hashlib.sha256(version.source).hexdigest() for version in problem.versions)


def read_costs(problem: Problem) -> Costs:
    """The costs of the versions. Raises CorpusError where there are none, or of other programs."""
    name = problem.name
    try:
        table = tomllib.loads((problem.folder / COSTS).read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{name}: {COSTS} cannot be read ({error.strerror}); {_AGAIN}.") from error
    except ValueError as error:
        raise CorpusError(f"{name}: {COSTS} is not a TOML file ({error}); {_AGAIN}.") from error
    costs = _costs(table, len(problem.versions))
    if costs is None:
        raise CorpusError(
            f'{name}: {COSTS} has to hold "model", "compiler", and for each version one of "sources" and '
            f'of "cycles"; {_AGAIN}.'
        )
    if costs.sources != digests_of_sources(problem):
        raise CorpusError(f"{name}: {COSTS} is of other programs than those that lie there; {_AGAIN}.")
    return costs


def write_costs(folder: Path, costs: Costs) -> None:
    """Put `costs` down for the problem in `folder`."""
    lines = [_HEADING, f'model = "{costs.model}"', f'compiler = "{costs.compiler}"']
    lines += ["sources = [", *(f'  "{source}",' for source in costs.sources), "]"]
    lines += ["cycles = [", *(f"  {cycles}," for cycles in costs.cycles), "]"]
    (folder / COSTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _costs(table: dict[str, object], versions: int) -> Costs | None:
    if table.keys() != {"model", "compiler", "sources", "cycles"}:
        return None
    model, compiler, sources, cycles = (table[key] for key in ("model", "compiler", "sources", "cycles"))
    if not isinstance(model, str) or not isinstance(compiler, str):
        return None
    if not isinstance(sources, list) or not isinstance(cycles, list):
        return None
    texts = [source for source in sources if isinstance(source, str)]
    counts = [count for count in cycles if type(count) is int and count > 0]
    if not len(texts) == len(counts) == len(sources) == len(cycles) == versions:
        return None
    return Costs(model, compiler, tuple(texts), tuple(counts))
