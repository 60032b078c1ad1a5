from dataclasses import replace
from pathlib import Path

from pie_lsp.server import wording
from pie_lsp.server.contents import Contents, uri_of_original, uri_of_suggestion
from pie_lsp.server.results import Result, Results

from .making import OLD, make_result


def kept(name: str = "a.cpp", bom: bytes = b"") -> tuple[Results, Result]:
    results, made = Results(lambda data: data.decode()), make_result()
    request = replace(made.request, path=Path("/nowhere") / name, source=bom + made.request.source)
    return results, results.add("d", made.function, request, made.report)


def test_texts_have_addresses() -> None:
    results, result = kept("ä b#.cpp", b"\xef\xbb\xbf")
    contents = Contents()
    original = uri_of_original(result)
    assert original == f"pie:/{result.id}/original/%C3%A4%20b%23.cpp"
    assert contents.text(original, results) == OLD, "an editor shows no byte-order mark"
    assert contents.text(uri_of_suggestion(result, 2), results) == OLD.replace("slow", "faster")


def test_what_is_not_there_is_a_sentence() -> None:
    results, result = kept()
    contents = Contents()
    original = uri_of_original(result)
    for uri in (
        "",
        "pie:",
        original.replace("pie:", "file:"),
        original.replace("original", "3"),
        original.replace("original", "²"),
        original + "/more",
        original.replace(result.id, "pie-result-9"),
    ):
        assert contents.text(uri, results) == wording.NO_TEXT, uri
    results.discard(result.id)
    assert contents.text(original, results) == wording.NO_TEXT


def test_what_was_shown_is_told_once() -> None:
    results, result = kept()
    contents = Contents()
    uri = uri_of_original(result)
    contents.text(uri, results)
    assert contents.shown(result.id) == {uri}
    assert contents.shown(result.id) == frozenset()


def test_no_two_results_have_one_address() -> None:
    (_, one), (_, two) = kept(), kept(bom=b"// other\n")
    assert one.id != two.id and one.id.startswith("pie-result-1-")
