"""Which compiler flags a workspace may choose: an allowlist, since a workspace is untrusted.

A flag may change what the program means and how it is optimized. It may not start a program, load a
plug-in, name a file outside the workspace, or move the output. Knows words and folders; runs nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pie_lsp.values.errors import SettingsError

SYSTEM_INCLUDES = (Path("/usr"), Path("/opt"))
"""Where installed libraries keep their headers; nothing of a user's lies there."""

INCLUDE_OPTIONS = ("-iquote", "-isystem", "-idirafter", "-I")

_CODE_NAMES = """
aligned-new allow-store-data-races associative-math builtin common crossjumping cx-fortran-rules
cx-limited-range cse-follow-jumps data-sections delete-null-pointer-checks devirtualize early-inlining
exceptions expensive-optimizations fast-math finite-loops finite-math-only float-store forward-propagate
function-sections gcse gcse-after-reload gnu-unique guess-branch-probability hoist-adjacent-loads
if-conversion if-conversion2 indirect-inlining inline inline-limit isolate-erroneous-paths-dereference
ivopts lifetime-dse math-errno merge-all-constants merge-constants modulo-sched move-loop-invariants
non-call-exceptions omit-frame-pointer optimize-sibling-calls optimize-strlen pack-struct partial-inlining
peel-loops peephole peephole2 pic pie PIC PIE plt predictive-commoning prefetch-loop-arrays
reciprocal-math reg-struct-return rename-registers rerun-cse-after-loop rounding-math sched-pressure
schedule-insns schedule-insns2 section-anchors semantic-interposition shrink-wrap signaling-nans
signed-zeros simd-cost-model single-precision-constant slp-vectorize split-loops split-paths
split-wide-types ssa-backprop ssa-phiopt stack-clash-protection stdarg-opt store-merging strict-aliasing
strict-enums strict-overflow strict-volatile-bitfields thread-jumps threadsafe-statics tracer
trapping-math trapv trivial-auto-var-init unit-at-a-time unroll-all-loops unroll-loops
unsafe-math-optimizations unswitch-loops unwind-tables variable-expansion-in-unroller vect-cost-model
vectorize version-loops-for-strides weak web wrapv wrapv-pointer zero-initialized-in-bss
"""
_LANGUAGE_NAMES = """
char8_t concepts coroutines constexpr-cache-depth constexpr-depth constexpr-loop-limit constexpr-ops-limit
exec-charset excess-precision extended-identifiers fp-contract gnu-keywords implicit-constexpr
input-charset max-errors ms-extensions new-inheriting-ctors new-ttp-matching nonansi-builtins
operator-names permissive rtti short-enums short-wchar signed-bitfields signed-char sized-deallocation
template-depth unsigned-bitfields unsigned-char visibility visibility-inlines-hidden wide-exec-charset
"""
_SAFE_F = frozenset((_CODE_NAMES + _LANGUAGE_NAMES).split())
"""Switches that choose how code is made or read; none reads or writes a file, none starts a program."""

_SAFE_F_FAMILIES = (
    "tree-",
    "ipa-",
    "ira-",
    "align-",
    "reorder-",
    "inline-",
    "devirtualize-",
    "stack-protector",
)
"""The same, where every switch of that beginning is of that kind."""

_F_FLAG = re.compile(r"-f(?:no-)?(?P<name>[A-Za-z0-9_-]+?)(?:=[A-Za-z0-9_.:,+-]*)?")
_SAFE = re.compile(
    r"-std=[a-z0-9+:]+|-ansi|-stdlib=(?:libc|libstdc)\+\+|-O(?:[0-3sgz]|fast)?|-pthread|-w|"
    r"-pedantic(?:-errors)?|-W(?!l,|a,|p,)[A-Za-z0-9_+-]*(?:=[A-Za-z0-9_.+-]*)?|"
    r"-m(?!llvm)[a-z0-9_-]+(?:\.\d+)?(?:=[A-Za-z0-9_.,+-]*)?"
)
_DEFINE = re.compile(r"-[DU](?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class RefusedFlag:
    """A flag that is not taken, and why, as the end of a sentence."""

    flag: str
    reason: str

    def __str__(self) -> str:
        return self.flag


def allow(flags: Sequence[str], workspace: Path) -> tuple[tuple[str, ...], tuple[RefusedFlag, ...]]:
    """Split the flags of an untrusted workspace into those that are safe and those that are refused.

    Include folders are taken when they lie in `workspace` (links followed) or in the system; they come
    back as absolute paths. Relative ones start from `workspace`.
    """
    accepted: list[str] = []
    refused: list[RefusedFlag] = []
    words = iter(flags)
    for word in words:
        verdict = _judge(word, words, workspace)
        if isinstance(verdict, RefusedFlag):
            refused.append(verdict)
        else:
            accepted.extend(verdict)
    return tuple(accepted), tuple(refused)


def include_folders(flags: Sequence[str]) -> tuple[Path, ...]:
    """Return the absolute folders that `flags` add to the search for headers, in order."""
    folders: dict[Path, None] = {}
    words = iter(flags)
    for word in words:
        option = _include_option(word)
        if option is not None:
            folders[Path(word.removeprefix(option) or next(words, "."))] = None
    return tuple(folder for folder in folders if folder.is_absolute())


def check_own_flags(flags: Sequence[str]) -> None:
    """Raise SettingsError for a flag of the user's own that would change what we ask the compiler for.

    The user may use any other flag; what it reads and writes is still confined by the sandbox.
    """
    for flag in flags:
        if flag in ("-o", "-x", "-c", "-S", "-E", "-M", "-MM", "-") or re.match(
            r"@|-o.|-x.|-save-temps", flag
        ):
            raise SettingsError(
                f"The compiler flag {flag} cannot be used: pie-lsp itself says what is compiled to where."
            )


def _judge(word: str, words: Iterator[str], workspace: Path) -> tuple[str, ...] | RefusedFlag:
    option = _include_option(word)
    if option is not None:
        return _include(option, word.removeprefix(option) or next(words, ""), workspace)
    if found := _DEFINE.fullmatch(word):
        name = found["rest"] or next(words, "")
        return (word[:2] + name,) if name else RefusedFlag(word, "it names no macro")
    switch = _F_FLAG.fullmatch(word)
    if switch and (switch["name"] in _SAFE_F or switch["name"].startswith(_SAFE_F_FAMILIES)):
        return (word,)
    if _SAFE.fullmatch(word):
        return (word,)
    return RefusedFlag(word, "it is not among the flags that a workspace may choose")


def _include_option(word: str) -> str | None:
    return next((option for option in INCLUDE_OPTIONS if word.startswith(option)), None)


def _include(option: str, folder: str, workspace: Path) -> tuple[str, ...] | RefusedFlag:
    words = (option, folder) if option != "-I" else (f"-I{folder}",)
    flag = " ".join(words)
    if not folder or "\0" in folder:
        return RefusedFlag(flag, "it names no folder")
    try:
        path = (workspace / folder).resolve()
    except (OSError, RuntimeError):
        return RefusedFlag(flag, "the folder cannot be found")
    inside = path.is_relative_to(workspace.resolve()) or any(map(path.is_relative_to, SYSTEM_INCLUDES))
    if not inside:
        return RefusedFlag(flag, "the folder lies outside the workspace")
    if not path.is_dir():
        return RefusedFlag(flag, "there is no such folder")
    return (f"-I{path}",) if option == "-I" else (option, str(path))
