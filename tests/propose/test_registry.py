"""The registry, and what every rule must do whatever it rewrites."""

import asyncio
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pie_lsp.cpp.annotations import count_errors
from pie_lsp.cpp.functions import Function, find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.propose import registry
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.propose.rule import Rule
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, Grant, ProposerKind
from pie_lsp.values.errors import InputError

FIRST_TWELVE = {"IO4", "S1", "S8", "C1", "C2", "D1", "D2", "D12", "D13", "D15", "D21", "A28"}
BUNDLED = sorted((Path(registry.__file__).parent.parent / "examples").glob("*.cpp"))
RULES = registry.all_rules()
PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.cpp"))
SOURCES = [
    *(pytest.param(rule.document.example_before.encode(), id=rule.id) for rule in RULES),
    *(pytest.param(path.read_bytes(), id=path.stem) for path in (*BUNDLED, *PROGRAMS)),
]


@cache
def all_candidates(source: bytes) -> tuple[tuple[Rule, Function, Candidate], ...]:
    async def gather() -> list[tuple[Rule, Function, Candidate]]:
        file = parse(source)
        return [
            (rule, function, candidate)
            for function in find_functions(file).functions
            for rule in RULES
            async for candidate in rule.propose(ProposeContext(file, function))
        ]

    return tuple(asyncio.run(gather()))


def test_the_first_twelve_are_there_in_order() -> None:
    ids = [rule.id for rule in RULES]
    assert set(ids) >= FIRST_TWELVE
    assert len(ids) == len(set(ids))
    assert ids.index("D2") < ids.index("D12") < ids.index("D13")
    assert [proposer.id for proposer in registry.proposers()] == ids


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_documents_itself(rule: Rule) -> None:
    document = rule.document
    module = Path(registry.__file__).parent / "rules" / f"{rule.id.lower()}.py"
    assert module.is_file(), "a rule is found by its id"
    for text in (document.title, document.what, document.when):
        assert text == text.strip() and len(text) > 10
    assert document.what.endswith(".") and document.when.endswith(".")
    assert not any(letter.isdigit() for letter in document.title)
    assert "int main()" in document.example_before


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_example_is_what_the_rule_does(rule: Rule) -> None:
    found = [one for one in all_candidates(rule.document.example_before.encode()) if one[0].id == rule.id]
    assert len(found) == 1
    changed = apply_edits(rule.document.example_before.encode(), found[0][2].edits)
    assert changed.decode() == rule.document.example_after


@pytest.mark.parametrize("source", SOURCES)
def test_candidates_are_disjoint_granted_and_still_parse(source: bytes) -> None:
    file = parse(source)
    for rule, function, candidate in all_candidates(source):
        spans = [edit.span for edit in candidate.edits]
        assert spans == sorted(spans)
        assert all(one.end <= two.start for one, two in pairwise(spans))
        assert candidate.grants <= rule.grants
        for edit in candidate.edits:
            inside = function.ref.body.start < edit.span.start and edit.span.end < function.ref.body.end
            assert inside or candidate.grants, f"{rule.id} leaves the function without a grant"
            if not inside and b"#include" in edit.replacement:
                assert Grant.INCLUDE in candidate.grants
        changed = apply_edits(source, candidate.edits)
        assert changed != source
        assert count_errors(parse(changed).tree.root_node) <= count_errors(file.tree.root_node)


@pytest.mark.parametrize("source", SOURCES)
def test_candidates_say_what_and_why(source: bytes) -> None:
    for rule, function, candidate in all_candidates(source):
        assert candidate.function == function.ref
        assert candidate.provenance.kind is ProposerKind.RULE
        assert (candidate.provenance.proposer, candidate.provenance.version) == (rule.id, rule.version)
        assert not any(letter.isdigit() for letter in candidate.title)
        assert ". " not in candidate.explanation and candidate.explanation.endswith(".")


@pytest.mark.parametrize("source", SOURCES)
def test_nothing_is_proposed_where_prepare_says_no(source: bytes) -> None:
    file = parse(source)
    proposed = {(rule.id, function.ref) for rule, function, _ in all_candidates(source)}
    for function in find_functions(file).functions:
        context = ProposeContext(file, function)
        prepared = {rule.id for rule in RULES if rule.prepare(context)}
        assert {rule_id for rule_id, ref in proposed if ref == function.ref} <= prepared
        assert registry.applicable(context) == bool(prepared)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    source=st.sampled_from([path.read_bytes() for path in (*BUNDLED, *PROGRAMS)]),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from((b"", b"x ", b"{", b")", b"\r", b"\x93\xfa"))), max_size=4
    ),
)
def test_broken_files_are_survived(source: bytes, cuts: list[tuple[float, bytes]]) -> None:
    words = [found.span() for found in re.finditer(rb"\w+|[^\w\s]", source)]
    for place, text in sorted(cuts, reverse=True):
        start, end = words[int(place * (len(words) - 1))]
        source = source[:start] + text + source[end:]
    before = count_errors(parse(source).tree.root_node)
    for _, _, candidate in all_candidates(source):
        assert count_errors(parse(apply_edits(source, candidate.edits)).tree.root_node) <= before


def test_applying_a_candidate_leaves_nothing_to_propose() -> None:
    for rule in RULES:
        after = rule.document.example_after.encode()
        assert [one for one in all_candidates(after) if one[0].id == rule.id] == []


def test_every_bundled_example_has_a_candidate() -> None:
    assert BUNDLED
    for path in BUNDLED:
        assert all_candidates(path.read_bytes()), path.name


def test_a_rule_is_found_by_its_id_in_any_case() -> None:
    assert registry.rule("io4") is registry.rule("IO4")
    with pytest.raises(InputError, match=r"There is no rule XY; the rules are A28, .*S8\."):
        registry.rule("XY")


def test_the_version_changes_with_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    before = registry.version()
    assert before == registry.version()
    monkeypatch.setattr(registry, "proposers", lambda: RULES[1:])
    assert registry.version() != before


def test_a_cancelled_consumer_stops_the_search() -> None:
    async def consume() -> None:
        file = parse(RULES[0].document.example_before.encode())
        function = find_functions(file).functions[-1]
        async for _ in RULES[0].propose(ProposeContext(file, function)):
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(consume())
