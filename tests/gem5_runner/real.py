"""Compiles the programs that tests run in the real gem5, and compares what it answers."""

import subprocess
from dataclasses import replace
from pathlib import Path

from gem5_runner.protocol import Measured

SOURCE = """
#include <cstdio>
#include <cstdlib>
#ifdef MARKED
#define BEGIN asm volatile(".byte 0x0f, 0x04; .word 0x5a" : : "D"(0L), "S"(0L) : "rax", "memory");
#define END asm volatile(".byte 0x0f, 0x04; .word 0x5b" : : "D"(0L), "S"(0L) : "rax", "memory");
#else
#define BEGIN
#define END
#endif
__attribute__((noinline)) int work(int n) {
    BEGIN int sum = 0;
    for (int i = 0; i < n; i++) sum += i * i % 7;
    END return sum;
}
int main() {
    int n = 0, sum = 0;
    if (std::scanf("%d", &n) != 1) return 300 - 259;
    for (int i = 0; i < 3; i++) sum += work(n);
    std::printf("%d\\n", sum);
#ifdef CRASH
    *(volatile int*)nullptr = 1;
#endif
}
"""


def compiled(folder: Path, *macros: str, source: str = SOURCE) -> None:
    (folder / "prog.cpp").write_text(source)
    flags = ["-std=c++17", "-O3", "-static", *(f"-D{macro}" for macro in macros)]
    subprocess.run(["g++", *flags, "-o", folder / "prog", folder / "prog.cpp"], check=True)


def figures(answer: Measured) -> Measured:
    """All of an answer but the time that the simulator took."""
    return replace(answer, simulator_seconds=0.0)
