"""Proposals for the selected functions only, each result once."""

import dataclasses

from pie_lsp.engine.gather import gather
from pie_lsp.engine.subject import read_subject

from .conftest import Project


async def test_candidates_belong_to_the_selected_function(project: Project) -> None:
    drafts = await gather(read_subject(project.request("repeat")))
    assert drafts and {draft.candidate.function.name for draft in drafts} == {"repeat"}


async def test_the_same_result_is_proposed_once(project: Project) -> None:
    subject = read_subject(project.request())
    once = await gather(subject)
    twice = await gather(dataclasses.replace(subject, functions=subject.functions * 2))
    assert [draft.changed for draft in twice] == [draft.changed for draft in once]
    assert len({draft.changed for draft in once}) == len(once)
