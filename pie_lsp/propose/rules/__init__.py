"""The rules: one module each, found by `pie_lsp.propose.registry`."""
