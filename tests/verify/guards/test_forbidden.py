"""Language and library that hides faults, or sees more than the input, does not come in."""

from collections.abc import Callable

import pytest

FILE = """#include <bits/stdc++.h>
#include <unistd.h>
using namespace std;
struct Clock { int time(int k) { return k; } };
int solve(int n, Clock c) {
    int s = c.time(n);
    %s
    return s;
}
"""

NEW = [
    'asm volatile("");',
    "if (n) goto end; end:",
    "try { s++; } catch (...) {}",
    "s += *reinterpret_cast<char*>(&n);",
    "const_cast<int&>(n) = 2;",
    "volatile int k = 0; s += k;",
    "[[likely]] if (n) s++;",
    "__attribute__((unused)) int k = 0;",
    "s += time(nullptr);",
    "s += std::time(nullptr);",
    "auto t = ::time; s += t(nullptr);",
    "s += rand();",
    "s += clock();",
    "s += chrono::steady_clock::now().time_since_epoch().count();",
    "random_device d; s += d();",
    "mt19937 g(5); s += g();",
    "thread t([] {}); t.join();",
    's += getenv("HOME") != nullptr;',
    'ifstream f("x"); f >> s;',
    'FILE* f = fopen("x", "r"); s += f != nullptr;',
    'system("ls");',
    "auto p = *system; s += p != nullptr;",
    "auto p = &system; s += p != nullptr;",
    'dlopen("x", 1);',
    "fork();",
    "exit(0);",
    "_exit(0);",
    "std::abort();",
    "char b[9]; s += read(0, b, 9);",
    'string p = "/proc/self/exe";',
    'string p = R"(/etc/passwd)";',
    "s += __LINE__;",
    "s += __builtin_ia32_rdtsc();",
    "s += _rdtsc();",
    "unsigned k; _rdrand32_step(&k); s += k;",
    '__builtin_cpu_init(); s += __builtin_cpu_supports("avx2");',
    "unsigned a, b, c, d; __get_cpuid(1, &a, &b, &c, &d); s += a;",
    "s += __builtin_frame_address(0) != nullptr;",
    "s += sysconf(84);",
    "s += malloc_usable_size(nullptr);",
    "fesetround(0x400);",
    "if (n > 1000) __builtin_unreachable();",
    "if (n > 1000) std::unreachable();",
    'extern "C" const char* __asan_default_options();',
    "__sanitizer_set_death_callback(nullptr);",
    "auto f = []() noexcept { return 1; }; s += f();",
]

FINE = [
    "s += __builtin_popcount(n);",
    "s += c.time(2);",
    "int time = 5; s += time;",
    "auto rand = 7; s += rand;",
    "vector<int> v; v.erase(remove(v.begin(), v.end(), 3), v.end());",
    "s += __builtin_popcount(n);",
    "s += static_cast<int>(n);",
    'cout << "a/b" << s;',
    "try { s++; } catch (const exception& e) { s--; }",
    "auto f = [&](int k) { return k + s; }; s = f(2);",
    "int v[2][2] = {{1, 2}, {3, 4}}; s += v[n & 1][v[0][0] & 1];",
]


@pytest.mark.parametrize("statement", NEW)
def test_it_does_not_come_in(guarded: Callable[..., str | None], statement: str) -> None:
    assert guarded(FILE % "s++;", FILE % statement) is not None


NOT_WORKED_ON = ("asm", "volatile", "goto", "extern", "_exit")
"""Functions with these are refused as a whole, or they end where they stand."""


@pytest.mark.parametrize("statement", [s for s in NEW if not any(word in s for word in NOT_WORKED_ON)])
def test_what_was_there_may_stay(guarded: Callable[..., str | None], statement: str) -> None:
    assert guarded(FILE % (statement + " s += 1;"), FILE % (statement + " s += 01;")) is None


@pytest.mark.parametrize("statement", FINE)
def test_honest_code_may_come_in(guarded: Callable[..., str | None], statement: str) -> None:
    assert guarded(FILE % "s++;", FILE % statement) is None
