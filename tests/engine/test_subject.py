"""What a request is about is read once, whole."""

import dataclasses

import pytest

from pie_lsp.engine.subject import read_subject
from pie_lsp.values.errors import InputError

from .conftest import Project


def test_every_function_without_a_selector_and_one_with_it(project: Project) -> None:
    assert [f.ref.name for f in read_subject(project.request()).functions] == ["repeat", "main"]
    assert [f.ref.name for f in read_subject(project.request("main")).functions] == ["main"]


def test_a_refused_function_is_listed_with_its_reason(project: Project) -> None:
    broken = b"\nint broken() { return ((1; }\n"
    project.path.write_bytes(project.path.read_bytes() + broken)
    subject = read_subject(project.request())
    assert [f.ref.name for f in subject.functions] == ["repeat", "main"]
    assert [(r.name, bool(r.reason)) for r in subject.refused] == [("broken", True)]


def test_rules_learn_of_headers_and_of_other_translation_units(project: Project) -> None:
    folder = project.path.parent
    (folder / "help.h").write_bytes(b"int help();\n")
    project.path.write_bytes(b'#include "help.h"\n' + project.path.read_bytes())
    subject = read_subject(project.request("repeat"))
    context = subject.context(subject.functions[0])
    assert context.local_headers == (b"int help();\n",) and not context.other_units
    (folder / "help.cpp").write_bytes(b"int help() { return 1; }\n")
    subject = read_subject(project.request("repeat"))
    assert subject.context(subject.functions[0]).other_units


def test_a_file_that_is_no_text_is_refused_in_a_sentence(project: Project) -> None:
    project.path.write_bytes(b"\xff\xfei\x00n\x00t\x00")
    with pytest.raises(InputError):
        read_subject(project.request())


def test_several_functions_can_be_selected_each_once_in_the_order_of_the_file(project: Project) -> None:
    from pie_lsp.engine.contract import FunctionSelector

    chosen = ("main", "repeat", "main")
    first, *others = (FunctionSelector(name) for name in chosen)
    request = dataclasses.replace(project.request(), selector=first, others=tuple(others))
    assert [f.ref.name for f in read_subject(request).functions] == ["repeat", "main"]
    assert not request.is_about_one
    assert project.request("main").is_about_one and not project.request().is_about_one
