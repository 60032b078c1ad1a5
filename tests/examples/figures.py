"""The figures of the bundled examples, from the real console script, and where they are recorded.

``python tests/examples/figures.py`` records those of this machine's toolchain in `figures.json`.
"""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pie_lsp.examples

FOLDER = Path(pie_lsp.examples.__file__).parent
RECORD = Path(__file__).with_name("figures.json")
NAMES: tuple[str, ...] = tuple(
    example["name"] for example in tomllib.loads((FOLDER / "examples.toml").read_text())["example"]
)

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Costs of the original over its tests, and of the best suggestion."""

    original: int
    floor: int
    best: int
    title: str


def run(folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> Document:
    """The JSON document that ``pie-lsp`` prints in `folder`."""
    script = Path(sys.executable).parent / "pie-lsp"
    done = subprocess.run(
        [script, *words, "--json"],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    document: Document = json.loads(done.stdout)
    return document


def copy_out(name: str, folder: Path) -> None:
    """The example with its tests in `folder`."""
    script = Path(sys.executable).parent / "pie-lsp"
    subprocess.run([script, "examples", "copy", name, str(folder)], check=True, capture_output=True)


def figures_of(document: Document) -> Figures:
    """The figures of a document of ``pie-lsp optimize``."""
    best = document["suggestions"][0]
    baseline = document["baseline"]
    return Figures(baseline["cost"], baseline["floor"], best["cost"], best["title"])


def toolchain_of(document: Document) -> str:
    """What decides the figures besides pie-lsp: the compiler, QEMU, and the libraries that are linked in."""
    chain = document["toolchain"]
    qemu = document["baseline"]["model"].partition("+")[2]
    digest = hashlib.sha256()
    for library in ("libc.a", "libstdc++.a"):
        found = subprocess.run(
            [chain["compiler"], f"-print-file-name={library}"], check=True, capture_output=True, text=True
        )
        digest.update(Path(found.stdout.strip()).read_bytes())
    return f"{chain['version']}, {qemu}, libraries {digest.hexdigest()[:12]}"


def recorded(toolchain: str) -> dict[str, Figures]:
    """The recorded figures for `toolchain`; none where nobody has recorded any."""
    entries = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return {name: Figures(**entry) for name, entry in entries.get(toolchain, {}).items()}


def _record() -> None:
    entries: dict[str, dict[str, object]] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    for name in NAMES:
        with TemporaryDirectory() as folder:
            copy_out(name, Path(folder))
            document = run(Path(folder), "optimize", f"{name}.cpp", environment={"PIE_LSP_CACHE_DIR": folder})
        figures = figures_of(document)
        entries.setdefault(toolchain_of(document), {})[name] = {
            "original": figures.original,
            "floor": figures.floor,
            "best": figures.best,
            "title": figures.title,
        }
    RECORD.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    _record()
