"""What we know of C++ syntax, by tree-sitter; runs nothing."""
