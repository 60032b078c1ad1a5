"""Every setting: its name, the values it takes, and whether an untrusted workspace may set it.

Knows neither files nor editors; `pie_lsp.engine.settings` reads and merges.
"""

import math
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pie_lsp.engine.model_settings import read_models
from pie_lsp.prompting.registry import names
from pie_lsp.retrieval.registry import finding_by_code
from pie_lsp.values.settings import BACKENDS, RunLimits
from pie_lsp.values.toolchain import Link

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Key:
    """One setting.

    read       turns a value into what `Settings` holds; raises ValueError for any other value
    expects    what the value must be, for people, after "must be"
    workspace  whether `.pie-lsp.toml` may set it
    """

    name: str
    read: Callable[[object], object]
    expects: str
    workspace: bool


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError
    return value


def _program(value: object) -> str:
    """A path that no current folder changes, since the folder may be that of a workspace."""
    text = _text(value)
    if not Path(text).expanduser().is_absolute():
        raise ValueError
    return text


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError
    return tuple(_text(item) for item in value)


def _words(value: object) -> tuple[str, ...]:
    return tuple(shlex.split(value)) if isinstance(value, str) else _texts(value)


def _matching(pattern: str, prefix: str = "") -> Callable[[object], str]:
    def read(value: object) -> str:
        text = str(value) if type(value) is int else _text(value)
        found = re.fullmatch(pattern, text)
        if found is None:
            raise ValueError
        return prefix + found.group(1)

    return read


def _count(value: object) -> int:
    if type(value) is not int or value < 1:
        raise ValueError
    return value


def _at_most(most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        count = _count(value)
        if count > most:
            raise ValueError
        return count

    return read


def _whole(most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is not int or not 0 <= value <= most:
            raise ValueError
        return value

    return read


def _number(least: float, strictly: bool) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError
        if value < least or (strictly and value == least):
            raise ValueError
        return float(value)

    return read


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _one_of(choices: tuple[str, ...], make: Callable[[str], _T]) -> Callable[[object], _T]:
    def read(value: object) -> _T:
        if value not in choices:
            raise ValueError
        return make(str(value))

    return read


def _limits(value: object) -> RunLimits:
    if not isinstance(value, Mapping) or not set(value) <= set(RunLimits.__slots__):
        raise ValueError
    return RunLimits(**{str(name): _count(amount) for name, amount in value.items()})


_LINKS = tuple(link.value for link in Link)

KEYS = (
    Key("flags", _words, "compiler flags, in one text or in a list", workspace=True),
    Key(
        "standard",
        _matching(r"(?:-std=)?((?:c|gnu)\+\+(?:\d\d|\d[a-z]))", "-std="),
        'a C++ standard such as "c++20"',
        workspace=True,
    ),
    Key("optimization", _matching(r"(?:-?O)?(0|1|2|3|s|g|fast)", "-O"), "a level, 0 to 3", workspace=True),
    Key("defines", _texts, 'a list of macros such as "NAME" or "NAME=VALUE"', workspace=True),
    Key("warnings", _texts, 'a list of warnings such as "-Wall"', workspace=True),
    Key("include_dirs", _texts, "a list of folders", workspace=True),
    Key("tests", _texts, "a list of files and folders", workspace=True),
    Key(
        "limits",
        _limits,
        f"a table of whole numbers above 0 named {', '.join(RunLimits.__slots__)}",
        workspace=True,
    ),
    Key("min_speedup", _number(1.0, strictly=False), "a ratio of at least 1.0", workspace=True),
    Key("compiler", _text, "the name or path of a compiler", workspace=False),
    Key("link", _one_of(_LINKS, Link), f"one of {', '.join(_LINKS)}", workspace=False),
    Key("backend", _one_of(BACKENDS, str), f"one of {', '.join(BACKENDS)}", workspace=False),
    Key("model", _text, "the name of a model of a machine", workspace=False),
    Key("gem5", _program, "the absolute path of a gem5 binary", workspace=False),
    Key("top", _count, "a whole number above 0", workspace=False),
    Key("budget_seconds", _number(0.0, strictly=True), "a number of seconds above 0", workspace=False),
    Key("allow_unsandboxed", _switch, "true or false", workspace=False),
    Key("jobs", _at_most(64), "a whole number from 1 to 64", workspace=False),
    Key("models", read_models, "a table of language models", workspace=False),
    Key("language_model", _text, "the name of one of your language models", workspace=False),
    Key("allow_remote_models", _switch, "true or false", workspace=False),
    Key("strategy", _one_of(names(), str), f"one of {', '.join(names())}", workspace=False),
    Key("pairs", _texts, "a list of names of local corpora", workspace=False),
    Key(
        "retriever",
        _one_of(finding_by_code(), str),
        f"one of {', '.join(finding_by_code())}",
        workspace=False,
    ),
    Key("encoder", _program, "the absolute path of a folder with an encoder", workspace=False),
    Key("remember_accepted", _switch, "true or false", workspace=False),
    Key("samples", _at_most(64), "a whole number from 1 to 64", workspace=False),
    Key("repairs", _whole(8), "a whole number from 0 to 8", workspace=False),
    Key("rounds", _at_most(8), "a whole number from 1 to 8", workspace=False),
    Key("model_seed", _whole((1 << 31) - 1), "a whole number from 0 on", workspace=False),
)
"""All settings. `standard`, `optimization`, `defines` and `warnings` become part of `Settings.flags`."""


def find_key(name: str) -> Key | None:
    """The setting called `name`, in the spelling of Python, TOML (`min-speedup`) or JSON (`minSpeedup`)."""
    plain = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower().replace("-", "_")
    return next((key for key in KEYS if key.name == plain), None)
