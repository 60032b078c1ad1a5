"""What a face (editor, terminal, research) asks of the engine."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.events import Event
from pie_lsp.values.settings import Settings

Listener = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class FunctionSelector:
    """Selects one function by name, and by line where the name is not unique.

    name  as qualified as the user likes
    line  1-based line of the name
    """

    name: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class OptimizeRequest:
    """One job.

    path      the file, for its folder, its tests and its name
    source    the bytes to optimize, which need not be those on the disk (an editor's buffer)
    selector  which function; None means every function of the file
    others    more functions, where several are selected
    edited    the whole text as a person edited it, which is then the one candidate for that function
    """

    path: Path
    source: bytes
    selector: FunctionSelector | None
    settings: Settings
    others: tuple[FunctionSelector, ...] = ()
    edited: bytes | None = None

    @property
    def is_about_one(self) -> bool:
        """Whether one function alone is selected."""
        return self.selector is not None and not self.others
