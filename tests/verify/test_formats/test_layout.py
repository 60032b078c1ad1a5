"""A layout answers only what it knows, and names sort as people count."""

from pathlib import Path

from pie_lsp.verify.test_formats.layout import TestFormat, natural


def test_a_layout_has_an_answer_to_everything() -> None:
    layout, file = TestFormat(), Path("a.cpp")
    assert layout.list_pairs([file]).pairs == ()
    assert layout.pair_of(file) is None
    assert layout.problem_file_of(file) is None
    assert not layout.reads(file)
    assert layout.read(file).cases == ()


def test_numbers_sort_as_numbers() -> None:
    names = ["x²", "t10", "t9", "t1", "s", "t", "t01", "10", "9", "t1a", "t1-2", "t1-10"]
    expected = ["9", "10", "s", "t", "t01", "t1", "t1-2", "t1-10", "t1a", "t9", "t10", "x²"]
    assert sorted(names, key=natural) == expected
