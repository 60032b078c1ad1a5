from pie_lsp.retrieval.choosing import by_score, choose
from pie_lsp.retrieval.contract import Hit, Pair


def hit(key: str, score: float, problem: str = "", before: str = "") -> Hit:
    return Hit(score, Pair(key, (before or key).encode(), b"fast", problem=problem))


def test_no_problem_and_no_source_comes_twice() -> None:
    ranked = [
        hit("a", 9, "sums"),
        hit("b", 8, "sums"),
        hit("c", 7, "words"),
        hit("d", 6, before="c"),
        hit("e", 5),
        hit("f", 4),
    ]
    assert [it.pair.key for it in choose(ranked, 9)] == ["a", "c", "e", "f"]
    assert [it.pair.key for it in choose(ranked, 2)] == ["a", "c"]
    assert [it.pair.key for it in choose(ranked, 9, "sums")] == ["c", "e", "f"]
    assert choose(ranked, 0) == ()


def test_a_ranking_is_read_as_far_as_needed() -> None:
    ranked = iter([hit("a", 9), hit("b", 8), hit("c", 7), hit("d", 6)])
    assert len(choose(ranked, 2)) == 2
    assert next(ranked).pair.key == "d"


def test_equal_scores_stand_in_the_order_of_their_keys() -> None:
    hits = [hit("b", 1.0), hit("c", 2.0), hit("a", 1.0)]
    assert [it.pair.key for it in by_score(hits)] == ["c", "a", "b"]
