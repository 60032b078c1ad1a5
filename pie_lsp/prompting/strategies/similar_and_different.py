"""Pairs that are like the function and unlike each other.

Alike pairs all show the same idea; different ones remind the model that there are others.
"""

from pie_lsp.prompting.contract import Example, Search, Strategy
from pie_lsp.prompting.pairs import shown

COUNT = 4


def mixed(search: Search) -> tuple[Example, ...]:
    """The nearest is chosen first and stands last; before it those that add most to what is chosen."""
    hits = search.shelf.retriever("diverse").retrieve(search.code, COUNT, search.problem)
    return tuple(shown(hit.pair) for hit in reversed(hits))


STRATEGIES = (
    Strategy(
        "similar-and-different",
        "four pairs that are like the function and unlike each other before the program",
        mixed,
        heading="examples_diverse",
        drops=True,
    ),
)
