"""Readers of test layouts, one per module.

A reader knows files and bytes. It knows nothing of programs, and it never raises for a bad test file:
what cannot be read is left out with a sentence.
"""
