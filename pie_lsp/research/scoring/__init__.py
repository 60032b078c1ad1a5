"""Scores language models on programs: asks them, judges every answer, and tells the figures of PIE."""
