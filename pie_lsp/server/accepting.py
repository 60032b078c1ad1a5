"""Keeps an edit that was applied, where the user's settings want that. It stays on this machine."""

import asyncio
from typing import TYPE_CHECKING

from pie_lsp.server import wording
from pie_lsp.server.documents import Document
from pie_lsp.server.results import Result
from pie_lsp.values.errors import PieError
from pie_lsp.values.report import Suggestion

if TYPE_CHECKING:
    from pie_lsp.server.server import PieServer


async def remember_accepted(ls: "PieServer", result: Result, document: Document) -> None:
    """Add the pair of the function as it was and as it is, if the text is that of a suggestion."""
    suggestion = ls.results.applied(result, document)
    if suggestion is None or not ls.settings_for(document).remember_accepted:
        return
    try:
        await asyncio.to_thread(_keep, result, suggestion)
    except PieError as error:
        ls.client.log(wording.not_remembered(str(error)))


def _keep(result: Result, suggestion: Suggestion) -> None:
    from pie_lsp.retrieval.accepted import accepted_pair, keep

    source, span = result.request.source, suggestion.function.span
    before, after, name = source[span.start : span.end], suggestion.new_text, suggestion.function.name
    if not span.contains(suggestion.edit.span):
        # Headers and helpers belong to it, so the programs are kept whole.
        before, after, name = source, suggestion.new_source, ""
    keep(
        accepted_pair(
            before=before,
            after=after,
            function=name,
            proposer=suggestion.provenance.proposer,
            description=suggestion.title,
            speedup=suggestion.comparison.speedup,
        )
    )
