"""A pair is shown as its function where that is all that differs."""

from pie_lsp.prompting.contract import Example
from pie_lsp.prompting.pairs import shown
from pie_lsp.retrieval.contract import Pair

SLOW = b"#include <vector>\r\nint f() {\r\n    return 1;\r\n}\r\nint main() { f(); }\r\n"
FAST = SLOW.replace(b"1", b"2")


def test_the_function_alone_is_shown() -> None:
    one = shown(Pair("k", SLOW, FAST, function="f", description="It adds."))
    assert one == Example("int f() {\n    return 1;\n}", "int f() {\n    return 2;\n}", "It adds.")


def test_a_whole_program_is_shown_whole() -> None:
    one = shown(Pair("k", SLOW, FAST))
    assert one.before == SLOW.decode().replace("\r\n", "\n").strip()
    assert shown(Pair("k", SLOW, FAST, function="gone")) == one
