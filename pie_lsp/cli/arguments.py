"""Options that several subcommands share, and how they become settings. Knows no terminal."""

import argparse
import dataclasses
import shlex
from pathlib import Path
from typing import TypeAlias

from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Link

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a subcommand adds itself to, in its function `add_to`."""

BACKENDS = ("estimate", "gem5", "native")
"""What can measure: a model of gem5's Skylake, gem5 itself, and this machine's clock."""


FLAGS = "--flags"


def positive(word: str) -> int:
    """An integer of at least 1."""
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is not at least 1")
    return number


def ratio(word: str) -> float:
    """A speedup of at least 1."""
    number = float(word)
    if not 1.0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{word} is not a ratio of at least 1.0")
    return number


def words(text: str) -> tuple[str, ...]:
    """Words as a shell splits them."""
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} cannot be split into words ({error})") from None


def add_toolchain(parser: argparse.ArgumentParser) -> None:
    """Options on how programs are built and measured."""
    parser.add_argument("--compiler", metavar="CXX", help="compiler to use (default: g++)")
    # `main` joins the option with its value, since argparse takes a value that begins with "-" for an option.
    parser.add_argument(
        FLAGS,
        type=words,
        metavar='"..."',
        help='flags for it in one word, as in --flags="-std=c++20 -O2" (default: -std=c++17 -O3, '
        "or what compile_commands.json says)",
    )
    parser.add_argument("--link", choices=[link.value for link in Link], help="default: static")
    parser.add_argument("--backend", choices=BACKENDS, help="what measures (default: auto)")
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="machine that is estimated or simulated: skylake-verbatim, skylake-pie",
    )
    parser.add_argument(
        "--gem5", metavar="PATH", help="gem5 binary for --backend gem5 (default: $PIE_LSP_GEM5)"
    )
    parser.add_argument(
        "--allow-unsandboxed",
        action="store_true",
        help="where no sandbox works, run programs under resource limits alone: only for programs you trust",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option that turns the report into one JSON document."""
    parser.add_argument(
        "--json", action="store_true", help="print one JSON document (see README) instead of text"
    )


def with_toolchain(settings: Settings, arguments: argparse.Namespace) -> Settings:
    """`settings` with what the command line says about building and measuring."""
    changes: dict[str, object] = {
        name: getattr(arguments, name)
        for name in ("compiler", "backend", "model")
        if getattr(arguments, name) is not None
    }
    if arguments.flags is not None:
        changes |= {"flags": arguments.flags, "flags_are_default": False}
    if arguments.gem5 is not None:
        changes["gem5"] = str(absolute(arguments.gem5))
    if arguments.link is not None:
        changes["link"] = Link(arguments.link)
    if arguments.allow_unsandboxed:
        changes["allow_unsandboxed"] = True
    return dataclasses.replace(settings, **changes)  # type: ignore[arg-type]


def absolute(path: str) -> Path:
    """The path as seen from the current folder, symbolic links left as they are."""
    return Path.cwd() / path
