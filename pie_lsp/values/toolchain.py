"""The compiler, its flags and the binaries it makes; running it is the business of `pie_lsp.build`."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Link(Enum):
    """How programs are linked. Static is the default, since it shrinks the start-up floor 25 times."""

    STATIC = "static"
    DYNAMIC = "dynamic"


class BuildMode(Enum):
    """What a binary is built for."""

    OPTIMIZED = "optimized"
    """With the user's flags, as it is tested and measured."""
    SANITIZED = "sanitized"
    """Address and undefined-behaviour sanitizers, dynamic, for tiers T1b and T3."""
    INIT_ZERO = "init-zero"
    INIT_PATTERN = "init-pattern"
    """Uninitialised automatic variables filled with zero or a pattern, to expose their use (T1b)."""
    ATTRIBUTED = "attributed"
    """As optimized, but of a source whose functions are kept out of line, and with debug information, to tell
    which function a cost belongs to. Nothing is accepted or rejected by what it costs."""
    ALIGNED = "code aligned"
    PACKED = "code packed"
    SHIFTED = "stack moved"
    """As `OPTIMIZED`, but every loop on a boundary of 16 bytes, or none on purpose, or the stack elsewhere:
    the same program in another layout (`pie_lsp.build.layouts`)."""


LAYOUTS = (BuildMode.ALIGNED, BuildMode.PACKED, BuildMode.SHIFTED)
"""The modes that lay the optimized program out in another way, and change nothing else."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A compiler with everything that decides what it makes of a source.

    compiler      absolute path
    version       first line of ``compiler --version``
    flags         what the user or the project chose, from the allowlist of `pie_lsp.build.flags`
    include_dirs  absolute folders searched for headers besides the source's own
    """

    compiler: str
    version: str
    flags: tuple[str, ...]
    link: Link = Link.STATIC
    include_dirs: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """One source as the compiler sees it: its bytes, its file name, and the folder it includes from."""

    name: str
    folder: Path
    source: bytes


@dataclass(frozen=True, slots=True)
class Binary:
    """A program that was built inside the sandbox.

    digest       SHA-256 in hex of the file
    code_digest  SHA-256 in hex of what is loaded into memory; equal digests mean identical machine code
    warnings     one normalised line per compiler warning, without line numbers
    """

    path: Path
    mode: BuildMode
    digest: str
    code_digest: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildFailure:
    """The source did not become a program; `reason` is a sentence, `diagnostics` the compiler's words.

    from_outside  the compiler was ended by the machine, so the source need not be to blame
    """

    reason: str
    diagnostics: str = ""
    from_outside: bool = False
