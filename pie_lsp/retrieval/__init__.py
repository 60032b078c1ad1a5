"""Finds pairs of a slow and a fast program that are like the code at hand, to be shown to a model.

It knows pairs, texts and numbers; nothing of models' answers, of compilers, tests or costs.
"""
