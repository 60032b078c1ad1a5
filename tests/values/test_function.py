"""How a function is named on the command line."""

from pie_lsp.values.function import FunctionRef
from pie_lsp.values.span import Span


def test_the_label_selects_exactly_this_function() -> None:
    function = FunctionRef("add", "Graph::add", 12, Span(0, 9), Span(0, 4), Span(0, 3), Span(4, 9), "f" * 64)
    assert function.label == "add@12"
