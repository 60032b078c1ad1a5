"""What a person made of the selected function, as one candidate that is judged as a model's answer is.

It may change what an answer may: the function, helpers that it newly uses, and standard headers. Anything
else is refused here with a sentence, since the person would believe it verified.
"""

from pie_lsp.cpp.functions import Function
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.tokens import fingerprint
from pie_lsp.engine.gather import Draft
from pie_lsp.engine.subject import Subject
from pie_lsp.prompting.anchoring import changes_elsewhere, written
from pie_lsp.prompting.answers import Unusable, chosen_in, read_code
from pie_lsp.prompting.target import Target
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.candidate import Candidate, ProposerKind, Provenance
from pie_lsp.values.report import Rejected, Rejection, Stage

TITLE = "Your edit"

_PROVENANCE = Provenance("hand", "1", ProposerKind.HAND)


def by_hand(subject: Subject, edited: bytes) -> Draft | Rejected:
    """The candidate that `edited`, the whole file as the person left it, makes of the selected function."""
    (function,) = subject.functions
    target = Target(subject.context(function))
    source = subject.request.source
    if fingerprint(edited) == fingerprint(source):
        return _refused(target, "it changes nothing but comments and white space")
    file = parse(_with_line_ends_of(source, edited))
    chosen = chosen_in(target, file)
    if chosen is None:
        return _refused(target, f"it holds no definition of the function {target.name}")
    if isinstance(chosen, Unusable):
        return _refused(target, chosen.reason)
    if changes_elsewhere(target, file, chosen):
        return _refused(target, _elsewhere(target.name))
    read = read_code(target, file)
    if read is None or isinstance(read, Unusable):
        return _refused(target, read.reason if read is not None else _elsewhere(target.name))
    changed = apply_edits(source, read.edits)
    made = parse(changed)
    kept = chosen_in(target, made)
    if not isinstance(kept, Function) or written(target, made, kept) != written(target, file, chosen):
        return _refused(target, _unlike(target.name))
    candidate = Candidate(
        function=function.ref,
        title=TITLE,
        explanation="Written by you.",
        edits=read.edits,
        provenance=_PROVENANCE,
        grants=read.grants,
        may_add_ub=True,
    )
    return Draft(candidate, changed)


def _elsewhere(name: str) -> str:
    return (
        f"it changes more than the function {name}, and only that function can be verified, with standard "
        "headers and new helper functions that it uses"
    )


def _unlike(name: str) -> str:
    """An answer's function stays where it was and what it is called; a person would miss what is left out."""
    return (
        f"it changes what stands before the body of the function {name} or where the function stands, and "
        "only the body and the parameters can be verified"
    )


def _refused(target: Target, reason: str) -> Rejected:
    return Rejected(target.name, TITLE, _PROVENANCE, Rejection(Stage.GUARD, reason))


def _with_line_ends_of(source: bytes, edited: bytes) -> bytes:
    """Editors may open a copy with other line ends than the file has."""
    plain = edited.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", b"\r\n") if b"\r\n" in source else plain
