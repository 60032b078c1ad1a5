"""The program and what to do with it, and nothing else."""

from pie_lsp.prompting.contract import Strategy

STRATEGIES = (Strategy("instruction", "the program and what to do with it"),)
