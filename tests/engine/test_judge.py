"""Every stage stops what it is there to stop: wrong, slow and undefined rewrites on the real tools."""

import asyncio

from pie_lsp.engine.gather import Draft
from pie_lsp.engine.judge import Judge, Verdict
from pie_lsp.engine.original import Original
from pie_lsp.engine.subject import Subject, read_subject
from pie_lsp.engine.winner import Winner
from pie_lsp.engine.workbench import open_workbench
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.report import Rejection, Stage
from pie_lsp.values.span import Span

from .conftest import Project

APPEND = b"out = out + word;"


def draft(subject: Subject, old: bytes, new: bytes) -> Draft:
    """A rewrite as a model might write it."""
    source = subject.request.source
    at = source.index(old)
    edits = (Edit(Span(at, at + len(old)), new),)
    function = subject.functions[0].ref
    candidate = Candidate(function, new.decode(), "", edits, Provenance("test", "1"))
    return Draft(candidate, apply_edits(source, edits))


REWRITES: dict[str, tuple[bytes, bytes, Stage | None]] = {
    "right and faster": (APPEND, b"out += word;", None),
    "a pragma": (APPEND, b"\n#pragma GCC unroll 4\nout += word;", Stage.GUARD),
    "does not compile": (APPEND, b"out += wrod;", Stage.BUILD),
    "a new warning": (APPEND, b"int unused; out += word;", Stage.BUILD),
    "the same machine code": (APPEND, b"{ out = out + word; }", Stage.IDENTICAL),
    "wrong": (APPEND, b"out += word.substr(1);", Stage.TESTS),
    "never ends": (APPEND, b"out += word; if (n > 2) --i;", Stage.TESTS),
    "slower": (APPEND, b"std::string copy = out + word; copy = copy + word; out = out + word;", Stage.SLOWER),
    "overflows": (
        APPEND,
        b"out += word; int edge = 2147483647; edge += (int)out.size(); if (edge == 5) return word;",
        Stage.SANITIZERS,
    ),
}


async def judge_all(subject: Subject, drafts: list[Draft]) -> list[Verdict]:
    async with open_workbench(subject.request.settings, subject.request.path, expected_builds=2) as bench:
        original = Original(subject, bench)
        judge = Judge(subject, bench, original)
        try:
            return list(await asyncio.gather(*(judge.judge(one) for one in drafts)))
        finally:
            await original.close()


async def test_each_rewrite_falls_at_the_stage_that_is_there_for_it(project: Project) -> None:
    subject = read_subject(project.request("repeat"))
    drafts = [draft(subject, old, new) for old, new, _ in REWRITES.values()]
    verdicts = await judge_all(subject, drafts)
    fell = {
        name: (verdict.stage if isinstance(verdict, Rejection) else None)
        for name, verdict in zip(REWRITES, verdicts, strict=True)
    }
    assert fell == {name: stage for name, (_, _, stage) in REWRITES.items()}
    assert all(verdict.reason for verdict in verdicts if isinstance(verdict, Rejection))
    best = verdicts[0]
    assert isinstance(best, Winner) and best.passed == 3 and best.ranking > 1.5
