"""Which parameters a request carries, and which of them a server has refused before.

Only what was set is sent. A parameter that a server refuses by name is left out from then on; this memory
belongs to one endpoint and ends with it. Knows the words of the OpenAI API and sends nothing itself.
"""

import json
import re
from collections.abc import Mapping

from pie_lsp.models.contract import SamplingRequest

_SILENT = frozenset({"n", "stop", "stream_options", "max_tokens"})
"""What a refusal of these changes is made good here, so nobody has to be told."""

_OTHER_NAMES = {"max_tokens": "max_completion_tokens"}
"""What newer servers call a parameter that they refuse under its old name."""


class Parameters:
    """The parameters of one model at one server."""

    def __init__(self, extra: tuple[tuple[str, str], ...]) -> None:
        self._extra = {name: json.loads(value) for name, value in extra}
        self._refused = set[str]()
        self.ignores_n = False

    def of(
        self, request: SamplingRequest, stops: tuple[str, ...], count: int, seed: int | None, stream: bool
    ) -> dict[str, object]:
        """Parameters of one request for `count` samples, without what was refused."""
        wanted: dict[str, object] = {
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "top_p": request.top_p,
            "stop": list(stops) or None,
            "seed": seed,
            "n": count if count > 1 and not self.ignores_n else None,
            "stream_options": {"include_usage": True} if stream else None,
            **self._extra,
        }
        named = {self._name(name): value for name, value in wanted.items() if value is not None}
        return {name: value for name, value in named.items() if name not in self._refused}

    def refuse(self, message: str, parameter: str | None, sent: Mapping[str, object]) -> bool:
        """Remember what the server refuses by its error; False where it names nothing that was sent."""
        named = [name for name in sent if name == parameter]
        named = named or [name for name in sent if re.search(rf"\b{re.escape(name)}\b", message)]
        self._refused.update(named[:1])
        if named[:1] == ["n"]:
            self.ignores_n = True
        return bool(named)

    def remarks(self, request: SamplingRequest) -> tuple[str, ...]:
        """One sentence for each parameter of `request` that the server would not take."""
        values = {"temperature": request.temperature, "top_p": request.top_p, "seed": request.seed}
        not_set = {name for name, value in values.items() if value is None}
        return tuple(
            f'The server refuses the parameter "{name}", so it answers without it.'
            for name in sorted(self._refused - _SILENT - not_set)
        )

    def _name(self, name: str) -> str:
        return _OTHER_NAMES.get(name, name) if name in self._refused else name
