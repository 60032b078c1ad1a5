"""`codeAction/resolve`: a pure look-up. It sends nothing, changes nothing, and may be called at any time.

Live Share resolves every action of a list, and editors resolve to draw previews.
"""

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from pie_lsp.server import to_lsp
from pie_lsp.server.results import Standing
from pie_lsp.server.server import PieServer


def handle_code_action_resolve(ls: PieServer, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit, at the place where its text stands now.

    An action without an edit of ours comes back unchanged. Raises ContentModified for an edit that no
    longer holds, as the last line of defence: the next list will say so.
    """
    result_id, rank = _data(action.data)
    result = ls.results.find(result_id)
    suggestion = result.suggestion(rank) if result is not None else None
    document = ls.session.documents.get(result.document) if result is not None else None
    if result is None or suggestion is None or document is None:
        return action
    edit = None
    if ls.results.standing(result, document) is Standing.FRESH:
        edit = ls.results.edit(result, suggestion, document)
    if edit is None:
        raise JsonRpcContentModified("The program changed since this was verified; verify it again.")
    action.edit = to_lsp.workspace_edit(document, edit, ls.client.can)
    return action


def _data(data: Any) -> tuple[str, int]:
    """Result and rank from the data of an action; anything that is not ours selects nothing."""
    if not isinstance(data, dict):
        return "", 0
    result, rank = data.get("result"), data.get("rank")
    return (result, rank) if isinstance(result, str) and isinstance(rank, int) else ("", 0)
