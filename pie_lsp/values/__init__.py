"""Frozen values that cross the boundaries between packages.

This package imports nothing else of pie-lsp and performs no input or output.
"""
