"""From a ranking to an answer: which of the ranked pairs a retriever hands out. Knows no scores' meaning."""

from collections.abc import Iterable, Iterator

from pie_lsp.retrieval.contract import Hit


def choose(ranked: Iterable[Hit], k: int, exclude_problem: str | None = None) -> tuple[Hit, ...]:
    """The first `k` hits of `ranked` of which none shows a source or a problem that was shown before.

    `ranked` is read as far as needed only, so it may be made on the way.
    """
    found: list[Hit] = []
    for hit in _each_once(ranked, exclude_problem):
        if len(found) == k:
            break
        found.append(hit)
    return tuple(found)


def by_score(hits: Iterable[Hit]) -> list[Hit]:
    """The best first; equal ones in the order of their keys."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.pair.key))


def _each_once(ranked: Iterable[Hit], exclude_problem: str | None) -> Iterator[Hit]:
    sources = set[bytes]()
    # What has no problem is a problem of its own.
    problems = {exclude_problem} if exclude_problem else set[str]()
    for hit in ranked:
        pair = hit.pair
        if pair.problem in problems or pair.before in sources:
            continue
        sources.add(pair.before)
        if pair.problem:
            problems.add(pair.problem)
        yield hit
