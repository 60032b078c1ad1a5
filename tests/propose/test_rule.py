"""What the adaptor guarantees whatever a rule says."""

import asyncio
from collections.abc import Callable, Iterable

import pytest

from pie_lsp.propose.contract import ProposeContext, Proposer
from pie_lsp.propose.rule import Rewrite, Rule, RuleDocument, analyse, in_order, mentions
from pie_lsp.values.candidate import Candidate, Grant
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

Contexts = Callable[..., ProposeContext]
SOURCE = "#define rep(n) for (int i = 0; i < n; i++)\nint main() { int a; /* note */ rep(3) a++; }\n"


def insertion(at: int, text: bytes = b"x") -> Edit:
    return Edit(Span(at, at), text)


def candidates(context: ProposeContext, rewrites: Iterable[Rewrite], hint: bool = True) -> list[Candidate]:
    rule = Rule(
        document=RuleDocument("T1", "title", "what", "when", "", ""),
        revision=3,
        hint=lambda context: hint,
        rewrites=lambda context: rewrites,
        grants=frozenset({Grant.INCLUDE}),
    )
    proposer: Proposer = rule
    assert (proposer.id, proposer.version, proposer.prepare(context)) == ("T1", "3", hint)

    async def gather() -> list[Candidate]:
        return [candidate async for candidate in proposer.propose(context)]

    return asyncio.run(gather())


def test_a_rewrite_becomes_a_candidate(context_of: Contexts) -> None:
    place = SOURCE.index("int a")
    edits = (insertion(place + 5), insertion(place))
    (found,) = candidates(context_of(SOURCE), [Rewrite("do it", "Since.", edits, may_add_ub=True)])
    assert found.edits == (insertion(place), insertion(place + 5))
    assert (found.title, found.explanation, found.may_add_ub) == ("do it", "Since.", True)
    assert (found.provenance.proposer, found.provenance.version) == ("T1", "3")


@pytest.mark.parametrize(
    ("broken", "edits"),
    [
        ("nothing is changed", ()),
        ("the edits overlap", (Edit(Span(60, 64), b""), Edit(Span(62, 66), b""))),
        ("a comment is replaced", (Edit(Span(SOURCE.index("/*"), SOURCE.index("*/") + 2), b""),)),
        ("a comment is cut", (Edit(Span(SOURCE.index("note"), SOURCE.index("note") + 2), b""),)),
        ("something is put into a comment", (insertion(SOURCE.index("note")),)),
        ("a macro definition is edited", (insertion(SOURCE.index("int i")),)),
        (
            "a macro's invocation is replaced",
            (Edit(Span(SOURCE.index("rep(3)"), SOURCE.index(" a++")), b""),),
        ),
    ],
)
def test_what_must_not_be_touched_is_not_proposed(
    context_of: Contexts, broken: str, edits: tuple[Edit, ...]
) -> None:
    assert candidates(context_of(SOURCE), [Rewrite("do it", "Since.", edits)]) == []


def test_only_declared_exceptions_are_granted(context_of: Contexts) -> None:
    edits = (insertion(SOURCE.index("int a")),)
    granted = Rewrite("do it", "Since.", edits, frozenset({Grant.INCLUDE}))
    refused = Rewrite("do it", "Since.", edits, frozenset({Grant.SIGNATURE}))
    (found,) = candidates(context_of(SOURCE), [refused, granted])
    assert found.grants == {Grant.INCLUDE}


def test_nothing_is_searched_where_the_hint_says_no(context_of: Contexts) -> None:
    def never() -> Iterable[Rewrite]:
        raise AssertionError("searched")
        yield

    assert candidates(context_of(SOURCE), never(), hint=False) == []


def test_insertions_at_one_place_are_joined_in_their_order() -> None:
    assert in_order([insertion(5, b"b"), insertion(3, b"a"), insertion(5, b"c")]) == (
        insertion(3, b"a"),
        insertion(5, b"bc"),
    )


def test_hints_look_at_the_function_alone(context_of: Contexts) -> None:
    context = context_of("int f() { return 1; }\nint main() { return f(); }\n")
    assert mentions(rb"\bf\b", rb"return")(context)
    assert not mentions(rb"\bf\b", rb"\b1\b")(context)


@pytest.mark.parametrize(
    "before", ["void run() { thread t; }", "#pragma omp parallel for", "void run() { auto a = async(g); }"]
)
def test_programs_with_threads_are_left_alone(context_of: Contexts, before: str) -> None:
    assert analyse(context_of(f"{before}\nint main() {{ }}\n")) is None
    assert analyse(context_of("// one thread\nint main() { }\n")) is not None
