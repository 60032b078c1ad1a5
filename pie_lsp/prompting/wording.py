"""Reads what models are told from the files in `texts/`; knows no strategy and no program."""

import hashlib
import re
import tomllib
from functools import cache
from importlib import resources

from pie_lsp.prompting.contract import Example

_FOLDER = resources.files("pie_lsp.prompting") / "texts"
_NAME = re.compile(r"\{(\w+)\}")
_FENCES = re.compile(r"`{3,}")


@cache
def _wording() -> dict[str, str]:
    table = tomllib.loads((_FOLDER / "wording.toml").read_text(encoding="utf-8"))
    return {name: str(text).strip() for name, text in table.items()}


def say(name: str, **values: str) -> str:
    """The text called `name` with ``{value}`` replaced; what stands in a value is not looked at."""
    return _NAME.sub(lambda found: values[found[1]], _wording()[name])


@cache
def fixed_examples() -> tuple[Example, ...]:
    """The pairs that are always shown by strategies with fixed examples."""
    table = tomllib.loads((_FOLDER / "examples.toml").read_text(encoding="utf-8"))
    return tuple(
        Example(one["before"].strip("\n"), one["after"].strip("\n"), one["reason"])
        for one in table["example"]
    )


def fenced(code: str) -> str:
    """`code` between fences that are longer than any in it."""
    longest = max((len(found) for found in _FENCES.findall(code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}cpp\n{code.strip(chr(10))}\n{fence}"


@cache
def version() -> str:
    """A hash of all texts; part of every cache key."""
    hasher = hashlib.sha256()
    for name in ("wording.toml", "examples.toml"):
        hasher.update((_FOLDER / name).read_bytes())
    return hasher.hexdigest()[:16]
