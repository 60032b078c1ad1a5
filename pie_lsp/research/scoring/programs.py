"""What program an answer is. PIE scores whole programs, and the product asks about one function.

So an answer is read in two ways: as the program that stands in it, where it defines `main`, and as the
function that was asked for, put into the file. The first that compiles is scored.
"""

from dataclasses import dataclass

from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.models.contract import Finish
from pie_lsp.prompting.anchoring import Anchored
from pie_lsp.prompting.answers import Unusable, read_answer
from pie_lsp.prompting.blocks import MOST_CHARACTERS, blocks
from pie_lsp.prompting.target import Target
from pie_lsp.text.edits import apply_edits
from pie_lsp.values.errors import InputError

_MOST_TRIED = 8
_WHOLE = (Finish.STOP, Finish.OTHER)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer holds.

    programs  to try, in this order; none where it is of no use
    edits     the function in the file, as the product would offer it, or why that cannot be
    """

    programs: tuple[bytes, ...]
    edits: Anchored | Unusable


def read_programs(target: Target, text: str, finish: Finish) -> Reading:
    """Both readings of an answer. Never raises, whatever the text is."""
    edits = read_answer(target, text, finish)
    programs: list[bytes] = []
    if finish in _WHOLE and len(text) <= MOST_CHARACTERS:
        programs += _standing(target, text)
    if isinstance(edits, Anchored):
        programs.append(apply_edits(target.file.data, edits.edits))
    elif edits.unchanged:
        programs.append(target.file.data)
    return Reading(tuple(dict.fromkeys(programs)), edits)


def _standing(target: Target, text: str) -> list[bytes]:
    """The program in the answer, if there is one."""
    for _, block in zip(range(_MOST_TRIED), blocks(text, "main"), strict=False):
        try:
            code = target.source.encode(block)
        except InputError:
            continue
        if any(one.ref.qualified_name == "main" for one in find_functions(parse(code)).functions):
            return [code]
    return []
