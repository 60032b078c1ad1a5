"""Knows every reader of this package: a module joins by having a `FORMAT`. Reads no test."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pie_lsp.verify.test_formats as package
from pie_lsp.verify.test_formats.layout import TestFormat


@cache
def formats() -> tuple[TestFormat, ...]:
    """Every reader of this package, in the order of their module names."""
    names = (f"{package.__name__}.{info.name}" for info in iter_modules(package.__path__))
    modules = (import_module(name) for name in names if name != __name__)
    return tuple(module.FORMAT for module in modules if hasattr(module, "FORMAT"))
