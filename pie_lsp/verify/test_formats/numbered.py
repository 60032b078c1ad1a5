"""``input.N.txt`` with ``output.N.txt``: the layout of PIE's data set (its gem5/benchmarking.py)."""

import re
from collections.abc import Sequence
from pathlib import Path

from pie_lsp.verify.test_formats.layout import Listing, Pair, TestFormat, sort_pairs

_NAME = re.compile(r"(input|output)\.(\d+)\.txt")


class Numbered(TestFormat):
    """Pairs by number."""

    def list_pairs(self, files: Sequence[Path]) -> Listing:
        """Every ``input.N.txt`` is a test; an ``output.N.txt`` without it is an orphan."""
        inputs: dict[str, Path] = {}
        outputs: dict[str, Path] = {}
        for file in files:
            match = _NAME.fullmatch(file.name)
            if match is not None:
                (inputs if match[1] == "input" else outputs)[match[2]] = file
        pairs = (Pair(f"input.{number}", path, outputs.get(number)) for number, path in inputs.items())
        orphans = tuple(path for number, path in outputs.items() if number not in inputs)
        return Listing(sort_pairs(pairs), orphans)

    def pair_of(self, file: Path) -> Pair | None:
        """Whichever of its files a user named."""
        match = _NAME.fullmatch(file.name)
        if match is None:
            return None
        source = file.with_name(f"input.{match[2]}.txt")
        output = file.with_name(f"output.{match[2]}.txt")
        if not source.exists():
            return None
        return Pair(f"input.{match[2]}", source, output if output.exists() else None)


FORMAT = Numbered()
