"""How each family of models wants its prompts, read from the files in `templates/`.

A template turns a conversation, or a program for a model that was trained on nothing else, into the text
that the model was trained with, to the letter. Knows no strategy and no tokenizer.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from importlib import resources

from pie_lsp.models.contract import Message, Role
from pie_lsp.values.errors import ModelMissingError

_FOLDER = resources.files("pie_lsp.models") / "templates"


class Form(Enum):
    """What a template makes of a request.

    CHAT     nothing: the server, or the checkpoint's own tokenizer, puts a conversation into its form
    TURNS    one text from a conversation
    PROGRAM  one text from a program, for models that were trained on programs alone
    """

    CHAT = "chat"
    TURNS = "turns"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Template:
    """One file.

    title       for people, what it is for
    models      names of checkpoints that were trained with it
    strips      whether the white space around each turn is taken away
    scores      whether a performance tag of 1 to 10 is part of the prompt
    stop        texts with which a model goes on after its answer; there the answer ends
    pieces      the parts that a prompt is put together from
    """

    name: str
    title: str
    form: Form
    models: tuple[str, ...] = ()
    strips: bool = False
    scores: bool = False
    stop: tuple[str, ...] = ()
    pieces: tuple[tuple[str, str], ...] = field(default=())

    def piece(self, name: str) -> str:
        """The part called `name`; nothing where the file has none."""
        return dict(self.pieces).get(name, "")

    def put_program(self, program: str, score: int | None = None) -> str:
        """The prompt for a program.

        score  10 asks for the best; only where `scores`

        Raises ValueError where the template is not for programs, or the score is missing, senseless or
        out of range.
        """
        if self.form is not Form.PROGRAM:
            raise ValueError(f"the template {self.name} takes a conversation")
        if self.scores != (score is not None) or (score is not None and not 1 <= score <= 10):
            raise ValueError(f"the template {self.name} does not go with the score {score}")
        return _filled(self.piece("prompt"), program=program, score=str(score))

    def put_turns(self, messages: Iterable[Message]) -> str:
        """The prompt for a conversation that ends with the user.

        Raises ValueError where the template is not for conversations.
        """
        if self.form is Form.PROGRAM:
            raise ValueError(f"the template {self.name} takes a program and no conversation")
        made, before = [], ""
        for message in messages:
            if message.role is Role.SYSTEM:
                before += _filled(self.piece("system"), text=message.text)
                continue
            # What the system says stands inside the first turn of the user.
            text = before + message.text if message.role is Role.USER else message.text
            before = "" if message.role is Role.USER else before
            made.append(_filled(self.piece(message.role.value), text=text.strip() if self.strips else text))
        return "".join([*made, self.piece("answer")])


def _filled(pattern: str, **values: str) -> str:
    """`pattern` with ``{name}`` replaced; what stands in a value is not looked at, braces included."""
    parts = pattern.split("{")
    made = [parts[0]]
    for part in parts[1:]:
        name, brace, rest = part.partition("}")
        made.append(values[name] + rest if brace and name in values else "{" + part)
    return "".join(made)


def template_names() -> tuple[str, ...]:
    """Names of all templates."""
    return tuple(
        sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml"))
    )


def load_template(name: str) -> Template:
    """The template called `name`. Raises ModelMissingError where there is none."""
    if name not in template_names():
        known = ", ".join(template_names())
        raise ModelMissingError(f'There is no template "{name}" for prompts; there are {known}.')
    table = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Template(
        name=name,
        title=table["title"],
        form=Form(table["form"]),
        models=tuple(table.get("models", ())),
        strips=table.get("strips", False),
        scores=table.get("scores", False),
        stop=tuple(table.get("stop", ())),
        pieces=tuple(table.get("pieces", {}).items()),
    )


def template_trained_with(checkpoint: str) -> str | None:
    """The template of a released checkpoint, by its name on a hub; None for all others."""
    wanted = checkpoint.lower()
    for name in template_names():
        if wanted in (model.lower() for model in load_template(name).models):
            return name
    return None
