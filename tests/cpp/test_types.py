"""Types as they are written."""

import pytest

from pie_lsp.cpp.types import CppType, builtin, read_type


def meaning(name: str) -> CppType | None:
    known = builtin(name)
    bare = name.removeprefix("std::")
    if known is not None:
        return known
    return CppType(bare, is_std=True) if bare in ("vector", "string", "map", "pair", "array") else None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("int", "int"),
        ("unsigned", "unsigned int"),
        ("unsigned long long", "unsigned long long"),
        ("const size_t", "unsigned long"),
        ("static const long long int", "long long"),
        ("double", "double"),
    ],
)
def test_built_in_types(text: str, shown: str) -> None:
    found = read_type(text, meaning)
    assert found is not None
    assert found.name == shown
    assert found.is_scalar
    assert found.is_const == ("const" in text)


def test_nested_templates() -> None:
    found = read_type("const std::map<string, vector<pair<int, long long>>>", meaning)
    assert found is not None and found.is_const and found.is_one_of("map")
    key, value = found.args
    assert key.is_string
    assert value.element == CppType("pair", (CppType("int"), CppType("long long")), is_std=True)
    assert found.element == CppType("pair", (key, value), is_std=True)
    assert found.subscript is None, "a map's [] inserts"


def test_elements() -> None:
    text = read_type("string", meaning)
    numbers = read_type("array<int, 5>", meaning)
    assert text is not None and text.element == CppType("char")
    assert numbers is not None and numbers.subscript == CppType("int")
    assert numbers.args[1].name == "5"


@pytest.mark.parametrize(
    "text",
    [
        "int *",
        "int &",
        "auto",
        "volatile int",
        "Unknown",
        "vector<Unknown>",
        "vector<int>::iterator",
        "int[3]",
    ],
)
def test_what_is_not_a_plain_value_has_no_type(text: str) -> None:
    assert read_type(text, meaning) is None
