"""Two pairs that are always the same come first."""

from pie_lsp.prompting.contract import Example, Search, Strategy
from pie_lsp.prompting.wording import fixed_examples


def fixed(search: Search) -> tuple[Example, ...]:
    """The same pairs whatever is asked about."""
    return fixed_examples()


STRATEGIES = (
    Strategy("few-shot", "two fixed pairs before the program", fixed, heading="examples_fixed", drops=True),
)
