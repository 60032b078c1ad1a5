"""pie-lsp: a C++ language server that offers only compiled, tested and measured optimizations."""

__version__ = "0.1.0"
