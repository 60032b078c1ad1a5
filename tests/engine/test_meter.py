"""Progress never goes backwards and never passes its end."""

from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.engine.meter import Meter
from pie_lsp.values.events import CandidateJudged, Event, Progress


@given(st.lists(st.one_of(st.none(), st.integers(0, 5))))
def test_done_never_falls_and_never_passes_the_total(steps: list[int | None]) -> None:
    events: list[Event] = []
    meter = Meter(events.append)
    for step in steps:
        if step is None:
            meter.step("next")
        else:
            meter.expect(step, "more")
    progress = [event for event in events if isinstance(event, Progress)]
    assert len(progress) == len(steps)
    assert [p.done for p in progress] == sorted(p.done for p in progress)
    assert all(0 <= p.done <= p.total and 0 <= p.percentage <= 100 for p in progress)


def test_a_verdict_is_told_and_is_a_step() -> None:
    events: list[Event] = []
    meter = Meter(events.append)
    meter.expect(1, "testing")
    meter.judged("title", "f", None, "it is slower")
    assert events[1] == CandidateJudged("title", "f", None, "it is slower")
    assert isinstance(events[2], Progress) and (events[2].done, events[2].total) == (1, 1)
    meter.judged("title", "f", 3.1, None, by_clock=True)
    assert events[3] == CandidateJudged("title", "f", 3.1, None, by_clock=True)
