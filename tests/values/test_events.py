"""Progress as a percentage."""

import pytest

from pie_lsp.values.events import Progress


@pytest.mark.parametrize(("done", "total", "percentage"), [(0, 0, 0), (0, 5, 0), (1, 3, 33), (5, 5, 100)])
def test_progress_is_a_percentage_of_what_is_known(done: int, total: int, percentage: int) -> None:
    assert Progress("testing", done, total).percentage == percentage
