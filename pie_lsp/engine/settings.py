"""Reads settings: the user's own win over `.pie-lsp.toml` in the workspace, that over the defaults.

Of the user's own, what the editor or the command line says wins over the user's file.

A workspace is untrusted: its file may say how the program is compiled and tested, and never what is
started, where, or how well it is confined. A bad value never stops a job: it costs a sentence and the
default is taken. Knows no editor and no command line; both hand over plain values.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pie_lsp.build.flags import INCLUDE_OPTIONS, allow, include_folders
from pie_lsp.engine.model_settings import WrongModel
from pie_lsp.engine.setting_keys import find_key
from pie_lsp.engine.user_file import SETTINGS_VARIABLE, is_named, user_file
from pie_lsp.values.errors import SettingsError
from pie_lsp.values.settings import MIN_SPEEDUP, RunLimits, Settings

FILE_NAME = ".pie-lsp.toml"

WORKSPACE_LIMITS = RunLimits(cpu_seconds=60, memory_bytes=4 << 30, output_bytes=256 << 20)
"""The most that a workspace may ask for; only the user may ask for more."""

_MOST_BYTES = 1 << 20
_MARKERS = (FILE_NAME, ".git", "compile_commands.json")
_FLAG_KEYS = ("flags", "standard", "optimization", "defines", "warnings")

_Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Values:
    """Settings of one level, read but not yet merged. `folder` is what relative paths start from."""

    values: Mapping[str, object]
    folder: Path


def load_settings(
    workspace: Path | None,
    user: Mapping[str, object] | None = None,
    source: Path | None = None,
    mixed: Mapping[str, object] | None = None,
) -> tuple[Settings, tuple[str, ...]]:
    """Settings for a file of `workspace`, and one sentence for each value that was not taken.

    user    what the editor or the command line says; None in it means not set
    source  the file, where a folder between it and `workspace` may have settings of its own
    mixed   what an editor says in which a project can set anything: it may say what the project's file may

    Never raises.
    """
    messages: list[str] = []
    file = settings_file(workspace, source) if workspace is not None else None
    shared = _Values({}, workspace or Path.cwd())
    if file is not None:
        shared = _Values(_read_workspace(file, messages.append), file.parent)
    said = _read_mixed(mixed or {}, messages.append)
    shared = _Values({**shared.values, **said}, shared.folder)
    mine = _read_user_file(messages.append)
    own = _Values({**mine, **_read_user(user or {}, messages.append)}, workspace or Path.cwd())
    settings = _merged(shared, own, messages.append)
    return settings, tuple(messages)


def find_workspace(path: Path) -> Path | None:
    """The nearest folder upward from `path` that looks like the root of a project; None if none does."""
    for folder in (path, *path.parents) if path.is_dir() else path.parents:
        if any((folder / marker).exists() for marker in _MARKERS):
            return folder
    return None


def settings_file(workspace: Path, source: Path | None = None) -> Path | None:
    """The nearest `.pie-lsp.toml` upward from `source`, or else from `workspace`.

    The search ends at the root of the repository, or at `workspace` where there is none.
    """
    start = source.parent if source is not None and source.is_relative_to(workspace) else workspace
    end = next((f for f in (workspace, *workspace.parents) if (f / ".git").exists()), workspace)
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        if folder == end:
            break
    return None


def _read_workspace(file: Path, say: _Say) -> dict[str, object]:
    try:
        table = _parse(file)
    except SettingsError as error:
        say(str(error))
        return {}
    values: dict[str, object] = {}
    for name, value in table.items():
        key = find_key(name)
        if key is None:
            say(f'{file}: "{name}" is not a setting that a workspace can make; it is ignored.')
        elif not key.workspace:
            say(
                f'{file}: "{name}" cannot be set by a workspace, because a workspace is not trusted; '
                "set it in the settings of your editor or on the command line."
            )
        else:
            _take(values, key.name, value, f'{file}: "{name}"', say)
    return values


def _read_mixed(table: Mapping[str, object], say: _Say) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in table.items():
        key = find_key(name)
        if key is None:
            say(f'Setting "{name}" does not exist; it is ignored.')
        elif value is not None and not key.workspace:
            say(
                f'Setting "{name}" is not taken from this editor, in which a project can set it, because a '
                f"project is not trusted; set it in {user_file()}."
            )
        elif value is not None:
            _take(values, key.name, value, f'Setting "{name}"', say)
    return values


def _parse(file: Path) -> dict[str, object]:
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise SettingsError(f"{file} is larger than a settings file can be; it is ignored.")
        return tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{file} cannot be read ({error.strerror}); it is ignored.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file} is not UTF-8 text; it is ignored.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{file} is not a TOML file ({error}); it is ignored.") from None


def _read_user_file(say: _Say) -> dict[str, object]:
    file = user_file()
    named = is_named()
    if named and not file.exists():
        say(
            f"${SETTINGS_VARIABLE} names {file}, which does not exist, so no settings of yours are read; "
            "put the file there, or unset the variable."
        )
    if not file.exists() or not (named or file.is_file()):
        return {}
    try:
        table = _parse(file)
    except SettingsError as error:
        say(str(error))
        return {}
    values: dict[str, object] = {}
    for name, value in table.items():
        key = find_key(name)
        if key is None:
            say(f'{file}: "{name}" is no setting; it is ignored.')
        else:
            _take(values, key.name, value, f'{file}: "{name}"', say)
    return values


def _read_user(user: Mapping[str, object], say: _Say) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, value in user.items():
        key = find_key(name)
        if key is None:
            say(f'Setting "{name}" does not exist; it is ignored.')
        elif value is not None:
            _take(values, key.name, value, f'Setting "{name}"', say)
    return values


def _take(values: dict[str, object], name: str, value: object, where: str, say: _Say) -> None:
    key = find_key(name)
    assert key is not None
    try:
        values[name] = key.read(value)
    except WrongModel as error:
        say(f"{where} must be {key.expects}, but {error}; it is ignored.")
    except ValueError:
        say(f"{where} must be {key.expects}; it is ignored.")


def _merged(shared: _Values, own: _Values, say: _Say) -> Settings:
    taken = dict(own.values)
    for name in ("limits", "min_speedup"):
        if name in shared.values and name not in own.values:
            taken[name] = _bounded(name, shared, say)
    trusted = _trusted_flags(shared, say)
    flags = _composed(own.values, {} if "flags" in own.values else trusted)
    taken["flags"] = _with_absolute_folders(flags, own.folder)
    taken["flags_are_default"] = not any(name in {**trusted, **own.values} for name in _FLAG_KEYS)
    taken["include_dirs"] = (*_given(own, "include_dirs"), *_include_dirs(shared, say))
    taken["tests"] = _given(own, "tests") or _tests(shared, say)
    known = {name: value for name, value in taken.items() if name in Settings.__slots__}
    return replace(Settings(), **known)  # type: ignore[arg-type]


def _composed(own: Mapping[str, object], shared: Mapping[str, object]) -> tuple[str, ...]:
    """One list of flags. A compiler takes the last of a kind, so `standard` wins over `flags`."""
    values = {**shared, **own}
    single = tuple(str(values[name]) for name in ("standard", "optimization") if name in values)
    defines = tuple(f"-D{macro}" for macro in _texts(values, "defines"))
    chosen = _texts(values, "flags") if "flags" in values else Settings().flags
    kinds = tuple(flag[:5] if flag.startswith("-std=") else flag[:2] for flag in single)
    kept = tuple(flag for flag in chosen if not flag.startswith(kinds)) if kinds else chosen
    return (*kept, *single, *defines, *_texts(values, "warnings"))


def _trusted_flags(shared: _Values, say: _Say) -> dict[str, object]:
    """The flags of a workspace that the allowlist lets through, under the names of their settings."""
    trusted = {name: shared.values[name] for name in _FLAG_KEYS if name in shared.values}
    for name, prefix in (("flags", ""), ("defines", "-D"), ("warnings", "")):
        if name in trusted:
            words = tuple(prefix + text for text in _texts(trusted, name))
            accepted = _allowed(name, words, shared, say)
            trusted[name] = tuple(word.removeprefix(prefix) for word in accepted)
    return trusted


def _allowed(name: str, words: tuple[str, ...], shared: _Values, say: _Say) -> tuple[str, ...]:
    accepted, refused = allow(words, shared.folder)
    for flag in refused:
        say(
            f'{shared.folder / FILE_NAME}: "{flag.flag}" in "{name}" is ignored, because {flag.reason}; a '
            "workspace is not trusted with it."
        )
    return accepted


def _include_dirs(shared: _Values, say: _Say) -> tuple[Path, ...]:
    words = tuple(f"-I{folder}" for folder in _texts(shared.values, "include_dirs"))
    return include_folders(_allowed("include_dirs", words, shared, say))


def _with_absolute_folders(flags: tuple[str, ...], base: Path) -> tuple[str, ...]:
    """Include folders start from `base`, and not from wherever the compiler is started."""
    words = iter(flags)
    made: list[str] = []
    for word in words:
        option = next((option for option in INCLUDE_OPTIONS if word.startswith(option)), None)
        if option is None:
            made.append(word)
        else:
            folder = base / Path(word.removeprefix(option) or next(words, ".")).expanduser()
            made += [f"-I{folder}"] if option == "-I" else [option, str(folder)]
    return tuple(made)


def _bounded(name: str, shared: _Values, say: _Say) -> object:
    """A value of the workspace within what a workspace may ask for."""
    value = shared.values[name]
    least_allowed: object = value
    if isinstance(value, RunLimits):
        least_allowed = RunLimits(
            *(min(getattr(value, part), getattr(WORKSPACE_LIMITS, part)) for part in RunLimits.__slots__)
        )
    elif isinstance(value, float):
        least_allowed = max(value, MIN_SPEEDUP)
    if least_allowed != value:
        say(
            f'{shared.folder / FILE_NAME}: "{name}" goes beyond what a workspace can ask for; '
            f"{least_allowed} is used. You can set it yourself in the settings of your editor or on the "
            "command line."
        )
    return least_allowed


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values.get(name, ())
    assert isinstance(value, tuple)
    return value


def _given(own: _Values, name: str) -> tuple[Path, ...]:
    """Paths of the user, who may name any."""
    return tuple(own.folder / Path(text).expanduser() for text in _texts(own.values, name))


def _tests(shared: _Values, say: _Say) -> tuple[Path, ...]:
    """Tests of the workspace that lie in it, links followed, so that none leads out of it."""
    root, file = shared.folder.resolve(), shared.folder / FILE_NAME
    paths: list[Path] = []
    for name in _texts(shared.values, "tests"):
        try:
            path = (root / name).resolve(strict=True)
        # A circle of links is a RuntimeError to Python 3.11.
        except (OSError, RuntimeError):
            say(f'{file}: "{name}" in "tests" is ignored, because it does not exist.')
            continue
        if path.is_relative_to(root):
            paths.append(path)
        else:
            say(f'{file}: "{name}" in "tests" is ignored, because it lies outside the workspace.')
    return tuple(paths)
