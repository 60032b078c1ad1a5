"""Sentences out of what compilers say."""

import pytest

from pie_lsp.build.diagnostics import first_error, normalised_warnings

GCC = """\
In file included from p.cpp:1:
p.cpp: In function 'int main()':
p.cpp:7:13: warning: unused variable 'a' [-Wunused-variable]
p.cpp:12:3: error: 'foo' was not declared in this scope
p.cpp:13:3: error: second
"""


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (GCC, "It does not compile: 'foo' was not declared in this scope at line 12."),
        (
            "p.cpp:1:10: fatal error: x.h: No such file or directory\n",
            "It does not compile: x.h: No such file or directory at line 1.",
        ),
        (
            "/usr/bin/ld: /tmp/x.o: in function `main':\np.cpp:(.text+0x5): undefined reference to `f()'\n",
            "It does not link: undefined reference to `f()'.",
        ),
        (
            "g++: error: unrecognized command-line option '-fx'\n",
            "It does not compile: unrecognized command-line option '-fx'.",
        ),
        (
            "g++: error: unrecognized command-line option '-std=c++99'; did you mean '-std=c++98'?\n",
            "It does not compile: unrecognized command-line option '-std=c++99'; did you mean '-std=c++98'?",
        ),
        ("strange words\n", "It does not compile: strange words."),
        ("", "It does not compile: the compiler gave no reason."),
    ],
)
def test_the_first_error(said: str, sentence: str) -> None:
    assert first_error(said) == sentence


def test_a_missing_static_library_has_its_own_advice() -> None:
    said = (
        "/usr/bin/ld: cannot find -lgmp: No such file or directory\n"
        "collect2: error: ld returned 1 exit status\n"
    )
    assert "--link dynamic" in first_error(said, static=True)
    assert "--link dynamic" not in first_error(said, static=False)
    assert "-lgmp" in first_error(said, static=False)


def test_warnings_have_no_place_and_no_numbers() -> None:
    said = (
        "p.cpp:7:13: warning: x is 12 bytes [-Wa]\n"
        "p.cpp:9:1: warning: x is 99 bytes [-Wa]\n"
        "q.h:1: warning: b [-Wb]\n"
    )
    assert normalised_warnings(said) == ("b [-Wb]", "x is N bytes [-Wa]")
    assert normalised_warnings(GCC.replace("warning", "note")) == ()
