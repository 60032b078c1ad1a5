"""The table of settings: names in three spellings, and no key that a workspace could misuse."""

import json
import re
from pathlib import Path

import pytest

from pie_lsp.engine.setting_keys import KEYS, find_key
from pie_lsp.values.settings import BACKENDS, RunLimits
from pie_lsp.values.toolchain import Link


def read(name: str, value: object) -> object:
    key = find_key(name)
    assert key is not None
    return key.read(value)


@pytest.mark.parametrize("name", ["min_speedup", "min-speedup", "minSpeedup"])
def test_a_name_has_three_spellings(name: str) -> None:
    key = find_key(name)
    assert key is not None
    assert key.name == "min_speedup"


def test_an_unknown_name_is_no_key() -> None:
    assert find_key("speedup") is None
    assert find_key("") is None


def test_a_workspace_may_set_exactly_these() -> None:
    assert {key.name for key in KEYS if key.workspace} == {
        "flags",
        "standard",
        "optimization",
        "defines",
        "warnings",
        "include_dirs",
        "tests",
        "limits",
        "min_speedup",
    }


@pytest.mark.parametrize(
    ("name", "value", "meaning"),
    [
        ("flags", "-O2 '-DA=b c'", ("-O2", "-DA=b c")),
        ("flags", ["-O2"], ("-O2",)),
        ("standard", "c++20", "-std=c++20"),
        ("standard", "-std=gnu++2b", "-std=gnu++2b"),
        ("optimization", 3, "-O3"),
        ("optimization", "-Ofast", "-Ofast"),
        ("optimization", "s", "-Os"),
        ("link", "dynamic", Link.DYNAMIC),
        ("limits", {}, RunLimits()),
        ("limits", {"cpu_seconds": 3}, RunLimits(cpu_seconds=3)),
        ("min_speedup", 2, 2.0),
        ("jobs", 64, 64),
    ],
)
def test_a_value_is_read(name: str, value: object, meaning: object) -> None:
    assert read(name, value) == meaning


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend_can_be_chosen(backend: str) -> None:
    assert read("backend", backend) == backend


def test_every_key_says_what_it_expects() -> None:
    assert [key.name for key in KEYS if not key.expects] == []
    assert len({key.name for key in KEYS}) == len(KEYS)


def test_the_readme_lists_every_setting_and_who_may_set_it() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z_0-9]+`(?:, `[a-z_0-9]+`)*) \| (yes|no)\b", readme, re.MULTILINE)
    told = {name: answer == "yes" for names, answer in rows for name in re.findall(r"[a-z_0-9]+", names)}
    assert told == {key.name: key.workspace for key in KEYS}


def test_the_extension_for_vs_code_has_every_setting() -> None:
    manifest = Path(__file__).parents[2] / "vscode-extension" / "package.json"
    offered = json.loads(manifest.read_text())["contributes"]["configuration"]["properties"]
    first = {key.name: key.name.partition("_") for key in KEYS}
    camel = {name: head + rest.title().replace("_", "") for name, (head, _, rest) in first.items()}
    assert [name for name, written in camel.items() if f"pie.{written}" not in offered] == []
