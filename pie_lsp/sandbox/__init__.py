"""Runs untrusted programs in confinement; knows nothing of C++ or of why a program is run."""
