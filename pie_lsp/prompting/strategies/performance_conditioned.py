"""The prompt says how good the answer is to be, for checkpoints that were trained with such tags.

The paper asks for 10 of 10; with 10, 9 and 8 mixed over the samples it found more correct answers.
"""

from pie_lsp.prompting.contract import Strategy

STRATEGIES = (
    Strategy("performance-conditioned", "asks for a program of 10/10", scores=(10,)),
    Strategy("performance-conditioned-mixed", "asks for programs of 10/10, 9/10 and 8/10", scores=(10, 9, 8)),
)
