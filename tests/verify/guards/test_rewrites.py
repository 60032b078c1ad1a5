"""What a function that is written anew may do that an edit of leaves may not, and what nobody may."""

from collections.abc import Callable, Sequence

import pytest

from pie_lsp.values.candidate import Grant, ProposerKind
from pie_lsp.values.testing import TestCase

Guarded = Callable[..., str | None]

FILE = """#include <iostream>
#include <vector>
// Answers the question.
long long solve(int n) {
    if (n < 2) return n; // the end of it
    return solve(n - 1) + solve(n - 2);
}
int largest(std::vector<int> v) {
    if (v.empty()) return -1;
    int best = 5;
    for (int x : v) best = x > best ? x : best;
    return best;
}
int main() {
    int n;
    std::cin >> n;
    std::cout << solve(n) << std::endl;
}
"""
RECURSIVE = FILE[FILE.index("    if (n < 2)") : FILE.index("int largest")]
LOOP = """    long long a = 0, b = 1;
    for (int i = 0; i < n; i++) {
        long long c = a + b;
        a = b;
        b = c;
    }
    return a;
}
"""
ANEW = FILE.replace(RECURSIVE, LOOP)
MODEL = (Grant.REWRITE, Grant.HELPER, Grant.INCLUDE)


def test_a_recursion_may_become_a_loop(guarded: Guarded) -> None:
    assert guarded(FILE, ANEW, grants=[Grant.REWRITE]) is None
    assert guarded(FILE, ANEW) == "It removes or edits the comment '// the end of it'."
    kept = ANEW.replace("return a;", "return a; // the end of it")
    assert guarded(FILE, kept) == "It removes a condition on which solve returns early."


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("largest", "    if (v.empty()) return -1;\n", ""),
        ("solve", "if (n < 2) return n; // the end of it\n    ", ""),
        ("solve", "// Answers the question.\n", ""),
    ],
)
def test_other_conditions_and_comments_stay(guarded: Guarded, name: str, old: str, new: str) -> None:
    assert old in FILE
    assert guarded(FILE, FILE.replace(old, new), name=name, grants=MODEL) is not None


def test_a_name_may_start_elsewhere_unless_it_limits_something(guarded: Guarded) -> None:
    lower = FILE.replace("int best = 5", "int best = 0")
    assert guarded(FILE, lower, name="largest") is not None
    assert guarded(FILE, lower, name="largest", grants=MODEL) is None
    limited = FILE.replace("for (int x : v)", "for (int i = 0; i < best; i++)")
    fewer = limited.replace("int best = 5", "int best = 3")
    assert guarded(limited, fewer, name="largest", grants=MODEL) is not None


HELPERS = [
    "static long long twice(long long k) { return 2 * k; }\n",
    "template <class T>\nT same(T t) {\n    return t;\n}\n",
    "struct Pair { int a, b; };\n",
    "enum Way { UP, DOWN };\nusing Row = std::vector<int>;\n",
    "constexpr int WIDTH = 64;\n",
    "// Adds.\ninline int add(int a, int b) { return a + b; }\n\nint sub(int a, int b) { return a - b; }\n\n",
]


@pytest.mark.parametrize("helper", HELPERS)
def test_helpers_may_come_before_the_function(guarded: Guarded, helper: str) -> None:
    new = ANEW.replace("// Answers", f"{helper}\n// Answers")
    assert guarded(FILE, new, grants=MODEL) is None
    assert guarded(FILE, new, grants=[Grant.REWRITE]) is not None
    assert guarded(FILE, new, grants=MODEL, kind=ProposerKind.COMBINATION) is None


NO_HELPERS = [
    "int memo = [] { constexpr int k = 0; return k; }();\n",
    "int system(const char *command);\n",
    "static int system(int k) { return k; }\n",
    "int memory[1000];\n",
    "std::vector<int> seen;\n",
    "static int calls = 0;\n",
    "int twice(int k) { static int last = 0; return last += k; }\n",
    "thread_local int last;\n",
    "struct Pair { static inline int last = 0; };\n",
    "using namespace std;\n",
    "#define n 3\n",
    '#pragma GCC optimize("Ofast")\n',
    "extern int outside;\n",
    "namespace { int hidden; }\n",
    "int declared(int);\n",
    "int twice(int k) { return 2 * k; }\nint memory;\n",
    'asm("nop");\n',
    "__attribute__((constructor)) void first() { }\n",
    "struct Early { Early() { } } early;\n",
    "const int table = other();\n",
]


@pytest.mark.parametrize("helper", NO_HELPERS)
def test_nothing_else_is_a_helper(guarded: Guarded, helper: str) -> None:
    new = ANEW.replace("// Answers", f"{helper}\n// Answers")
    assert guarded(FILE, new, grants=MODEL) is not None


def test_a_helper_does_not_come_behind_or_inside(guarded: Guarded) -> None:
    helper = "int twice(int k) { return 2 * k; }\n"
    assert guarded(FILE, ANEW.replace("int main", f"{helper}int main"), grants=MODEL) is not None
    assert guarded(FILE, ANEW.replace("int best", f"{helper}int best"), grants=MODEL) is not None


HOSTILE = [
    'std::ofstream out("x");',
    'FILE *f = fopen("x", "w");',
    "int s = socket(2, 1, 0);",
    "if (fork() == 0) return 0;",
    'system("true");',
    'auto call = system; call("true");',
    'auto call = &system; call("true");',
    'auto call = *system; call("true");',
    "int (*call)(const char *) = {system};",
    'std::system("true");',
    "auto now = time(nullptr);",
    "auto now = std::chrono::steady_clock::now();",
    'char *home = getenv("HOME");',
    'asm volatile("nop");',
    '__asm__("nop");',
    '_Pragma("GCC optimize")',
    "[[maybe_unused]] int k = 0;",
    "int k __attribute__((unused)) = 0;",
    "static long long memory[100];",
    "if (n == 77) return 31337424242;",
    'std::cout << "31337 424242 99";',
    'syscall(1, 1, "", 0);',
    "exit(0);",
    "goto out; out: ;",
    "try { } catch (...) { }",
]
TESTS = (TestCase("1", b"77\n", b"31337424242\n"), TestCase("2", b"78 5\n", b"31337 424242 99\n"))


@pytest.mark.parametrize("line", HOSTILE)
def test_no_grant_lets_these_pass(guarded: Guarded, line: str) -> None:
    new = ANEW.replace("    long long a = 0", f"    {line}\n    long long a = 0")
    every: Sequence[Grant] = list(Grant)
    assert guarded(FILE, new, grants=every, tests=TESTS) is not None


def test_a_variable_may_have_the_name_of_a_call(guarded: Guarded) -> None:
    new = ANEW.replace(
        "    return a;", "    long long time = a;\n    long long read{time};\n    return read;"
    )
    assert guarded(FILE, new, grants=MODEL) is None
