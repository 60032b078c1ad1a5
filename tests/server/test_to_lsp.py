from dataclasses import replace

import pytest
from lsprotocol import types

from pie_lsp.server import commands, to_lsp
from pie_lsp.server.capabilities import Capabilities
from pie_lsp.text.positions import PositionEncoding
from pie_lsp.values.candidate import WRITTEN_BY_A_MODEL, ProposerKind, Provenance
from pie_lsp.values.edit import Edit
from pie_lsp.values.span import Span

from .conftest import document
from .making import OLD, make_result

AT = OLD.index("slow")
EDIT = Edit(Span(AT, AT + 4), b"fast")


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_ranges_are_in_the_clients_units(encoding: str, column: int) -> None:
    opened = document("x\n😀y", PositionEncoding(encoding))
    found = to_lsp.span_range(opened, Span(6, 7))
    assert found.start == types.Position(1, column) and found.end == types.Position(1, column + 1)


def test_one_edit_for_one_file_with_the_version_where_that_is_known() -> None:
    edit = to_lsp.workspace_edit(document(OLD), EDIT, Capabilities(document_changes=True))
    assert edit.changes is None and edit.document_changes is not None
    (change,) = edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.version == 1 and len(change.edits) == 1
    plain = to_lsp.workspace_edit(document(OLD), EDIT, Capabilities())
    assert plain.document_changes is None and plain.change_annotations is None
    assert plain.changes == {document(OLD).uri: [change.edits[0]]}


def test_the_new_text_is_decoded_from_the_files_encoding() -> None:
    opened = replace(document("// e\n"), codec="latin-1")
    edit = to_lsp.workspace_edit(opened, Edit(Span(3, 4), b"\xe9"), Capabilities())
    assert edit.changes is not None
    assert edit.changes[opened.uri][0].new_text == "é"


def test_commands_have_one_argument_without_empty_fields() -> None:
    argument = commands.FunctionArgument(uri="file:///a", function="f")
    made = to_lsp.command("t", commands.OPTIMIZE, argument)
    assert made.arguments == [{"uri": "file:///a", "function": "f"}]
    action = to_lsp.command_action("t", commands.OPTIMIZE, argument)
    assert (action.kind, action.edit, action.data) == (to_lsp.ACTION_KIND, None, None)


@pytest.mark.parametrize("resolve", [True, False])
def test_an_apply_action_has_either_data_or_the_edit(resolve: bool) -> None:
    result = make_result()
    can = Capabilities(resolve_edit=resolve)
    action = to_lsp.apply_action(document(OLD), result, result.suggestions[0], EDIT, can)
    assert (action.data is not None, action.edit is not None) == (resolve, not resolve)
    assert action.command is None and action.is_preferred is None and action.tags is None
    assert not str(action.kind).startswith("quickfix")


@pytest.mark.parametrize("kind", list(ProposerKind))
@pytest.mark.parametrize("known", [True, False])
def test_only_models_are_marked(kind: ProposerKind, known: bool) -> None:
    result = make_result()
    suggestion = replace(result.suggestions[0], provenance=Provenance("x", "1", kind))
    action = to_lsp.apply_action(document(OLD), result, suggestion, EDIT, Capabilities(llm_tag=known))
    marked = known and kind is ProposerKind.MODEL
    assert action.tags == ([types.CodeActionTag.LlmGenerated] if marked else None)


def test_a_combination_is_marked_where_a_model_wrote_a_part() -> None:
    result = make_result()
    for details, tags in (((WRITTEN_BY_A_MODEL,), [types.CodeActionTag.LlmGenerated]), ((), None)):
        joined = Provenance("x+y", "1", ProposerKind.COMBINATION, details)
        suggestion = replace(result.suggestions[0], provenance=joined)
        action = to_lsp.apply_action(document(OLD), result, suggestion, EDIT, Capabilities(llm_tag=True))
        assert action.tags == tags


def test_the_hint_has_data_only_where_it_is_kept() -> None:
    result = make_result()
    for kept in (True, False):
        hint = to_lsp.diagnostic(document(OLD), Span(0, 3), result, Capabilities(diagnostic_data=kept))
        assert hint.severity == types.DiagnosticSeverity.Hint and hint.source == "pie"
        assert hint.data == ({"result": result.id} if kept else None)
