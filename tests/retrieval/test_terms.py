from pie_lsp.retrieval.terms import code_terms, text_terms


def test_tokens_and_neighbours_without_comments() -> None:
    terms = code_terms(b"int x; // never\nx /* nor this */ += 2;")
    assert terms[:7] == [b"int", b"x", b";", b"x", b"+=", b"2", b";"]
    assert terms[7:] == [b"int\0x", b"x\0;", b";\0x", b"x\0+=", b"+=\x002", b"2\0;"]


def test_what_is_no_program_has_terms_too() -> None:
    assert code_terms(b"") == []
    assert code_terms(b"\xff\x00") == code_terms(b"\xff\x00")


def test_words_of_a_text() -> None:
    assert text_terms("Sorts copies, O(n) Sort\u00fc".encode()) == [b"sort", b"copie", b"o", b"n", b"sort"]
