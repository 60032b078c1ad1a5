import dataclasses
import itertools

import pytest

from pie_lsp.research.recipe import (
    Header,
    Recipe,
    chunk_name,
    compiled_name,
    library_version,
    program_digest,
    row_key,
)
from pie_lsp.values.settings import RunLimits
from pie_lsp.values.toolchain import Link

RECIPE = Recipe("g++ 12", "glibc 2.36", ("-O3",), Link.STATIC, "estimate", "skylake/1", RunLimits())
CHANGES = {
    "compiler": "g++ 13",
    "library": "glibc 2.37",
    "flags": ("-O2",),
    "link": Link.DYNAMIC,
    "backend": "gem5",
    "model": "skylake/2",
    "limits": RunLimits(cpu_seconds=11),
}


def digest(recipe: Recipe = RECIPE, name: str = "a.cpp", source: bytes = b"x", *headers: Header) -> bytes:
    return program_digest(recipe, name, source, headers)


def test_every_part_of_a_recipe_is_in_the_key() -> None:
    assert set(CHANGES) == set(Recipe.__slots__)
    changed = [digest(dataclasses.replace(RECIPE, **{name: value})) for name, value in CHANGES.items()]  # type: ignore[arg-type]
    assert len({digest(), *changed}) == 1 + len(CHANGES)
    assert digest() == digest(dataclasses.replace(RECIPE))


def test_no_part_can_be_taken_for_another() -> None:
    recipes = [
        dataclasses.replace(RECIPE, flags=flags) for flags in (("-O3", "a.cpp"), ("-O3a.cpp",), ("-O3",))
    ]
    headers = [
        (),
        (Header("h", b""),),
        (Header("", b"h"),),
        (Header("h", b"h"),),
        (Header("h", b""), Header("", b"")),
    ]
    names = [("a.cpp", b"x"), ("a.cp", b"px"), ("", b"a.cppx")]
    all_of = [
        digest(recipe, name, source, *several)
        for recipe, several, (name, source) in itertools.product(recipes, headers, names)
    ]
    assert len(set(all_of)) == len(all_of)


def test_the_input_is_in_the_key() -> None:
    keys = {row_key(program, given) for program in (b"p", b"q") for given in (b"", b"1", b"2")}
    assert len(keys) == 6
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)


def test_a_chunk_is_named_by_its_rows() -> None:
    assert chunk_name(["a", "b"]) == chunk_name(["a", "b"]) != chunk_name(["a"])
    assert chunk_name(["ab", "c"]) != chunk_name(["a", "bc"])


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        (b"int main() {}", "mine.cpp", "program.cpp"),
        (b"#include __FILE__\n", "mine.cpp", "mine.cpp"),
        (b'#include "mine.cpp"\n', "mine.cpp", "mine.cpp"),
        (b"#include __FILE__\n", 'mi"ne.cpp', "program.cpp"),
    ],
)
def test_a_source_keeps_its_name_only_where_it_may_notice(source: bytes, name: str, expected: str) -> None:
    assert compiled_name(source, name) == expected


def test_the_library_has_a_version() -> None:
    assert library_version().startswith("glibc 2.")
