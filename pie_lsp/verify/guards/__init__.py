"""The groups of static checks (tier T0). Each check sees a change and gives the sentence that rejects it.

They look at syntax alone and must hold for rewrites that nobody reviewed, so in doubt they reject.
"""

from collections.abc import Callable

from pie_lsp.verify.guards import (
    bounds,
    confinement,
    forbidden,
    form,
    hardcoding,
    protected,
    safeguards,
    signature,
    state,
    streams,
    types,
)
from pie_lsp.verify.guards.change import Change

Check = Callable[[Change], str | None]

CHECKS: tuple[Check, ...] = (
    *form.CHECKS,
    *confinement.CHECKS,
    *protected.CHECKS,
    *signature.CHECKS,
    *forbidden.CHECKS,
    *state.CHECKS,
    *bounds.CHECKS,
    *types.CHECKS,
    *safeguards.CHECKS,
    *streams.CHECKS,
    *hardcoding.CHECKS,
)
"""In this order, since the first sentence is the one that is shown."""
