"""The use case: propose, verify, measure, rank; knows no editor and no terminal."""
