"""The bench on a corpus whose answer is known by hand, and on the real one."""

from pathlib import Path

import pytest

from pie_lsp.corpus.costs import Costs, digests_of_sources, write_costs
from pie_lsp.corpus.loader import problems
from pie_lsp.research.bench_retrieval import bench_retrieval
from pie_lsp.retrieval.registry import names

from .tiny import problem_in

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_only_pairs_of_other_problems_with_the_right_kind_count(tmp_path: Path) -> None:
    """Two problems whose steps are of one kind each; the third has a kind of its own, which none can find."""
    for name, kind in (("sums", "type-width"), ("totals", "type-width"), ("lines", "allocation")):
        folder = problem_in(tmp_path, name)
        path = folder / "problem.toml"
        path.write_text(path.read_text().replace('"algorithm"', f'"{kind}"'))
    for problem in problems(tmp_path):
        write_costs(problem.folder, Costs("m", "c", digests_of_sources(problem), (400, 200, 100)))
    found = bench_retrieval(root=tmp_path)
    assert (found.queries, found.problems, found.kinds) == (6, 3, 2)
    scores = {it.retriever: it for it in found.retrievers}
    assert set(scores) == set(names())
    # Each of the two finds one pair of the other; one of the two others' pairs is first at random.
    assert scores["bm25"].hit_at_4 == scores["random"].hit_at_4 == pytest.approx(4 / 6)
    assert 0.2 < scores["random"].hit_at_1 < 0.45


def test_on_the_corpus_every_retriever_is_judged_on_the_same_queries() -> None:
    found = bench_retrieval()
    assert found.queries > 150
    assert found.problems >= 55
    assert found.kinds >= 15
    assert found == bench_retrieval()
    scores = {it.retriever: it for it in found.retrievers}
    # Whoever writes the costs of the corpus anew writes these figures anew too.
    for it in found.retrievers:
        assert f"| `{it.retriever}` | {100 * it.hit_at_1:.1f} % | {100 * it.hit_at_4:.1f} % |" in README
    assert f"{found.queries} programs of {found.problems} problems" in README
    assert f"are of {found.kinds} kinds" in README
    assert all(0 < it.hit_at_1 <= it.hit_at_4 <= 1 for it in found.retrievers)
    assert scores["bm25"].hit_at_4 > scores["random"].hit_at_4
