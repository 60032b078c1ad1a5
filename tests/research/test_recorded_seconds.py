import tomllib
from importlib.resources import files

import pytest

from pie_lsp.measure.estimate.formula import machines
from pie_lsp.research.recorded_seconds import RecordedSeconds, recorded_seconds
from pie_lsp.values.errors import InputError


def test_the_ratio_says_how_many_times_less_the_estimate_takes() -> None:
    assert RecordedSeconds(10, 84.0, 2.0).ratio == 42.0


@pytest.mark.parametrize("name", [machine.name for machine in machines()])
def test_every_machine_has_its_seconds(name: str) -> None:
    found = recorded_seconds(name)
    text = files("pie_lsp.measure.estimate").joinpath("labels", "seconds.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)[name]
    assert row == {"runs": found.runs, "gem5": found.gem5, "estimate": found.estimate}
    assert found.runs >= 10
    assert found.gem5 > found.estimate > 0


def test_of_another_machine_nothing_is_said() -> None:
    with pytest.raises(InputError, match="No seconds are recorded for the machine 'pentium'"):
        recorded_seconds("pentium")
