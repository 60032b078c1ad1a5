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
    """The function that a request names. Raises InputError where it is not there."""
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
    """Every function of a file that can be worked on. Raises InputError where there is no such file."""
    document = ls.document_of(uri)
    return Meant(_name(document), tuple((document, one) for one in _functions(document)))


def start_all(ls: "PieServer", meant: Meant) -> list[Job]:
    """A job for each function of which something could come. Raises InputError as `start_job` does."""
    return [
        ls.start_job(document, one.ref) for document, one in meant.functions if may_gain(ls, document, one)
    ]


def may_gain(ls: "PieServer", document: Document, function: "Function") -> bool:
    """Whether a rule applies to a function."""
    from pie_lsp.propose.contract import ProposeContext
    from pie_lsp.propose.registry import applicable

    if document.parsed is None:
        return False
    return applicable(ProposeContext(file=document.parsed, function=function))


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
