"""Runs gem5 on one program and one input at a time, and says what it measured: JSON lines in, JSON lines out.

A program of its own: it imports nothing of pie_lsp, and needs nothing but Python and a gem5 24.0 binary.
The lines are described in the README beside this package.
"""

SCHEMA = 1
"""Version of the lines; raised when a field changes its meaning."""
