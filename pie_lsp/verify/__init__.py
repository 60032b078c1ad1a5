"""Decides whether a rewrite is right; knows nothing of proposers or costs."""
