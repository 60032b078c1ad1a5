import pytest

from pie_lsp.measure.compare import compared
from pie_lsp.measure.layout import AS_BUILT, layout_doubt, layout_range
from pie_lsp.values.measurement import Comparison, Cost, LayoutRange


def comparison(old: int, new: int, floor: int = 0) -> Comparison:
    return compared([Cost(old, "cycles")], [Cost(new, "cycles")], floor)


def found(*costs: tuple[int, int]) -> LayoutRange:
    names = (AS_BUILT, "code aligned", "code packed", "stack moved")
    pairs = [(name, comparison(old, new)) for name, (old, new) in zip(names, costs, strict=False)]
    return layout_range(pairs, net=False)


def test_the_range_holds_every_layout_with_its_costs_in_sum() -> None:
    costs = [Cost(600, "cycles"), Cost(400, "cycles")]
    pairs = [(AS_BUILT, compared(costs, costs[1:] * 2, 100)), ("code packed", comparison(900, 800))]
    layouts = layout_range(pairs, net=False)
    assert [(f.layout, f.old, f.new) for f in layouts.figures] == [
        (AS_BUILT, 1000, 800),
        ("code packed", 900, 800),
    ]
    assert (layouts.low, layouts.high) == (1.125, 1.25)


def test_on_tiny_inputs_the_range_is_that_of_the_net_figure() -> None:
    layouts = layout_range([(AS_BUILT, comparison(1000, 800, floor=600))], net=True)
    assert layouts.low == layouts.high == 2.0


@pytest.mark.parametrize(
    "costs",
    [
        # Both move alike, and much.
        [(1150, 1000), (920, 800), (1440, 1270)],
        # A small gain, everywhere.
        [(1100, 1000), (1100, 1000), (1100, 1000)],
        # Half of the gain and more is left where it is least.
        [(1120, 1000), (1070, 1000)],
        # More than layout can do is left, though the new program is in luck as it is built.
        [(6200, 1000), (2000, 1000)],
        # The worst layout is the one that was built.
        [(1110, 1000), (1500, 1000)],
    ],
)
def test_a_gain_that_every_layout_leaves_is_believed(costs: list[tuple[int, int]]) -> None:
    assert layout_doubt(found(*costs)) == ""


@pytest.mark.parametrize(
    "costs",
    [
        # A loop came to lie better, and where both are aligned nothing is left.
        [(3150, 1000), (1000, 1000), (1000, 1000)],
        [(1150, 1000), (1005, 1000)],
        # In one layout it is slower.
        [(1200, 1000), (1200, 1000), (1200, 1000), (990, 1000)],
        # Less than half of the gain is left.
        [(1120, 1000), (1050, 1000)],
        # As it is built it gains nothing at all.
        [(1000, 1000), (1000, 1000)],
    ],
)
def test_a_gain_inside_the_range_of_layout_is_not(costs: list[tuple[int, int]]) -> None:
    assert "nothing but where the code happens to lie" in layout_doubt(found(*costs))


def test_the_reason_says_the_range_and_the_layout_that_leaves_least() -> None:
    reason = layout_doubt(found((1150, 1000), (1005, 1000), (1100, 1000)))
    assert reason.startswith(
        "It is 1.15x as fast as it is built, but between 1.00x and 1.15x over 3 layouts of the same code "
        "(1.00x: code aligned), "
    )
