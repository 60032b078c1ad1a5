import subprocess
from pathlib import Path

import pytest

from pie_lsp.measure.estimate.functions import ELSEWHERE, FunctionMap, read_functions, readable_name
from pie_lsp.values.toolchain import Binary


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("main", "main"),
        ("_Z5solvei", "solve"),
        ("_ZL5solvei", "solve"),
        ("_ZN5Graph3addEi", "Graph::add"),
        ("_ZNK5Graph4sizeEv", "Graph::size"),
        ("_ZNSt6locale5_ImplC1Em", "_ZNSt6locale5_ImplC1Em"),
        ("_ZSt4cout", "std::cout"),
        ("_ZStrsRSi", "_ZStrsRSi"),
        ("_Z3maxIiET_S0_S0_", "_Z3maxIiET_S0_S0_"),
        ("_ZN5GraphpLEi", "_ZN5GraphpLEi"),
        ("_Z5solvei.cold", "solve"),
        ("_Z5solvei.constprop.0.isra.0", "solve"),
        ("main.part.0", "main"),
    ],
)
def test_names_are_those_that_a_user_wrote(symbol: str, name: str) -> None:
    assert readable_name(symbol) == name


def test_addresses_are_found_wherever_the_program_was_loaded() -> None:
    found = FunctionMap(0x1000, (0x1000, 0x1100), (0x1080, 0x1180), ("f", "g"))
    at_home, moved = found.located(0x1000), found.located(0x401000)
    assert [at_home(a) for a in (0xFFF, 0x1000, 0x107F, 0x1080, 0x1100, 0x1180)] == [
        ELSEWHERE,
        "f",
        "f",
        ELSEWHERE,
        "g",
        ELSEWHERE,
    ]
    assert [moved(a) for a in (0x1000, 0x401010, 0x401110)] == [ELSEWHERE, "f", "g"]


def test_the_functions_of_a_real_program(kernels: Binary) -> None:
    found = read_functions(kernels.path)
    assert {"main", "_Z7dividesl", "_Z7fetchesl"} <= set(found.symbols)
    index = found.symbols.index("_Z7dividesl")
    locate = found.located(found.code_start)
    assert locate(found.starts[index]) == locate(found.ends[index] - 1) == "divides"


def test_a_program_without_symbols_has_no_functions(kernels: Binary, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    subprocess.run(["strip", "-o", bare, kernels.path], check=True)
    found = read_functions(bare)
    assert found.symbols == ()
    assert found.located(found.code_start)(found.code_start) == ELSEWHERE
