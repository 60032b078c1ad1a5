// Loops whose counters are known: "KERNEL N" on standard input runs one of them N times. N always has four
// digits in a test, so that two runs differ in nothing but the repetitions.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cstdint>
#include <unistd.h>

static char memory[32 << 20];

// Seven fetch blocks a round: six of nops, and one in which the loop ends.
__attribute__((noinline)) void fetches(long n) {
    asm volatile(
        ".p2align 6\n"
        "1: .rept 96\n nop\n .endr\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n));
}

// One division a round, of the same operands.
__attribute__((noinline)) void divides(long n) {
    asm volatile(
        ".p2align 6\n"
        "1: mov $100, %%eax\n xor %%edx, %%edx\n mov $7, %%ecx\n div %%ecx\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n)
        :
        : "rax", "rcx", "rdx");
}

// One division a round, with a quotient of `ones` set bits: gem5 takes the more rounds, the more there are.
__attribute__((noinline)) void quotients(long n, unsigned ones) {
    unsigned dividend = ones < 32 ? (1u << ones) - 1 : ~0u;
    asm volatile(
        ".p2align 6\n"
        "1: mov %1, %%eax\n xor %%edx, %%edx\n mov $1, %%ecx\n div %%ecx\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n)
        : "r"(dividend)
        : "rax", "rcx", "rdx");
}

// The same of bytes.
__attribute__((noinline)) void bytes(long n, unsigned ones) {
    asm volatile(
        ".p2align 6\n"
        "1: movzbl %b1, %%eax\n mov $1, %%ecx\n div %%cl\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n)
        : "q"((1u << ones) - 1)
        : "rax", "rcx");
}

// Eight multiplications, each of what the one before made.
__attribute__((noinline)) void chains(long n) {
    asm volatile(
        ".p2align 6\n"
        "1: .rept 8\n imul %%rcx, %%r8\n .endr\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n)
        :
        : "rcx", "r8");
}

// The same into eight registers.
__attribute__((noinline)) void spreads(long n) {
    asm volatile(
        ".p2align 6\n"
        "1: imul %%rcx, %%r8\n imul %%rcx, %%r9\n imul %%rcx, %%r10\n imul %%rcx, %%r11\n"
        "imul %%rcx, %%r12\n imul %%rcx, %%r13\n imul %%rcx, %%r14\n imul %%rcx, %%r15\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n)
        :
        : "rcx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15");
}

// One line a round, which no cache has.
__attribute__((noinline)) void stores(long n) {
    for (long i = 0; i < n; i++) *(volatile char*)(memory + 64 * i) = 1;
}

__attribute__((noinline)) void loads(long n) {
    for (long i = 0; i < n; i++) (void)*(volatile char*)(memory + 64 * i);
}

// Round and round over more lines than L2 has room for, and fewer than L3 has.
__attribute__((noinline)) void rings(long n) {
    for (long i = 0; i < n; i++) (void)*(volatile char*)(memory + 64 * (i % 24576));
}

// A branch that nobody can predict.
__attribute__((noinline)) void tosses(long n) {
    uint64_t state = 88172645463325252ull;
    for (long i = 0; i < n; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        asm volatile("test $1, %b0\n jz 1f\n nop\n 1:" : : "r"(state >> 20));
    }
}

// A branch that goes the same way every third time.
__attribute__((noinline)) void patterns(long n) {
    for (long i = 0; i < n; i++) asm volatile("test %0, %0\n jz 1f\n nop\n 1:" : : "r"(i % 3));
}

// One string instruction that writes eight bytes a round.
__attribute__((noinline)) void strings(long n) {
    void* to = memory;
    asm volatile("rep stosq" : "+D"(to), "+c"(n) : "a"(0) : "memory");
}

// An instruction that reaches from one page into the next, at the end of every round.
__attribute__((noinline)) void crosses(long n) {
    asm volatile(
        ".p2align 12\n"
        ".rept 4090\n nop\n .endr\n"
        "1: mov $1, %%eax\n"
        "mov $0x1122334455667788, %%rax\n"
        "dec %0\n"
        "jnz 1b\n"
        : "+r"(n)
        :
        : "rax");
}

// One system call a round.
__attribute__((noinline)) void asks(long n) {
    while (n--) getppid();
}

int main() {
    char kernel[32];
    long n;
    if (scanf("%31s %ld", kernel, &n) != 2) return 2;
    if (!strcmp(kernel, "fetches")) fetches(n);
    if (!strcmp(kernel, "divides")) divides(n);
    if (!strncmp(kernel, "quotients", 9)) quotients(n, (unsigned)atoi(kernel + 9));
    if (!strncmp(kernel, "bytes", 5)) bytes(n, (unsigned)atoi(kernel + 5));
    if (!strcmp(kernel, "chains")) chains(n);
    if (!strcmp(kernel, "spreads")) spreads(n);
    if (!strcmp(kernel, "stores")) stores(n);
    if (!strcmp(kernel, "loads")) loads(n);
    if (!strcmp(kernel, "rings")) rings(n);
    if (!strcmp(kernel, "tosses")) tosses(n);
    if (!strcmp(kernel, "patterns")) patterns(n);
    if (!strcmp(kernel, "strings")) strings(n);
    if (!strcmp(kernel, "crosses")) crosses(n);
    if (!strcmp(kernel, "asks")) asks(n);
    puts(kernel);
}
