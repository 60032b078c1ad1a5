"""The loop that an editor's requests are answered on is free while rules think."""

import threading

from pie_lsp.engine.gather import gather
from pie_lsp.engine.subject import read_subject
from pie_lsp.propose import registry

from .conftest import Project


async def test_rules_think_in_another_thread(project: Project) -> None:
    seen: set[int] = set()
    rule = registry.rule("S1")
    original = rule.rewrites

    def rewrites(context: object) -> object:
        seen.add(threading.get_ident())
        return original(context)  # type: ignore[arg-type]

    object.__setattr__(rule, "rewrites", rewrites)
    try:
        drafts = (await gather(read_subject(project.request("repeat")))).drafts
    finally:
        object.__setattr__(rule, "rewrites", original)
    assert drafts and seen and threading.get_ident() not in seen
