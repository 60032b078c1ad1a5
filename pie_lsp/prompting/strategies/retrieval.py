"""The pairs whose slow code is most like the function come first, the nearest last, as PIE retrieves."""

from functools import partial

from pie_lsp.prompting.contract import Example, Search, Strategy
from pie_lsp.prompting.pairs import shown

COUNTS = (1, 2, 4)
"""As many pairs as the paper tries."""


def nearest(search: Search, count: int) -> tuple[Example, ...]:
    """The `count` nearest pairs by whichever retriever the user chose, the nearest last."""
    hits = search.shelf.nearest().retrieve(search.code, count, search.problem)
    return tuple(shown(hit.pair) for hit in reversed(hits))


STRATEGIES = tuple(
    Strategy(
        f"retrieval-{count}",
        f"the {'pair' if count == 1 else f'{count} pairs'} most like the function before the program",
        partial(nearest, count=count),
        nearest=True,
        drops=True,
    )
    for count in COUNTS
)
