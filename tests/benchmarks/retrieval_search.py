"""How much processor time BM25 takes to search many pairs, once its index is loaded; and to make the index.

    python tests/benchmarks/retrieval_search.py [PAIRS]

The documents are made of the terms of the programs of the corpus: each has most of one program and many names
of its own, so that they differ as the programs of many authors do. Reading programs is not counted.
"""

import random
import sys
import time

from pie_lsp.corpus.loader import problems
from pie_lsp.retrieval.index import arrays_from_bytes, arrays_to_bytes
from pie_lsp.retrieval.inverted import index_from, make_index
from pie_lsp.retrieval.terms import code_terms

PAIRS = 80_000
QUERIES = 40
ALLOWED = 50.0
"""Milliseconds of one search."""


def make_documents(count: int) -> list[list[bytes]]:
    """So many lists of terms."""
    rng = random.Random("retrieval")
    programs = [code_terms(version.source) for problem in problems() for version in problem.versions]
    names = [b"name%d" % number for number in range(60_000)]
    documents = []
    for _ in range(count):
        program = rng.choice(programs)
        start = rng.randrange(len(program) // 4)
        documents.append(program[start : start + len(program) * 3 // 4] + rng.choices(names, k=80))
    return documents


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    documents = make_documents(count)
    start = time.process_time()
    data = arrays_to_bytes(make_index(documents).arrays())
    made = time.process_time() - start
    start = time.process_time()
    index = index_from(arrays_from_bytes(data))
    loaded = time.process_time() - start
    times = []
    for document in documents[:: max(1, count // QUERIES)]:
        start = time.process_time()
        index.ranked(document)
        times.append(1000 * (time.process_time() - start))
    times.sort()
    median, most = times[len(times) // 2], times[-1]
    size = len(data) / 1e6
    lines = (
        f"{count} pairs: an index of {size:.0f} MB, made in {made:.1f} s, loaded in {loaded:.2f} s",
        f"a search: {median:.1f} ms in the median, {most:.1f} ms at most of {len(times)}",
        f"the most is {most / ALLOWED:.2f} of what is allowed",
    )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
