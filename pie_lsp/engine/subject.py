"""What one request is about, read and parsed once: the file, its functions, its tests."""

from dataclasses import dataclass

from pie_lsp.cpp.functions import Function, FunctionTable, find_functions, select
from pie_lsp.cpp.headers import LocalHeader, local_headers
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
from pie_lsp.engine.evidence import evidence_of
from pie_lsp.engine.settings import find_workspace
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.source import SourceText, detect
from pie_lsp.values.errors import InputError
from pie_lsp.values.report import RefusedFunction
from pie_lsp.values.testing import TestSuite
from pie_lsp.values.toolchain import TranslationUnit
from pie_lsp.verify.discovery import discover


@dataclass(frozen=True, slots=True)
class Subject:
    """One version of one file, with everything that is read from the disk for it."""

    request: OptimizeRequest
    source: SourceText
    file: ParsedFile
    functions: tuple[Function, ...]
    refused: tuple[RefusedFunction, ...]
    headers: tuple[LocalHeader, ...]
    suite: TestSuite
    evidence: str

    @property
    def unit(self) -> TranslationUnit:
        """The original as the compiler sees it."""
        return self.unit_of(self.request.source)

    def unit_of(self, source: bytes) -> TranslationUnit:
        """`source` in the place of the original."""
        return TranslationUnit(name=self.request.path.name, folder=self.request.path.parent, source=source)

    def context(self, function: Function) -> ProposeContext:
        """What proposers may look at for `function`."""
        return ProposeContext(
            file=self.file,
            function=function,
            interactive=self.suite.interactive,
            local_headers=tuple(header.data for header in self.headers),
        )


def read_subject(request: OptimizeRequest) -> Subject:
    """Read all that a request is about. Raises InputError where it cannot be worked on."""
    source = detect(request.source)
    file = parse(request.source)
    table = find_functions(file)
    chosen = table if request.selector is None else _selected(table, request.selector, request.path.name)
    suite = discover(request.path, request.settings.tests, find_workspace(request.path))
    return Subject(
        request=request,
        source=source,
        file=file,
        functions=chosen.functions,
        refused=tuple(RefusedFunction(r.ref.name, r.ref.line, r.reason) for r in chosen.refused),
        headers=local_headers(request.source, request.path.parent, request.settings.include_dirs),
        suite=suite,
        evidence=evidence_of(request, suite),
    )


def _selected(table: FunctionTable, selector: FunctionSelector, file_name: str) -> FunctionTable:
    chosen = select(table, selector.name, selector.line)
    if not chosen.functions and not chosen.refused:
        known = ", ".join(function.ref.label for function in table.functions) or "none"
        raise InputError(
            f"{file_name} has no function {describe(selector)}; the functions it has are: {known}."
        )
    return chosen


def describe(selector: FunctionSelector) -> str:
    """The selector as a user would type it."""
    name = selector.name or "any name"
    return name if selector.line is None else f"{name}@{selector.line}"
