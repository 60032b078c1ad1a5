"""Bundled C++ programs with their tests. Data files only; the command line lists them and copies them out."""
