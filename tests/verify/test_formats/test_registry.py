"""A layout joins by being a module with a `FORMAT`."""

from pie_lsp.verify.test_formats.registry import formats


def test_every_module_with_a_format_is_asked() -> None:
    assert [type(layout).__name__ for layout in formats()] == ["Cph", "Numbered", "Pairs"]
