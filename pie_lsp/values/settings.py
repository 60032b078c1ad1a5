"""What a user can set, validated elsewhere (`pie_lsp.engine.settings`)."""

from dataclasses import dataclass, field
from pathlib import Path

from pie_lsp.values.language_model import ModelSettings
from pie_lsp.values.toolchain import Link

BACKENDS = ("auto", "estimate", "gem5", "native")
"""What can measure. `auto` screens with the estimate, and has gem5 confirm where there is one."""

MIN_SPEEDUP = 1.10
"""Below this ratio nothing is offered: PIE counts a program as optimized from 1.10x on (section 3)."""


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Limits on one run of one program on one test.

    cpu_seconds   processor time, the limit that decides
    memory_bytes  address space
    output_bytes  standard output and standard error each
    """

    cpu_seconds: int = 10
    memory_bytes: int = 1 << 30
    output_bytes: int = 16 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one request.

    language_model       name of the one of `models` that is asked; empty for none
    allow_remote_models  whether text may be sent to a model on another machine
    strategy             how it is asked; empty for what suits it
    samples, repairs     how many answers, and how often it may repair those that fall
    rounds               how often it is asked: from the second time on, to improve the best so far
    pairs                local corpora of which pairs may be shown to a model, besides ours
    retriever            who finds pairs by code; empty for what needs no weights
    encoder              folder of the encoder that some retrievers need; empty for none
    remember_accepted    whether edits that are applied in an editor are kept as such a corpus
    model_seed           of the first sample; another one gives other answers

    Only `flags`, `include_dirs`, `tests`, `limits` and `min_speedup` may come from a workspace file;
    everything else belongs to the user, since a workspace is untrusted.
    """

    compiler: str = "g++"
    flags: tuple[str, ...] = ("-std=c++17", "-O3")
    flags_are_default: bool = True
    include_dirs: tuple[Path, ...] = ()
    link: Link = Link.STATIC
    backend: str = "auto"
    model: str = "skylake-verbatim"
    gem5: str = ""
    tests: tuple[Path, ...] = ()
    top: int | None = None
    min_speedup: float = MIN_SPEEDUP
    limits: RunLimits = field(default_factory=RunLimits)
    budget_seconds: float = 300.0
    allow_unsandboxed: bool = False
    jobs: int = 2
    models: tuple[ModelSettings, ...] = ()
    language_model: str = ""
    allow_remote_models: bool = False
    strategy: str = ""
    samples: int = 8
    repairs: int = 1
    rounds: int = 1
    model_seed: int = 0
    pairs: tuple[str, ...] = ()
    retriever: str = ""
    encoder: str = ""
    remember_accepted: bool = False
