"""What one request is about, read and parsed once: the file, its functions, its tests."""

from dataclasses import dataclass

from pie_lsp.cpp.functions import Function, FunctionTable, find_functions, select
from pie_lsp.cpp.headers import LocalHeader, other_units
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.engine.contract import FunctionSelector, OptimizeRequest
from pie_lsp.engine.evidence import evidence_of, own_headers
from pie_lsp.engine.settings import find_workspace
from pie_lsp.propose.contract import ProposeContext
from pie_lsp.text.source import SourceText, detect
from pie_lsp.values.report import RefusedFunction
from pie_lsp.values.testing import TestSuite
from pie_lsp.values.toolchain import TranslationUnit
from pie_lsp.verify.discovery import discover


@dataclass(frozen=True, slots=True)
class Subject:
    """One version of one file, with everything that is read from the disk for it.

    everything  all functions of the file; `functions` and `refused` are those that were asked for
    """

    request: OptimizeRequest
    source: SourceText
    file: ParsedFile
    everything: FunctionTable
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

    @property
    def has_main(self) -> bool:
        """Whether this file alone is a program."""
        return any(function.ref.qualified_name == "main" for function in self.everything.functions)

    def context(self, function: Function) -> ProposeContext:
        """What proposers may look at for `function`."""
        return ProposeContext(
            file=self.file,
            function=function,
            interactive=self.suite.interactive,
            local_headers=tuple(header.data for header in self.headers),
            other_units=other_units(self.headers, has_main=self.has_main),
        )


def _selected(table: FunctionTable, selectors: tuple[FunctionSelector, ...]) -> FunctionTable:
    """Those functions alone, each once, in the order of the file."""
    found = {one.ref.label: one for one in (select(table, it.name, it.line) for it in selectors)}
    return FunctionTable(tuple(sorted(found.values(), key=lambda one: one.ref.span.start)), ())


def read_subject(request: OptimizeRequest) -> Subject:
    """Read all that a request is about. Raises InputError where it cannot be worked on."""
    source = detect(request.source)
    file = parse(request.source)
    everything = chosen = find_functions(file)
    if request.selector is not None:
        chosen = _selected(everything, (request.selector, *request.others))
    suite = discover(request.path, request.settings.tests, find_workspace(request.path))
    return Subject(
        request=request,
        source=source,
        file=file,
        everything=everything,
        functions=chosen.functions,
        refused=tuple(RefusedFunction(r.ref.name, r.ref.line, r.reason) for r in chosen.refused),
        headers=own_headers(request),
        suite=suite,
        evidence=evidence_of(request, suite),
    )
