"""From the text of an answer to edits of the selected function. Never raises, whatever the text is.

An answer may be the function or a whole file, fenced or not. Of a whole file the selected function counts
alone, with the standard headers and helpers that it newly needs; what else the answer changes is left out.
"""

from dataclasses import dataclass

from pie_lsp.cpp.functions import Function, find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.models.contract import Finish
from pie_lsp.prompting.anchoring import Anchored, anchor
from pie_lsp.prompting.blocks import MOST_CHARACTERS, blocks
from pie_lsp.prompting.signatures import header_of, may_become
from pie_lsp.prompting.target import Target
from pie_lsp.values.errors import InputError

_MOST_TRIED = 24


@dataclass(frozen=True, slots=True)
class Unusable:
    """No candidate can be made of an answer; `reason` is a sentence about it.

    unchanged  because it gives the function back as it was
    """

    reason: str
    unchanged: bool = False


_FINISHES = {
    Finish.LENGTH: "It was cut off, since an answer may have no more tokens; nothing of it is used.",
    Finish.FILTERED: "The server held it back.",
}


def read_answer(target: Target, text: str, finish: Finish = Finish.STOP) -> Anchored | Unusable:
    """What `text` makes of the selected function, or why it is of no use."""
    if finish in _FINISHES:
        return Unusable(_FINISHES[finish])
    if not text.strip():
        return Unusable("It is empty.")
    if len(text) > MOST_CHARACTERS:
        return Unusable(f"It has {len(text):,} characters, which is no answer about one function.")
    unusable: Unusable | None = None
    for number, block in enumerate(blocks(text, target.name)):
        if number == _MOST_TRIED:
            break
        read = _read_block(target, block)
        if isinstance(read, Anchored):
            return read
        unusable = unusable or read
    return unusable or Unusable(f"It holds no definition of the function {target.name}.")


def _read_block(target: Target, block: str) -> Anchored | Unusable | None:
    """The same for one piece of code; None where it does not define the function."""
    try:
        return read_code(target, parse(_encoded(target, block)))
    except InputError as error:
        return Unusable(str(error))


def read_code(target: Target, file: ParsedFile) -> Anchored | Unusable | None:
    """What `file`, in the encoding of the original, makes of the function; None where it does not define it.

    What else `file` changes is left out.
    """
    code = file.data
    chosen = chosen_in(target, file)
    if chosen is None or isinstance(chosen, Unusable):
        return chosen
    if _same_tokens(target.code, code[chosen.ref.span.start : chosen.ref.span.end]):
        return Unusable(f"It gives the function {target.name} back as it was.", unchanged=True)
    return anchor(target, file, chosen)


def _encoded(target: Target, block: str) -> bytes:
    """`block` in the encoding of the file and with its line ends."""
    text = block.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if b"\r\n" in target.file.data:
        text = text.replace("\n", "\r\n")
    return target.source.encode(text)


def chosen_in(target: Target, file: ParsedFile) -> Function | Unusable | None:
    """The definition in `file` that is meant; of several, the one with the signature of the original."""
    table = find_functions(file)
    wanted = target.function.ref
    named = [one for one in table.functions if one.ref.name == wanted.name]
    exact = [one for one in named if one.ref.qualified_name == wanted.qualified_name]
    original = header_of(target.file, target.function)
    same = [one for one in exact or named if may_become(original, header_of(file, one))]
    if same:
        return same[-1]
    if named:
        return Unusable(f"It changes the signature of the function {wanted.name}.")
    refused = [one for one in table.refused if one.ref.name == wanted.name]
    return Unusable(f"Its function {wanted.name} cannot be read: {refused[-1].reason}") if refused else None


def _same_tokens(one: bytes, other: bytes) -> bool:
    return _code_of(one) == _code_of(other)


def _code_of(data: bytes) -> list[bytes]:
    found = (token for token in tokens(data) if token.kind is not TokenKind.COMMENT)
    return [data[token.span.start : token.span.end] for token in found]
