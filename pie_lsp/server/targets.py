"""Which functions a request means, and the jobs for them. Knows documents and jobs, and nothing of LSP."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pie_lsp.server import wording
from pie_lsp.server.documents import Document
from pie_lsp.server.jobs import Job
from pie_lsp.server.messages import FunctionPlace
from pie_lsp.server.uris import path_of, uri_of
from pie_lsp.text.positions import Position
from pie_lsp.values.errors import InputError
from pie_lsp.values.span import Span

if TYPE_CHECKING:
    from pie_lsp.cpp.functions import Function
    from pie_lsp.server.server import PieServer


@dataclass(frozen=True, slots=True)
class Meant:
    """Functions, each with its file as it is now, and what is said to hold them."""

    place: str
    functions: "tuple[tuple[Document, Function], ...]"


def one_function(
    ls: "PieServer", uri: str, place: FunctionPlace | None, position: Position | None
) -> tuple[Document, "Function"]:
    """The function that a request names. Raises InputError where it is not there, or is not trusted."""
    ls.require_trust()
    document = ls.document_of(uri)
    if place is not None:
        found = document.function(place.qualified_name, place.fingerprint, place.line)
        if found is None:
            raise InputError(wording.not_in_file(place.qualified_name))
        return document, found
    at = document.positions.byte_at(position or Position(0, 0))
    found = document.function_at(Span(at, at))
    if found is None:
        raise InputError(wording.no_function(document.refused_at(Span(at, at))))
    return document, found


def whole_file(ls: "PieServer", uri: str) -> Meant:
    """Every function of a file that can be worked on. Raises InputError as `one_function` does."""
    ls.require_trust()
    document = ls.document_of(uri)
    return Meant(_name(document), tuple((document, one) for one in _functions(document)))


def start_all(ls: "PieServer", meant: Meant) -> list[Job]:
    """A job for each function of which something could come. Raises InputError as `start_job` does.

    Where no rule applies, a language model is the only hope: it is asked about no more functions than by the
    engine for a whole file, those with the most loops.
    """
    from pie_lsp.engine.asking import MOST_FUNCTIONS, loops_in

    ruled = [(document, one) for document, one in meant.functions if a_rule_applies(document, one)]
    hoped = [one for one in meant.functions if one not in ruled and a_model_may_help(ls, *one)]
    hoped = sorted(hoped, key=lambda one: -loops_in(one[1]))[:MOST_FUNCTIONS]
    return [ls.start_job(doc, one.ref) for doc, one in meant.functions if (doc, one) in (*ruled, *hoped)]


def a_rule_applies(document: Document, function: "Function") -> bool:
    """Whether some rule could do something with a function."""
    from pie_lsp.propose.contract import ProposeContext
    from pie_lsp.propose.registry import applicable

    return document.parsed is not None and applicable(ProposeContext(file=document.parsed, function=function))


def a_model_may_help(ls: "PieServer", document: Document, function: "Function") -> bool:
    """Whether a language model is set, may be asked, and can be shown the function."""
    from pie_lsp.cpp.analysis import Analysis
    from pie_lsp.engine.model_settings import may_be_asked

    if document.parsed is None or not may_be_asked(ls.settings_for(document)):
        return False
    return Analysis(document.parsed, function.node).is_fit


def _functions(document: Document) -> "tuple[Function, ...]":
    return tuple(document.table.functions) if document.table is not None else ()


def _name(document: Document) -> str:
    return document.path.name if document.path is not None else document.uri


async def changed(ls: "PieServer", uri: str, base: str) -> Meant:
    """The functions of a file, or of a folder's files, that differ from a revision. Raises PieError.

    What differs is told by the files on the disk, and what is worked on is the text that the editor has.
    """
    from pie_lsp.engine.changed import changed_functions

    ls.require_trust()
    path = path_of(uri)
    if path is None:
        raise InputError(wording.no_file(uri))
    found = []
    for file in await changed_functions(path, base):
        document = ls.document_of(uri_of(file.path))
        now = (document.function(ref.qualified_name, ref.fingerprint, ref.line) for ref in file.functions)
        found += [(document, one) for one in now if one is not None]
    return Meant(wording.changes(path.name, base), tuple(found))
