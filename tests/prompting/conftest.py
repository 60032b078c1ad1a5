"""What the tests of prompting share: a program, its functions as targets, and what edits make of it."""

from collections.abc import Callable

import pytest

from pie_lsp.cpp.functions import find_functions, select
from pie_lsp.cpp.parse import parse
from pie_lsp.prompting.target import Target
from pie_lsp.propose.contract import ProposeContext

PROGRAM = b"""\
#include <iostream>
#include <vector>

const int LIMIT = 100;

struct Item {
    int weight;
};

int unused(int x) { return x + 1; }

int weight_of(const Item &item) { return item.weight; }

// Sums the weights.
int total(const std::vector<Item> &items, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
        sum = sum + weight_of(items[i]); // one by one
    }
    return sum;
}

class Box {
public:
    int size(int k) {
        return k * 2;
    }
    int other() { return 1; }
};

int main() {
    std::vector<Item> items(3);
    std::cout << total(items, 3) + LIMIT << std::endl;
}
"""


@pytest.fixture(scope="session")
def target_of() -> Callable[..., Target]:
    """The target for a function of `PROGRAM`, or of another source."""

    def make(name: str = "total", source: bytes = PROGRAM) -> Target:
        file = parse(source)
        return Target(ProposeContext(file, select(find_functions(file), name)))

    return make
