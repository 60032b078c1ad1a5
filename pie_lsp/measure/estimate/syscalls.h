/* What the system calls of the program tell: how many there are, whether it can be counted at all, whether its
 * figure may vary, and one answer that has to be the same in every sandbox. Numbers are those of x86-64 Linux. */
#ifndef PIE_SYSCALLS_H
#define PIE_SYSCALLS_H

#include "qemu_api.h"

static bool starts_threads;
static uint64_t clock_calls;
static uint64_t system_calls;

/* Where the program's memory lies in ours: the difference of the two addresses of one instruction. */
static intptr_t memory_offset;
static bool memory_is_known;

static void learn_memory(const struct qemu_plugin_insn *insn)
{
    const char *here = (const char *)qemu_plugin_insn_haddr(insn);
    if (here) {
        memory_offset = (intptr_t)here - (intptr_t)qemu_plugin_insn_vaddr(insn);
        memory_is_known = true;
    }
}

static char *in_our_memory(uint64_t address)
{
    return (char *)((intptr_t)address + memory_offset);
}

/* The C library asks for the program's own path before main, and keeps a copy of the folder on the heap. How long
 * the path is depends on the sandbox, and would move every later allocation. The answer is turned into one that
 * the C library takes for "unknown" (glibc, sysdeps/unix/sysv/linux/dl-origin.c). */
static char *own_path_answer;

static void note_own_path_question(uint64_t question, uint64_t answer)
{
    if (memory_is_known && strcmp(in_our_memory(question), "/proc/self/exe") == 0)
        own_path_answer = in_our_memory(answer);
}

static void on_syscall_end(qemu_plugin_id_t id, unsigned int vcpu, int64_t number, int64_t result)
{
    (void)id, (void)vcpu, (void)number;
    if (own_path_answer && result > 0)
        own_path_answer[0] = '[';
    own_path_answer = NULL;
}

/* The C library asks for random bytes once by itself, without waiting for them (GRND_NONBLOCK), as a key that no
 * program sees. */
static void on_syscall(qemu_plugin_id_t id, unsigned int vcpu, int64_t number, uint64_t a1, uint64_t a2, uint64_t a3,
                       uint64_t a4, uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8)
{
    enum { GETPID = 39, CLONE = 56, FORK = 57, VFORK = 58, READLINK = 89, GETTIMEOFDAY = 96, TIME = 201 };
    enum { CLOCK_GETTIME = 228, GETRANDOM = 318, CLONE3 = 435, GRND_NONBLOCK = 1 };
    (void)id, (void)vcpu, (void)a4, (void)a5, (void)a6, (void)a7, (void)a8;
    system_calls++;
    switch (number) {
    case CLONE:
    case FORK:
    case VFORK:
    case CLONE3:
        starts_threads = true;
        break;
    case GETPID:
    case GETTIMEOFDAY:
    case TIME:
    case CLOCK_GETTIME:
        clock_calls++;
        break;
    case GETRANDOM:
        clock_calls += a3 != GRND_NONBLOCK;
        break;
    case READLINK:
        note_own_path_question(a1, a2);
        break;
    default:
        break;
    }
}

#endif
