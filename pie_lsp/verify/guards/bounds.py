"""Checks that no bound shrinks: the hard reject of PIE's commonest false speedups.

Ten of the paper's 120 largest speedups were constants shrunk to what the tests need (PIE, appendix);
native differential tests miss that, so a smaller bound is a rejection whatever the reason for it.
"""

from collections import Counter

from pie_lsp.cpp.tokens import TokenKind, tokens
from pie_lsp.values.candidate import Grant
from pie_lsp.verify.guards.change import Change
from pie_lsp.verify.guards.constants import Value, number
from pie_lsp.verify.guards.sites import Pool, Site, find_sites

_SHRINKING = frozenset({b"-", b"/", b"%", b">>", b"min"})


def no_bound_shrinks(change: Change) -> str | None:
    """No size, loop limit or constant is smaller than one that it can stand for."""
    old, new = Counter(find_sites(change.old)), Counter(find_sites(change.new))
    removed, added = list((old - new).elements()), list((new - old).elements())
    return (
        _smaller_value(removed, added)
        or _shadowed(old, added)
        or _capped(removed, added)
        or _smaller_start(removed, _limiting(change, new, added))
        or _smaller_expression(removed, added)
        or _fixed_size(removed, added)
    )


def _values(sites: list[Site], pool: Pool) -> list[Value]:
    return [site.value for site in sites if site.pool is pool and site.value is not None]


def _smaller_value(removed: list[Site], added: list[Site]) -> str | None:
    """By value, whatever the names, since a rewrite may rename the array that it shrinks."""
    for pool in (Pool.SIZE, Pool.LOOP, Pool.CONSTANT):
        old, new = Counter(_values(removed, pool)), Counter(_values(added, pool))
        # What only moved to another name is on both sides.
        gone, come = old - new, new - old
        if gone and come and min(come) < max(gone):
            return f"It shrinks a {pool.value} from {_shown(max(gone))} to {_shown(min(come))}."
    return None


def _shadowed(old: Counter[Site], added: list[Site]) -> str | None:
    """A new constant that hides a larger one of the same name."""
    hidden = {site.name: site.value for site in old if site.pool is Pool.CONSTANT and site.value is not None}
    for site in added:
        before = hidden.get(site.name) if site.pool in (Pool.CONSTANT, Pool.START) else None
        if before is not None and site.value is not None and site.value < before:
            return f"It hides the constant {site.name.decode('utf-8', 'replace')} behind a smaller one."
    return None


def _capped(removed: list[Site], added: list[Site]) -> str | None:
    """A constant limit is set beside the one that a loop has."""
    old, new = (sum(site.pool is Pool.CAP for site in sites) for sites in (removed, added))
    return "It adds a constant limit to a loop that has another limit." if new > old else None


def _shown(value: Value) -> str:
    return str(abs(value))


def _limiting(change: Change, new: Counter[Site], added: list[Site]) -> list[Site]:
    """Of variables in a function that is written anew, those alone that limit something.

    The same name may stand for something else there.
    """
    if not change.granted(Grant.REWRITE):
        return added
    words = {word for site in new if site.pool in (Pool.SIZE, Pool.LOOP) for word in _words(site.text)}
    return [site for site in added if site.pool is not Pool.START or site.name in words]


def _smaller_start(removed: list[Site], added: list[Site]) -> str | None:
    """Variables that start at a constant, by name, since most of them are no bounds."""
    old = {site.name: site.value for site in removed if site.pool is Pool.START}
    for site in added:
        before = old.get(site.name)
        if site.pool is Pool.START and before is not None and site.value is not None and site.value < before:
            return (
                f"It lets {site.name.decode('utf-8', 'replace')} start at {site.value} instead of {before}."
            )
    return None


def _smaller_expression(removed: list[Site], added: list[Site]) -> str | None:
    """Bounds that depend on variables, by name: a margin is gone, or something is taken off."""
    for pool in (Pool.SIZE, Pool.LOOP):
        for name in {site.name for site in removed if site.pool is pool and site.value is None}:
            old = [site for site in removed if (site.pool, site.name) == (pool, name)]
            new = [site for site in added if (site.pool, site.name) == (pool, name) and site.value is None]
            if len(old) == len(new) == 1 and _shrinks(old[0].text, new[0].text, pool):
                before, after = (site.text.decode("utf-8", "replace") for site in (old[0], new[0]))
                return f"It shrinks a {pool.value} from {before} to {after}."
    return None


def _shrinks(old: bytes, new: bytes, pool: Pool) -> bool:
    before, after = _words(old), _words(new)
    if pool is Pool.SIZE and any(after[word] > before[word] for word in _SHRINKING):
        return True
    gone, come = _numbers(before - after), _numbers(after - before)
    if pool is Pool.LOOP:
        capped = bool(come) and any(after[word] > before[word] for word in (b"min", b"?"))
        return capped or (bool(gone and come) and min(come) < max(gone))
    return bool(gone) and (not come or min(come) < max(gone))


def _words(text: bytes) -> Counter[bytes]:
    return Counter(
        text[token.span.start : token.span.end]
        for token in tokens(text)
        if token.kind is not TokenKind.COMMENT
    )


def _numbers(words: Counter[bytes]) -> list[Value]:
    return [value for word in words if (value := number(word)) is not None]


def _fixed_size(removed: list[Site], added: list[Site]) -> str | None:
    """A size or a loop that depended on the input gets a constant."""
    for pool in (Pool.SIZE, Pool.LOOP):
        gone = [site for site in removed if site.pool is pool and site.value is None]
        still = [site for site in added if site.pool is pool and site.value is None]
        fixed = [site for site in added if site.pool is pool and site.value is not None]
        if pool is Pool.LOOP:
            names = {site.name for site in gone}
            fixed = [site for site in fixed if site.name in names]
        if fixed and len(still) < len(gone):
            return f"It replaces a {pool.value} that depends on the input by {_shown(fixed[0].value or 0)}."
    return None


CHECKS = (no_bound_shrinks,)
