"""Parses C++ files, whole or after a change, with tree-sitter; knows nothing of functions or rules.

Every call makes its own parser, since a parser must not be shared between threads; the language is
immutable. The interpreter lock is held while the parser runs, hence the limit on file sizes.
"""

from functools import cache

from tree_sitter import Language, Parser, Tree

from pie_lsp.cpp.annotations import blankable, count_errors
from pie_lsp.cpp.mask import code_only, mask
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import opaque
from pie_lsp.text.edits import common_prefix, common_suffix

_TRIAL_BYTES = 256 << 10
"""In larger files no annotations are looked for, since every trial parses the file once more."""


@cache
def language() -> Language:
    """The C++ grammar, loaded when it is first needed."""
    import tree_sitter_cpp

    return Language(tree_sitter_cpp.language())


def parse(data: bytes) -> ParsedFile:
    """Parse a whole file. Never fails: what cannot be read becomes error nodes."""
    masked = mask(data)
    tree = Parser(language()).parse(masked)
    names: frozenset[bytes] = frozenset()
    if tree.root_node.has_error and len(data) <= _TRIAL_BYTES:
        code = code_only(masked, opaque(masked))
        names = blankable(code, tree, lambda names: Parser(language()).parse(mask(data, names)))
    return parse_with(data, names) if names else ParsedFile(data, masked, tree)


def parse_with(data: bytes, annotations: frozenset[bytes]) -> ParsedFile:
    """Parse a whole file with these macros of other files blanked."""
    masked = mask(data, annotations)
    return ParsedFile(data, masked, Parser(language()).parse(masked), annotations)


def reparse(old: ParsedFile, data: bytes) -> ParsedFile:
    """Parse `data`, a changed version of `old`, reading again only what the change concerns.

    Gives the same as `parse_with(data, old.annotations)`; where there are more errors than before, the
    annotations are looked for again, as `parse` does. What changed is found by comparing what the parser
    sees, since an edit of one ``#define`` changes what stands at every use of the macro.
    """
    masked = mask(data, old.annotations)
    if masked == old.masked:
        return ParsedFile(data, masked, old.tree, old.annotations)
    edited = old.tree.copy()
    _tell(edited, old.masked, masked)
    tree = Parser(language()).parse(masked, edited)
    if tree.root_node.has_error:
        # How the parser recovers from an error may depend on the old tree, so that it starts afresh here.
        more = count_errors(tree.root_node) > count_errors(old.tree.root_node)
        return parse(data) if more else parse_with(data, old.annotations)
    return ParsedFile(data, masked, tree, old.annotations)


def _tell(tree: Tree, old: bytes, new: bytes) -> None:
    start = common_prefix(old, new)
    tail = common_suffix(old[start:], new[start:])
    old_end, new_end = len(old) - tail, len(new) - tail
    tree.edit(start, old_end, new_end, _point(old, start), _point(old, old_end), _point(new, new_end))


def _point(data: bytes, offset: int) -> tuple[int, int]:
    """Row and column in bytes, as tree-sitter counts them: lines end at \\n alone."""
    return data.count(b"\n", 0, offset), offset - (data.rfind(b"\n", 0, offset) + 1)
