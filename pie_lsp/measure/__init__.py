"""Measures programs; knows nothing of sources, rules or expected outputs."""
