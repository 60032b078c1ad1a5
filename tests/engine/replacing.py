"""A proposer that replaces one piece of a program by another, right or wrong, and a program made of such."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pie_lsp.engine.cache import ResultCache
from pie_lsp.engine.optimize import optimize
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import OptimizeReport
from pie_lsp.values.settings import Settings
from pie_lsp.values.span import Span

from .conftest import Project


@dataclass(frozen=True)
class Replacing:
    """Replaces `old`, which stands once in the file, by `new`, for the function called `function`."""

    id: str
    old: bytes
    new: bytes
    function: str = "main"
    version: str = "1"

    def prepare(self, context: ProposeContext) -> bool:
        return context.function.ref.name == self.function

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        start = context.file.data.index(self.old)
        yield Candidate(
            function=context.function.ref,
            title=f"Make it {self.id}",
            explanation="For a test.",
            edits=(Edit(Span(start, start + len(self.old)), self.new),),
            provenance=Provenance(self.id, self.version),
        )


async def report_on(
    source: bytes,
    proposers: Sequence[Replacing],
    tests: Sequence[bytes],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings | None = None,
    cache: ResultCache | None = None,
) -> OptimizeReport:
    """What the engine says of `source` when only `proposers` have ideas."""
    project = Project(folder / "program.cpp")
    project.path.write_bytes(source)
    for number, given in enumerate(tests, start=1):
        project.add_test(str(number), given)
    monkeypatch.setattr(registry, "proposers", lambda: tuple(proposers))
    request = project.request(proposers[0].function, settings)
    return await optimize(request, lambda event: None, cache)
