"""``NAME.in`` with ``NAME.out`` or ``NAME.ans``: online-judge-tools, ICPC packages and most people."""

from collections.abc import Sequence
from pathlib import Path

from pie_lsp.verify.test_formats.layout import Listing, Pair, TestFormat, sort_pairs

INPUT = ".in"
OUTPUTS = (".ans", ".out")
"""An answer of the jury comes first: a ``.out`` beside it is often what a program printed."""


class Pairs(TestFormat):
    """Pairs by stem."""

    def list_pairs(self, files: Sequence[Path]) -> Listing:
        """Every ``.in`` is a test; an output without its input is an orphan."""
        known = {file.name: file for file in files}
        pairs = [_pair(file, known) for file in files if file.suffix == INPUT]
        orphans = [
            file for file in files if file.suffix in OUTPUTS and file.with_suffix(INPUT).name not in known
        ]
        return Listing(sort_pairs(pairs), tuple(orphans))

    def pair_of(self, file: Path) -> Pair | None:
        """Whichever of its files a user named."""
        if file.suffix not in (INPUT, *OUTPUTS):
            return None
        beside = [file.with_suffix(suffix) for suffix in (INPUT, *OUTPUTS)]
        known = {path.name: path for path in beside if path.exists()}
        source = known.get(file.with_suffix(INPUT).name)
        return None if source is None else _pair(source, known)


def _pair(source: Path, known: dict[str, Path]) -> Pair:
    outputs = (known.get(source.with_suffix(suffix).name) for suffix in OUTPUTS)
    return Pair(source.stem, source, next((output for output in outputs if output is not None), None))


FORMAT = Pairs()
