"""Names of library functions are read as the compiler's own reader reads them, or not at all."""

import asyncio
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pie_lsp.measure.estimate.families import family_name
from pie_lsp.measure.estimate.functions import read_functions
from pie_lsp.values.toolchain import Binary

from ..conftest import Build

PROGRAM = b"""
#include <algorithm>
#include <iostream>
#include <map>
#include <string>
#include <vector>
namespace { struct Pair { int a; operator int() const { return a; } }; }
template <class T, int N> [[gnu::noinline]] T scaled(T x, int (*f)(int)) { return x * N + f(3); }
[[gnu::noinline]] int half(int a) { return a / 2; }
int main() {
    std::map<std::string, std::vector<Pair>> all;
    std::string word;
    while (std::cin >> word) all[word].push_back({int(word.size())});
    std::vector<std::string> names;
    for (auto &[name, pairs] : all) names.push_back(name);
    std::stable_sort(names.begin(), names.end(), [](auto &a, auto &b) { return a.size() < b.size(); });
    for (auto &name : names) std::cout << name << scaled<long, 3>(all[name].size(), half);
}
"""


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("main", "main"),
        ("_ZN5Graph3addEi", "Graph::add"),
        ("_Z3maxIiET_S0_S0_", "max"),
        ("_ZNSt6vectorIiSaIiEE17_M_realloc_insertIJRKiEEEvN9__gnu_cxx17__normal_iteratorIPiS1_EEDpOT_",
         "std::vector::_M_realloc_insert"),
        ("_ZNSt8_Rb_treeIiSt4pairIKiiESt10_Select1stIS2_ESt4lessIiESaIS2_EE8_M_eraseEPSt13_Rb_tree_nodeIS2_E",
         "std::_Rb_tree::_M_erase"),
        ("_ZNKSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE7compareERKS4_",
         "std::basic_string::compare"),
        ("_ZStrsIcSt11char_traitsIcESaIcEERSt13basic_istreamIT_T0_ES7_RNSt7__cxx1112basic_stringIS4_S5_T1_EE",
         "std::operator>>"),
        ("_ZNSolsEi", "std::ostream::operator<<"),
        ("_ZZ5solveiENKUlR4NodeE0_clES0_", "solve::lambda::operator()"),
        ("_ZN5GraphC2Ei", "Graph::Graph"),
        ("_ZNSt6vectorIiSaIiEED1Ev", "std::vector::~vector"),
        ("_ZN12_GLOBAL__N_14poolcvbEv", "(anonymous)::pool::operator conversion"),
        ("_Z1fIXadL_Z1giEEEvv", "_Z1fIXadL_Z1giEEEvv"),
        ("_Z1fILi5EEvv", "f"),
        ("_Znwm", "memory allocation"),
        ("_int_malloc", "memory allocation"),
        ("__memcpy_sse2_unaligned_erms", "memcpy"),
        ("__strlen_sse2", "strlen"),
        ("_Z5solvei.constprop.0.isra.0", "solve"),
        ("_ZThn16_NSdD0Ev", "_ZThn16_NSdD0Ev"),
    ],
)  # fmt: skip
def test_instances_share_a_name(symbol: str, name: str) -> None:
    assert family_name(symbol) == name


def without_arguments(text: str) -> str:
    """What c++filt says, without what stands in angle brackets."""
    text = re.sub(r"\[abi:\w+\]|__cxx11::", "", text).replace("(anonymous namespace)", "(anonymous)")
    kept, depth = [], 0
    for piece in re.split(r"(operator(?:<=>|<<=|>>=|<<|>>|<=|>=|->\*|->|<|>)|[<>])", text):
        if piece in ("<", ">"):
            depth += 1 if piece == "<" else -1
        elif depth == 0:
            kept.append(piece)
    return "".join(kept).replace("()::", "::")


def test_it_agrees_with_the_compilers_reader_on_a_whole_program(build: Build) -> None:
    async def made() -> Binary:
        return await build(PROGRAM)

    program = asyncio.run(made())
    symbols = [name for name in read_functions(program.path).symbols if name.startswith("_Z")]
    symbols = [name for name in symbols if not name.startswith(("_ZT", "_ZGT", "_Zn", "_Zd"))]
    done = subprocess.run(["c++filt"], input="\n".join(symbols), capture_output=True, text=True, check=True)
    wrong, unread = [], []
    for symbol, demangled in zip(symbols, done.stdout.splitlines(), strict=True):
        name, wanted = family_name(symbol), without_arguments(demangled)
        name = name.replace("::operator conversion", "::operator ")
        if name.startswith("_Z"):
            unread.append(symbol)
        # The ABI's short names for streams and strings are those that people use.
        elif name.replace("basic_", "") not in wanted.replace("basic_", ""):
            wrong.append((symbol, name, wanted))
    assert len(symbols) > 1000
    assert wrong == []
    assert len(unread) <= len(symbols) // 50


@given(st.text(alphabet="ZNSIELKCDTJtdsa_0123456789ifvR", max_size=30))
def test_whatever_comes_is_read_or_left_as_it_is(noise: str) -> None:
    assert family_name(f"_Z{noise}")
