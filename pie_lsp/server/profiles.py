"""What finished profiles found out, the newest of each file. Whether one still holds is asked elsewhere.

Nothing is stored about that, as with results: it follows from the text, the headers, the tests and the
settings of the moment. Knows nothing of LSP.
"""

from dataclasses import dataclass

from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.server.documents import Document
from pie_lsp.values.function import FunctionRef
from pie_lsp.values.profile import FunctionShare, ProfileReport


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProfile:
    """The outcome of one profile.

    document  key of the file (`pie_lsp.server.uris.same_file_key`)
    request   what was asked, with the text as it was then
    evidence  hash of all that it rests on (`pie_lsp.engine.evidence`), from before it began
    """

    document: str
    request: OptimizeRequest
    report: ProfileReport
    evidence: str


class Profiles:
    """The newest profile of every file."""

    def __init__(self) -> None:
        self._profiles: dict[str, KnownProfile] = {}

    def add(self, profile: KnownProfile) -> None:
        """Store a profile in the place of an older one."""
        self._profiles[profile.document] = profile

    def of(self, document: str) -> KnownProfile | None:
        """The profile of a file, whether or not it still holds."""
        return self._profiles.get(document)


def place_of(share: FunctionShare, document: Document) -> FunctionRef | None:
    """The function of a share, as it stands in `document` now."""
    then = share.function
    now = document.function(then.qualified_name, then.fingerprint, then.line)
    return None if now is None else now.ref


def share_of(profile: KnownProfile, document: Document, function: FunctionRef) -> FunctionShare | None:
    """What a profile knows of a function of `document`, where that could be told apart."""
    shares = profile.report.profile.functions
    return next((it for it in shares if it.out_of_line and place_of(it, document) == function), None)
