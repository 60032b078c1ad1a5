"""Two pairs that are like the function, and two that were made faster in other ways.

Alike pairs all show the same idea; different ones remind the model that there are others.
"""

from collections.abc import Iterator

from pie_lsp.prompting.contract import Example, Search, Strategy
from pie_lsp.prompting.pairs import shown
from pie_lsp.retrieval.contract import Hit

SIMILAR, DIFFERENT = 2, 2
_LOOKED_AT = 24


def mixed(search: Search) -> tuple[Example, ...]:
    """The different ones first and the nearest last."""
    hits = search.shelf.retriever("bm25").retrieve(search.code, _LOOKED_AT)
    near = hits[:SIMILAR]
    return tuple(shown(hit.pair) for hit in (*_different(near, hits[SIMILAR:]), *reversed(near)))


def _different(near: tuple[Hit, ...], others: tuple[Hit, ...]) -> Iterator[Hit]:
    """The nearest of `others` whose kinds of edit were not shown yet."""
    known = {hit.pair.kind for hit in near}
    found = 0
    for hit in others:
        if found < DIFFERENT and hit.pair.kind not in known:
            known.add(hit.pair.kind)
            found += 1
            yield hit


STRATEGIES = (
    Strategy(
        "similar-and-different",
        "two pairs like the function and two made faster in other ways before the program",
        mixed,
        heading="examples_diverse",
        drops=True,
    ),
)
