"""Readers of test layouts, one per module; a module joins by having a `FORMAT`.

A reader knows files and bytes. It knows nothing of programs, and it never raises for a bad test file:
what cannot be read is left out with a sentence.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from pie_lsp.verify.test_formats.layout import TestFormat


@cache
def formats() -> tuple[TestFormat, ...]:
    """Every reader of this package, in the order of their module names."""
    modules = (import_module(f"{__name__}.{info.name}") for info in iter_modules(__path__))
    return tuple(module.FORMAT for module in modules if hasattr(module, "FORMAT"))
