"""The compiler's words for each build mode; knows nothing of processes or files."""

from pie_lsp.build.layouts import layout_flags, layout_link_flags
from pie_lsp.sandbox.contract import Limits
from pie_lsp.values.toolchain import LAYOUTS, BuildMode, Link, Toolchain

COMPILE_LIMITS = Limits(
    cpu_seconds=120,
    wall_seconds=300.0,
    memory_bytes=6 << 30,
    processes=32,
    open_files=1024,
    file_bytes=512 << 20,
    stack_bytes=64 << 20,
)
"""A compiler needs more than the programs it makes: several processes, and memory for templates."""

_FOR_LINKER = ("-l", "-L", "-Wl,")
"""Libraries only help what stands before them on the command line."""

_SANITIZERS = (
    "-O1",
    "-g1",
    "-fsanitize=address,undefined",
    "-fno-sanitize-recover=all",
    "-fno-omit-frame-pointer",
    "-D_GLIBCXX_ASSERTIONS",
)

_STRIP = "-s"
"""Takes debug information away again."""


def mode_flags(toolchain: Toolchain, mode: BuildMode) -> tuple[str, ...]:
    """Return the flags of one build, the user's first so that what the mode needs has the last word."""
    own = tuple(flag for flag in toolchain.flags if not flag.startswith(_FOR_LINKER))
    if mode is BuildMode.SANITIZED:
        return (*own, *_SANITIZERS)
    if mode is BuildMode.OPTIMIZED or mode in LAYOUTS:
        # The user's -w or -Wno-… come later and so win over the warnings we collect.
        return ("-Wall", "-Wextra", *own, *layout_flags(mode))
    if mode is BuildMode.ATTRIBUTED:
        return (*(flag for flag in own if flag != _STRIP), *_debug_information(toolchain), "-w")
    fill = "zero" if mode is BuildMode.INIT_ZERO else "pattern"
    return (*own, f"-ftrivial-auto-var-init={fill}")


def _debug_information(toolchain: Toolchain) -> tuple[str, ...]:
    """Where each function was defined, which changes no instruction; Clang says so from -g2 on."""
    return ("-g2",) if "clang" in toolchain.version.lower() else ("-g1",)


def link_flags(toolchain: Toolchain, mode: BuildMode) -> tuple[str, ...]:
    """Return the flags for the linker, to stand after the source. Sanitizers need dynamic programs."""
    static = toolchain.link is Link.STATIC and mode is not BuildMode.SANITIZED
    own = (flag for flag in toolchain.flags if flag.startswith(_FOR_LINKER))
    return (*own, "-Wl,--build-id=none", *(("-static",) if static else ()), *layout_link_flags(mode))
