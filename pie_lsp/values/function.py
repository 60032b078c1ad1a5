"""What a function definition is to the rest of the program: a name and four spans."""

from dataclasses import dataclass

from pie_lsp.values.span import Span


@dataclass(frozen=True, slots=True)
class FunctionRef:
    """One function definition of one version of one file.

    name            unqualified, as a user would type it (``solve``, ``operator<``, ``~Graph``)
    qualified_name  with enclosing namespaces and classes (``Graph::add``)
    line            1-based line of the name, counted as editors count (\\n, \\r\\n and \\r end a line)
    span            the whole definition, template header and attributes included
    header          from the start of `span` up to the body's opening brace
    name_span       the name itself
    body            the body, braces included
    fingerprint     SHA-256 in hex of the bytes of `span`
    """

    name: str
    qualified_name: str
    line: int
    span: Span
    header: Span
    name_span: Span
    body: Span
    fingerprint: str

    @property
    def label(self) -> str:
        """``name@line``, which selects exactly this function on the command line."""
        return f"{self.name}@{self.line}"
