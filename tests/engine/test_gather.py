"""Proposals for the selected functions only, each result once."""

import dataclasses
from collections.abc import AsyncIterator

import pytest

from pie_lsp.engine.gather import gather
from pie_lsp.engine.subject import read_subject
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.values.candidate import Candidate, Grant, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

from .conftest import Project


async def test_candidates_belong_to_the_selected_function(project: Project) -> None:
    drafts = (await gather(read_subject(project.request("repeat")))).drafts
    assert drafts and {draft.candidate.function.name for draft in drafts} == {"repeat"}


async def test_the_same_result_is_proposed_once(project: Project) -> None:
    subject = read_subject(project.request())
    once = (await gather(subject)).drafts
    twice = (await gather(dataclasses.replace(subject, functions=subject.functions * 2))).drafts
    assert [draft.changed for draft in twice] == [draft.changed for draft in once]
    assert len({draft.changed for draft in once}) == len(once)


class Copy:
    """A proposer of one fixed change, with the exceptions that it declares."""

    version = "1"

    def __init__(self, name: str, grants: frozenset[Grant]) -> None:
        self.id = name
        self._provenance = Provenance(name, "1")
        self._grants = grants

    def prepare(self, context: ProposeContext) -> bool:
        return True

    async def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        edit = Edit(Span(0, 0), b"#include <vector>\n")
        yield Candidate(context.function.ref, "Include", "", (edit,), self._provenance, self._grants)


@pytest.mark.parametrize("order", [1, -1])
async def test_of_equal_results_the_one_that_may_do_more_is_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    copies = [Copy("plain", frozenset()), Copy("granted", frozenset({Grant.INCLUDE}))][::order]
    monkeypatch.setattr(registry, "proposers", lambda: copies)
    (draft,) = (await gather(read_subject(project.request("repeat")))).drafts
    assert draft.candidate.provenance.proposer == "granted"


async def test_a_rule_that_fails_is_told_and_the_others_go_on(project: Project) -> None:
    def fail(context: object) -> bool:
        raise RuntimeError("out of ideas")

    rule = registry.rule("IO4")
    hint = rule.hint
    object.__setattr__(rule, "hint", fail)
    try:
        gathered = await gather(read_subject(project.request("repeat")))
    finally:
        object.__setattr__(rule, "hint", hint)
    assert [draft.candidate.provenance.proposer for draft in gathered.drafts] == ["S1"]
    assert len(gathered.faults) == 1 and "IO4 failed at repeat@5" in gathered.faults[0]


async def test_a_proposer_prepares_once_for_a_function(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Counting(Copy):
        def prepare(self, context: ProposeContext) -> bool:
            asked.append(context.function.ref.name)
            return context.function.ref.name == "repeat"

    monkeypatch.setattr(registry, "proposers", lambda: [Counting("counting", frozenset())])
    subject = read_subject(project.request())
    (draft,) = (await gather(subject)).drafts
    assert draft.candidate.function.name == "repeat"
    assert asked == [function.ref.name for function in subject.functions]
