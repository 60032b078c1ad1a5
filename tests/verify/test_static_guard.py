"""What our own rules propose for the bundled examples is let through, with no more than they declare."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

import pie_lsp.examples
from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate
from pie_lsp.verify.discovery import discover
from pie_lsp.verify.static_guard import guard

EXAMPLES = sorted(Path(pie_lsp.examples.__path__[0]).glob("*.cpp"))


async def candidates(file: ParsedFile) -> list[Candidate]:
    found: list[Candidate] = []
    for function in find_functions(file).functions:
        context = ProposeContext(file=file, function=function)
        for proposer in registry.proposers():
            if proposer.prepare(context):
                found += [candidate async for candidate in proposer.propose(context)]
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.stem))
def test_rules_pass_with_their_grants_and_not_without(path: Path) -> None:
    data = path.read_bytes()
    file, suite = parse(data), discover(path)
    found = asyncio.run(candidates(file))
    assert suite.cases and found
    for candidate in found:
        changed = apply_edits(data, candidate.edits)
        assert guard(file, candidate, changed, suite) is None, candidate.title
        if candidate.grants:
            bare = replace(candidate, grants=frozenset())
            assert guard(file, bare, changed, suite) is not None, candidate.title
