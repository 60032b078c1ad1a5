"""Checks that output keeps its order: C and C++ streams that are mixed, and programs that a peer answers."""

from collections import Counter

from pie_lsp.verify.guards.change import Change, Version

_STDIO = frozenset(
    b"""printf scanf puts putchar getchar fputs fgets fputc fgetc gets fprintf fscanf fwrite fread putc getc
    vprintf stdin stdout getchar_unlocked putchar_unlocked fread_unlocked fwrite_unlocked setvbuf
    """.split()
)
_UNTIES = (b"sync_with_stdio", b"tie")
_FLUSHES = (b"endl", b"flush", b"fflush", b"unitbuf")


def streams_stay_in_step(change: Change) -> str | None:
    """C++ streams do not part from stdio where both are used."""
    parted, was = _parted(change.new), _parted(change.old)
    if parted and _mixes(change.new) and not (was and _mixes(change.old)):
        return "It lets C and C++ streams print out of order, since the program uses both."
    return None


def _parted(version: Version) -> bool:
    texts = version.texts
    calls = zip(texts, texts[1:], texts[2:], strict=False)
    return any(a == b"sync_with_stdio" and b == b"(" and c in (b"false", b"0") for a, b, c in calls)


def _mixes(version: Version) -> bool:
    return any(version.words[word] for word in _STDIO)


def answers_come_at_once(change: Change) -> str | None:
    """A program that a peer answers flushes as often as it did, and its streams stay tied."""
    if not change.suite.interactive:
        return None
    old, new = change.old.words, change.new.words
    if any(new[word] > old[word] for word in _UNTIES):
        return "It unties streams, but a peer waits for what the program prints."
    if _count(new, _FLUSHES) < _count(old, _FLUSHES):
        return "It flushes less, but a peer waits for what the program prints."
    return None


def _count(words: Counter[bytes], wanted: tuple[bytes, ...]) -> int:
    return sum(words[word] for word in wanted)


CHECKS = (streams_stay_in_step, answers_come_at_once)
