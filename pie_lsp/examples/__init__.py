"""Bundled C++ programs with tests; each shows what pie-lsp finds. Data files only, read by the command line."""
