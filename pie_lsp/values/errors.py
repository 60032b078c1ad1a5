"""Failures that a person reads. Each message is one sentence or two that say what to do."""


class PieError(Exception):
    """Base of everything pie-lsp raises on purpose; ``str(error)`` is shown to the user as it is."""


class InputError(PieError):
    """The source, the tests or the request cannot be worked on (exit status 2 on the command line)."""


class MissingToolError(PieError):
    """A program that is needed is not installed; the message says how to get it."""


class SandboxError(PieError):
    """No sandbox could be started; nothing untrusted was run."""


class MeasurementError(PieError):
    """A figure could not be obtained, for the reason given; nothing was estimated in its place."""


class SettingsError(PieError):
    """A setting has a value that it cannot have, or comes from a place that may not set it."""


class CorpusError(PieError):
    """A problem of the corpus is not there, or is not what a problem has to be; the message names it."""


class ModelError(PieError):
    """A language model did not answer as asked; nothing of an incomplete answer is used."""


class ModelMissingError(ModelError):
    """There is no such model: no setting, no checkpoint, or a library that it needs is not installed."""


class ModelUnreachableError(ModelError):
    """Nothing answered at the address, or the connection broke."""


class ModelKeyError(ModelError):
    """The key is missing, or the server refuses it."""


class ModelBusyError(ModelError):
    """The server asks to come back later, and did so each time."""


class ModelAnswerError(ModelError):
    """The server answered with an error or with something that is no answer."""


class PromptTooLongError(ModelError):
    """Prompt and answer do not fit the model's context; nothing was cut and nothing was sent."""
