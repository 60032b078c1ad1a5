"""What the tests of rules share: applying one rule to one source."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import pytest

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate


class Contexts(Protocol):
    """Makes the context of one function of a source."""

    def __call__(
        self,
        source: str | bytes,
        function: str = "main",
        interactive: bool = False,
        headers: tuple[bytes, ...] = (),
        other_units: bool = False,
    ) -> ProposeContext: ...


class Proposals(Protocol):
    """All that one rule proposes for one function of a source."""

    def __call__(
        self,
        rule_id: str,
        source: str | bytes,
        function: str = "main",
        interactive: bool = False,
        headers: tuple[bytes, ...] = (),
        other_units: bool = False,
    ) -> list[Candidate]: ...


Rewrites = Callable[..., list[str]]
"""The same, as the files that the proposals lead to."""


@pytest.fixture(scope="session")
def context_of() -> Contexts:
    def make(
        source: str | bytes,
        function: str = "main",
        interactive: bool = False,
        headers: tuple[bytes, ...] = (),
        other_units: bool = False,
    ) -> ProposeContext:
        file = parse(source.encode() if isinstance(source, str) else source)
        found = [one for one in find_functions(file).functions if one.ref.name == function]
        assert found, f"the fixture has no function {function}"
        return ProposeContext(file, found[0], interactive, headers, other_units)

    return make


@pytest.fixture(scope="session")
def proposals(context_of: Contexts) -> Proposals:
    async def gather(rule_id: str, context: ProposeContext) -> list[Candidate]:
        return [candidate async for candidate in registry.rule(rule_id).propose(context)]

    def propose(
        rule_id: str,
        source: str | bytes,
        function: str = "main",
        interactive: bool = False,
        headers: tuple[bytes, ...] = (),
        other_units: bool = False,
    ) -> list[Candidate]:
        context = context_of(source, function, interactive, headers, other_units)
        return asyncio.run(gather(rule_id, context))

    return propose


@pytest.fixture(scope="session")
def rewrites(proposals: Proposals) -> Rewrites:
    def rewrite(
        rule_id: str,
        source: str | bytes,
        function: str = "main",
        interactive: bool = False,
        headers: tuple[bytes, ...] = (),
        other_units: bool = False,
    ) -> list[str]:
        data = source.encode() if isinstance(source, str) else source
        found = proposals(rule_id, data, function, interactive, headers, other_units)
        return [apply_edits(data, candidate.edits).decode("latin-1") for candidate in found]

    return rewrite
