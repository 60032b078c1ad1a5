"""The one interface between proposers (rules, and later models) and the rest.

A proposer knows syntax. It knows nothing of compilers, tests, measuring or editors.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from pie_lsp.cpp.functions import Function
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.values.candidate import Candidate


@dataclass(frozen=True, slots=True)
class ProposeContext:
    """What a proposer may look at.

    file         the whole parsed file
    function     the selected function of that file
    interactive  the tests or the problem file say that a peer answers while the program runs
    local_headers contents of the headers of the user that the file includes, for rules that must know
                  the whole program (IO4: no stdio anywhere)
    other_units  the program has other translation units, so whole-program facts are unknown
    """

    file: ParsedFile
    function: Function
    interactive: bool = False
    local_headers: tuple[bytes, ...] = ()
    other_units: bool = False


class Proposer(Protocol):
    """One source of candidates."""

    @property
    def id(self) -> str:
        """Short and stable: "IO4", "S1"."""

    @property
    def version(self) -> str:
        """Changes whenever its candidates may change; part of every cache key."""

    def prepare(self, context: ProposeContext) -> bool:
        """Whether `propose` could yield something here. Cheap: called on every cursor movement."""

    def propose(self, context: ProposeContext) -> AsyncIterator[Candidate]:
        """Yield candidates as they are found. Cancelling the consuming task cancels the search.

        Whoever calls it has asked `prepare`, which may take an analysis of the function and is not repeated.
        """
