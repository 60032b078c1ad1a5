"""The model says what costs time and which strategy removes it, and then writes; fixed pairs show how."""

from pie_lsp.prompting.contract import Strategy
from pie_lsp.prompting.strategies.few_shot import fixed

STRATEGIES = (
    Strategy(
        "chain-of-thought",
        "the model names a strategy before it writes the code",
        fixed,
        heading="examples_fixed",
        drops=True,
        thinks=True,
    ),
)
