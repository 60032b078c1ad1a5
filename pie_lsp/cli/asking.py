"""Options about language models, and what would be sent to one, printed. Knows no model."""

import argparse
import dataclasses
import sys
from typing import TYPE_CHECKING

from pie_lsp.cli import arguments as shared
from pie_lsp.values.errors import InputError
from pie_lsp.values.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pie_lsp.engine.asking import Shown
    from pie_lsp.engine.contract import OptimizeRequest

_MEANT = ("strategy", "samples", "repairs", "rounds", "model_seed", "retriever")
"""Options that say nothing without a model."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    parser.add_argument(
        "--language-model",
        metavar="NAME",
        help="ask this one of the language models in your settings too; --model does the same, where no "
        "machine is called so",
    )
    add_sampling(parser, "answers for each function (default: 8)")
    add_retrieval(parser)
    parser.add_argument(
        "--repairs",
        type=_count,
        metavar="N",
        help="how often it may repair an answer that does not work (default: 1)",
    )
    parser.add_argument(
        "--rounds",
        type=shared.positive,
        metavar="N",
        help="how often it is asked, from the second time on to improve the best so far (default: 1)",
    )
    parser.add_argument(
        "--show-prompt", action="store_true", help="print what it would be sent, and send nothing"
    )


def add_sampling(parser: argparse.ArgumentParser, samples: str) -> None:
    """Declare how a model is asked; `samples` says what their number means."""
    parser.add_argument(
        "--strategy", metavar="NAME", help="how it is asked: see README (default: what suits it)"
    )
    parser.add_argument("--samples", type=shared.positive, metavar="N", help=samples)
    parser.add_argument(
        "--model-seed", type=_count, metavar="N", help="seed of its first answer (default: 0)"
    )


def add_retrieval(parser: argparse.ArgumentParser) -> None:
    """Declare who finds the pairs that a model is shown."""
    parser.add_argument(
        "--retriever",
        metavar="NAME",
        help="who finds the pairs that the strategies retrieval-N show (default: by-kind, without weights)",
    )
    parser.add_argument(
        "--encoder", metavar="FOLDER", help="a local encoder, for the retrievers that need one (needs torch)"
    )


def with_language_model(settings: Settings, arguments: argparse.Namespace) -> Settings:
    """`settings` with what the options say.

    Raises InputError where they do not go together, and PieError where a name in them or in the settings is
    wrong, so that nobody waits for a job in which the chosen model has no part.
    """
    from pie_lsp.engine.chosen_model import require_askable

    settings = _named(settings, arguments)
    given = {name: getattr(arguments, name) for name in _MEANT if getattr(arguments, name) is not None}
    if arguments.encoder is not None:
        given["encoder"] = str(shared.absolute(arguments.encoder))
    if not settings.language_model and (given or arguments.show_prompt):
        option = next((name.replace("_", "-") for name in given), "show-prompt")
        where = _where_they_are(settings)
        raise InputError(f"--{option} is about a language model; name one with --language-model. {where}")
    settings = dataclasses.replace(settings, **given)
    require_askable(settings)
    return settings


def _named(settings: Settings, arguments: argparse.Namespace) -> Settings:
    """``--model`` was there for machines first, so that a machine is meant where both have the name."""
    from pie_lsp.measure.gem5.schema import MACHINES

    name = arguments.language_model
    model = arguments.model
    if model is not None and model not in MACHINES:
        if all(model != one.name for one in settings.models):
            raise InputError(
                f'--model names a machine or a language model, and "{model}" is neither. Machines are '
                f"{' and '.join(MACHINES)}. {_where_they_are(settings)}"
            )
        if name is not None and name != model:
            raise InputError(f"--model {model} and --language-model {name} name two language models.")
        name = model
        settings = dataclasses.replace(settings, model=Settings().model)
    return settings if name is None else dataclasses.replace(settings, language_model=name)


def _where_they_are(settings: Settings) -> str:
    """Which language models there are, and where more are set up."""
    from pie_lsp.engine.user_file import user_file

    names = ", ".join(one.name for one in settings.models)
    there = f"Your language models are {names}" if names else "You have set up no language model"
    return f'{there}; they stand in the table "models" of {user_file()}.'


def print_prompts(request: "OptimizeRequest") -> None:
    """Print what the model would be sent. Raises PieError where it cannot be said."""
    import asyncio

    sys.stdout.write(in_words(asyncio.run(_shown(request))))


async def _shown(request: "OptimizeRequest") -> "Sequence[Shown]":
    from pie_lsp.engine.asking import show_prompts
    from pie_lsp.engine.subject import read_subject

    return await show_prompts(read_subject(request))


def in_words(prompts: "Sequence[Shown]") -> str:
    """Every prompt with where it would go."""
    from pie_lsp.cli.terminal import visible

    if not prompts:
        return "There is no function about which a language model can be asked.\n"
    lines: list[str] = []
    for one in prompts:
        where = "another machine" if one.is_remote else "this machine"
        lines.append(f"== {one.function}: would be sent to {one.place} ({where}); nothing was sent")
        lines += [f"-- {remark}" for remark in one.remarks]
        for question in one.questions:
            roles = [turn.role.value for turn in question.messages] or ["prompt"]
            for role, text in zip(roles, question.texts, strict=True):
                lines += [f"-- {role}:", *(visible(line) for line in text.split("\n")), ""]
    return "\n".join(lines)


def _count(word: str) -> int:
    number = int(word)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{word} is not a whole number from 0 on")
    return number
