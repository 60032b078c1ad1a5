"""Which parts of a folder a compiler may read: all of a project, but not the secrets of a home folder."""

from pathlib import Path


def visible_parts(folder: Path) -> tuple[Path, ...]:
    """Return what of `folder` may be shown: itself, or, for a home folder, what is not hidden in it.

    Keys and passwords lie in hidden folders of a home; a source that lies there must not include them.
    The folders above a home hold other people's homes, so only their own files are shown.
    """
    folder = folder.absolute()
    home = Path.home()
    if folder != home and folder not in home.parents:
        return (folder,)
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return ()
    return tuple(
        entry for entry in entries if not entry.name.startswith(".") and (folder == home or entry.is_file())
    )
