"""Turns sources into binaries inside the sandbox; knows nothing of tests or costs."""
