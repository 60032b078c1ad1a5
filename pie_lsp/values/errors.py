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
