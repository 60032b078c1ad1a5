"""Proposes rewrites from syntax alone; knows nothing of compilers, tests or costs."""
