"""BM25 over documents that are lists of terms: an inverted index in arrays, with no weights to download.

What a term adds to a document's score is worked out once, when the index is made. In large collections the
few terms that stand nearly everywhere would take all the time, so documents are found by the others first,
and only the best of them get their whole score. Knows nothing of programs or pairs.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pie_lsp.values.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

K1, B = 1.2, 0.75
"""How soon more of a term stops to matter, and how much the length of a document does."""

SMALL = 4096
"""Collections up to this size are scored whole."""
COMMON = 32
"""In larger ones, a term that stands in more than one in so many documents finds none."""
FIRST = 1000
"""How many of the documents that were found get their whole score."""


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """Documents by their terms.

    vocabulary  digests of all terms, ascending
    starts      where the documents of each term begin in `documents`; one more at the end
    documents   numbers of documents, ascending for each term
    impacts     what the term adds to the score of the document at the same place
    size        how many documents there are
    """

    vocabulary: "NDArray[np.uint64]"
    starts: "NDArray[np.int64]"
    documents: "NDArray[np.int32]"
    impacts: "NDArray[np.float32]"
    size: int

    def arrays(self) -> "dict[str, NDArray[np.generic]]":
        """Everything that has to be kept, by name."""
        import numpy as np

        return {
            "vocabulary": self.vocabulary,
            "starts": self.starts,
            "documents": self.documents,
            "impacts": self.impacts,
            "size": np.array([self.size], dtype=np.int64),
        }

    def ranked(self, terms: Iterable[bytes]) -> tuple[tuple[int, float], ...]:
        """Number and score of the documents with any of `terms`, the best first, equal ones by number.

        In a large collection the first `FIRST` at most, and documents that share nothing but common terms
        with the query are not among them.
        """
        import numpy as np

        spans = self._spans(terms)
        if self.size <= SMALL:
            scores = self._summed(spans)
            found = np.flatnonzero(scores)
        else:
            limit = self.size // COMMON
            rough = self._summed([span for span in spans if span[1] - span[0] <= limit])
            found = np.flatnonzero(rough)
            if len(found) > FIRST:
                found = np.sort(np.argpartition(-rough, FIRST)[:FIRST])
            scores = rough
            for start, end in (span for span in spans if span[1] - span[0] > limit):
                here = self.documents[start:end]
                places = np.searchsorted(here, found)
                places[places == len(here)] = 0
                held = here[places] == found
                scores[found[held]] += self.impacts[start:end][places[held]]
        order = found[np.lexsort((found, -scores[found]))]
        return tuple(zip(order.tolist(), scores[order].tolist(), strict=True))

    def _spans(self, terms: Iterable[bytes]) -> list[tuple[int, int]]:
        """Where the documents of each known term lie; a term counts once, however often it stands there."""
        import numpy as np

        wanted = np.unique(np.fromiter((digest_of(term) for term in set(terms)), dtype=np.uint64))
        places = np.searchsorted(self.vocabulary, wanted)
        known = places < len(self.vocabulary)
        known[known] = self.vocabulary[places[known]] == wanted[known]
        at = places[known]
        return list(zip(self.starts[at].tolist(), self.starts[at + 1].tolist(), strict=True))

    def _summed(self, spans: Iterable[tuple[int, int]]) -> "NDArray[np.float64]":
        import numpy as np

        scores = np.zeros(self.size)
        for start, end in spans:
            # No document comes twice below one term, so this adds to each.
            scores[self.documents[start:end]] += self.impacts[start:end]
        return scores


def make_index(documents: Iterable[Iterable[bytes]]) -> InvertedIndex:
    """The index of `documents`, whose numbers are their places."""
    import numpy as np

    known: dict[bytes, int] = {}
    numbers, counts, lengths = [], [], []
    for terms in documents:
        counted = Counter(terms)
        for term in counted:
            if term not in known:
                known[term] = len(known)
        numbers.append(np.fromiter((known[term] for term in counted), dtype=np.int32, count=len(counted)))
        counts.append(np.fromiter(counted.values(), dtype=np.float32, count=len(counted)))
        lengths.append(counted.total())
    size = len(lengths)
    digests = np.fromiter((digest_of(term) for term in known), dtype=np.uint64, count=len(known))
    vocabulary, of_number = np.unique(digests, return_inverse=True)
    places = np.repeat(np.arange(size, dtype=np.int32), [len(part) for part in numbers])
    term_of = of_number[np.concatenate(numbers)] if numbers else np.zeros(0, dtype=np.int64)
    count = np.concatenate(counts) if counts else np.zeros(0, dtype=np.float32)
    order = np.argsort(term_of, kind="stable")
    holding = np.bincount(term_of, minlength=len(vocabulary))
    rarity = np.log1p((size - holding + 0.5) / (holding + 0.5))
    length = np.array(lengths, dtype=np.float64)
    average = length.mean() if size and length.any() else 1.0
    weight = count * (K1 + 1) / (count + (K1 * (1 - B + B * length / average))[places])
    return InvertedIndex(
        vocabulary=vocabulary,
        starts=np.concatenate(([0], np.cumsum(holding))).astype(np.int64),
        documents=places[order],
        impacts=(weight * rarity[term_of]).astype(np.float32)[order],
        size=size,
    )


def index_from(arrays: "Mapping[str, NDArray[np.generic]]") -> InvertedIndex:
    """The index whose `arrays` these are. Raises InputError where they fit no index."""
    try:
        index = InvertedIndex(
            vocabulary=arrays["vocabulary"].astype("uint64", casting="no"),
            starts=arrays["starts"].astype("int64", casting="no"),
            documents=arrays["documents"].astype("int32", casting="no"),
            impacts=arrays["impacts"].astype("float32", casting="no"),
            size=int(arrays["size"].astype("int64", casting="no")[0]),
        )
    except (KeyError, TypeError, IndexError) as error:
        raise InputError(f"These arrays are no index of terms ({error}).") from error
    ends = index.starts[-1] if len(index.starts) else -1
    if len(index.starts) != len(index.vocabulary) + 1 or not ends == len(index.documents) == len(
        index.impacts
    ):
        raise InputError("These arrays are no index of terms (their lengths do not fit).")
    return index


def digest_of(term: bytes) -> int:
    """64 bits that stand for a term, the same in every process."""
    return int.from_bytes(hashlib.blake2b(term, digest_size=8).digest(), "little")
