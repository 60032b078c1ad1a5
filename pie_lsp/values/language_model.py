"""How a language model is reached, as the user set it (`pie_lsp.engine.model_settings` reads it)."""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_ON_A_HUB = re.compile(r"\w[\w.-]*/\w[\w.-]*")


class Api(Enum):
    """How a server wants to be asked."""

    OPENAI = "openai"
    AZURE = "azure"


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """One language model: either an endpoint with an `address`, or a local `checkpoint`.

    name              what the user calls it
    address           base address of an OpenAI-compatible server, as in http://127.0.0.1:11434/v1
    api, api_version  kind of server; the version is Azure's
    served_name       what that server calls the model; for Azure the name of the deployment
    key_variable      environment variable that holds the key; the key itself is in no setting
    checkpoint        folder of a checkpoint, or its name on a hub
    download          whether a checkpoint with a name on a hub may be downloaded
    revision          commit, branch or tag of a checkpoint on a hub
    device            where a checkpoint computes: auto, cpu, cuda, cuda:1
    quantization      4 or 8 bits for the weights of a checkpoint; None for the weights as they are
    template          how prompts are put, by the name of a file in `models/templates`
    context           most tokens of prompt and answer; None for what the checkpoint or its kind says
    tokenizer         file tokenizer.json to count an endpoint's tokens with; None for an estimate
    parallel          most requests to an endpoint at once; None for what suits its kind
    timeout_seconds   longest silence of an endpoint
    input_price, output_price  in millionths of a dollar per million tokens; None where unknown
    extra             more parameters for the server, as names and JSON
    """

    name: str
    address: str = ""
    api: Api = Api.OPENAI
    api_version: str = ""
    served_name: str = ""
    key_variable: str = ""
    checkpoint: str = ""
    download: bool = False
    revision: str = ""
    device: str = "auto"
    quantization: int | None = None
    template: str = ""
    context: int | None = None
    tokenizer: Path | None = None
    parallel: int | None = None
    timeout_seconds: float = 600.0
    input_price: int | None = None
    output_price: int | None = None
    extra: tuple[tuple[str, str], ...] = ()


def is_on_a_hub(checkpoint: str) -> bool:
    """Whether `checkpoint` is a name on a hub, as in owner/name, and not the path of a folder."""
    return _ON_A_HUB.fullmatch(checkpoint) is not None
