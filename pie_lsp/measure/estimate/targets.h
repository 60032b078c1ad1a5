/* Where branches go: the branch target buffer, the return stack and the predictor of indirect targets of gem5's
 * "Verbatim" Skylake. */
#ifndef PIE_TARGETS_H
#define PIE_TARGETS_H

#include <stdbool.h>
#include <stdint.h>

/* ---- Branch target buffer: direct-mapped, and a branch is known by its address without the last two bits. Only a
 * branch that went another way than expected is entered, and conditional and direct branches only. */
enum { TARGETS = 512 };
struct target {
    uint64_t branch, target;
};
static struct target target_buffer[TARGETS];

static inline struct target *target_entry(uint64_t address)
{
    return &target_buffer[(address >> 2) & (TARGETS - 1)];
}

static inline bool target_known(uint64_t address)
{
    return target_entry(address)->branch == (address >> 2);
}

static inline void enter_target(uint64_t address, uint64_t target)
{
    *target_entry(address) = (struct target){address >> 2, target};
}

/* ---- Return stack. */
enum { RETURN_STACK = 32 };
static uint64_t return_stack[RETURN_STACK];
static unsigned return_top;

static inline void note_call(uint64_t next)
{
    return_stack[return_top++ % RETURN_STACK] = next;
}

static inline bool return_mispredicted(uint64_t target)
{
    return return_stack[--return_top % RETURN_STACK] != target;
}

/* ---- Indirect calls and jumps: 128 sets of four ways, found by address, outcomes and the last seven targets. */
enum { INDIRECT_SETS = 128, INDIRECT_WAYS = 4, INDIRECT_PATH = 7 };
static struct target indirect[INDIRECT_SETS][INDIRECT_WAYS];
static uint64_t indirect_path[INDIRECT_PATH];

static inline unsigned indirect_set(uint64_t address, uint64_t outcomes)
{
    uint64_t hash = (address >> 2) ^ (outcomes & 0xffff);
    for (int i = 0; i < INDIRECT_PATH; i++)
        hash ^= indirect_path[i] >> (2 + i);
    return (unsigned)(hash & (INDIRECT_SETS - 1));
}

static bool indirect_mispredicted(uint64_t address, uint64_t target, uint64_t outcomes, uint32_t dice)
{
    struct target *set = indirect[indirect_set(address, outcomes)];
    int way = 0;
    while (way < INDIRECT_WAYS && set[way].branch != address >> 2)
        way++;
    bool right = way < INDIRECT_WAYS && set[way].target == target;
    if (!right)
        set[way < INDIRECT_WAYS ? way : (int)(dice % INDIRECT_WAYS)] = (struct target){address >> 2, target};
    for (int i = INDIRECT_PATH - 1; i > 0; i--)
        indirect_path[i] = indirect_path[i - 1];
    indirect_path[0] = target;
    return !right;
}

#endif
