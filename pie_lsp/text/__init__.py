"""Bytes, encodings, lines, positions and diffs; knows nothing of C++."""
