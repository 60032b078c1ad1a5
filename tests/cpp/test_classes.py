"""Which values are copied without anybody noticing, and which copies are dear."""

import pytest

from pie_lsp.cpp.analysis import Analysis
from pie_lsp.cpp.classes import field_type, is_costly, is_made_silently, is_plain
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.scope import walk

SOURCE = """\
#include <bits/stdc++.h>
using namespace std;
struct Point { int x, y; };
struct Book { string title; int year = 0; bool old() const { return year < 1900; } };
struct Row { int a, b, c, d, e; };
struct Made { int k; Made(int k) : k(k) {} };
struct Copied { int k; Copied(const Copied &other); };
struct Moved { int k; Moved(Moved &&other); };
struct Assigned { int k; Assigned &operator=(const Assigned &other); };
struct Ended { int k; ~Ended(); };
struct Virtual { int k; virtual void f(); };
struct Based : Point { int z; };
struct Pointing { int *p; };
struct Referring { int &r; };
struct Fixed { const int k; };
struct Holding { Copied c; };
struct Compared { int k; bool operator==(const Compared &o) const { return k == o.k; } };
union Either { int a; float b; };
struct Twice { int k; };
#ifdef OTHER
struct Twice { string k; };
#endif
struct Declared;
void f() { }
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    file = parse(SOURCE.encode())
    functions = [node for node in walk(file.tree.root_node) if node.type == "function_definition"]
    return Analysis(file, functions[-1])


@pytest.mark.parametrize(
    "text",
    [
        "int",
        "string",
        "vector<string>",
        "map<int, vector<Point>>",
        "Point",
        "Book",
        "Made",
        "Compared",
        "array<Book, 3>",
    ],
)
def test_plain(analysis: Analysis, text: str) -> None:
    assert is_plain(analysis, analysis.names.type_of(text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "Copied",
        "Moved",
        "Assigned",
        "Ended",
        "Virtual",
        "Based",
        "Pointing",
        "Referring",
        "Fixed",
        "Holding",
        "Either",
        "Twice",
        "Declared",
        "Unknown",
        "vector<Copied>",
        "pair<int, Holding>",
    ],
)
def test_not_plain(analysis: Analysis, text: str) -> None:
    assert not is_plain(analysis, analysis.names.type_of(text.encode()))


def test_cost(analysis: Analysis) -> None:
    def costly(text: str) -> bool:
        return is_costly(analysis, analysis.names.type_of(text.encode()))

    assert all(map(costly, ["string", "vector<int>", "Book", "Row", "pair<int, string>", "set<int>"]))
    assert not any(map(costly, ["int", "double", "Point", "pair<int, int>", "tuple<int, char>"]))


def test_construction(analysis: Analysis) -> None:
    def silent(text: str) -> bool:
        return is_made_silently(analysis, analysis.names.type_of(text.encode()))

    assert all(map(silent, ["int", "vector<Point>", "Book"]))
    assert not any(map(silent, ["Made", "Copied", "vector<Made>", "Unknown"]))


def test_fields(analysis: Analysis) -> None:
    book = analysis.names.type_of(b"Book")
    assert book is not None
    title, year = field_type(analysis, book, b"title"), field_type(analysis, book, b"year")
    assert title is not None and title.is_string
    assert year is not None and year.name == "int"
    assert field_type(analysis, book, b"old") is None
    assert field_type(analysis, book, b"pages") is None
