"""The model first says in words what costs time, and pairs are looked for by these words.

What is slow about two programs may be the same where their code is not alike.
"""

from pie_lsp.prompting.contract import Example, Search, Strategy
from pie_lsp.prompting.pairs import shown

COUNT = 4


def described(search: Search) -> tuple[Example, ...]:
    """The pairs whose descriptions are nearest to the model's, the nearest last."""
    query = search.description.encode("utf-8", "replace")
    hits = search.shelf.retriever("description").retrieve(query, COUNT, search.problem)
    return tuple(shown(hit.pair) for hit in reversed(hits))


STRATEGIES = (
    Strategy(
        "retrieval-by-description",
        "the model says what costs time; four pairs of which the same is said before the program",
        described,
        drops=True,
        describes=True,
    ),
)
