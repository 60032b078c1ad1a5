/* Branch prediction like that of gem5's "Verbatim" Skylake: a TAGE predictor for conditional branches, a branch
 * target buffer of 512 entries, a return stack of 32 and a predictor of indirect targets. gem5's own TAGE has
 * twelve tables; six with the same range of history lengths were what its cycles were fitted with. */
#ifndef PIE_BRANCH_H
#define PIE_BRANCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Calls to what is rarer stay calls, so that the common path needs no registers saved. */
#define PIE_OUT_OF_LINE __attribute__((noinline))

/* UNSETTLED is a block of which it is not known yet where it ends; see `blocks.h`. */
enum branch_kind { NO_BRANCH, CONDITIONAL, JUMP, CALL, INDIRECT_CALL, INDIRECT_JUMP, RETURN, UNSETTLED };

/* A branch at the end of a block: its address, and the address behind it. */
struct branch {
    uint64_t address;
    uint64_t next;
    enum branch_kind kind;
    bool direction;  /* where a conditional branch went last */
    unsigned streak; /* how often in a row */
};

/* ---- Branch target buffer: direct-mapped, and a branch is known by its address without the last two bits. */
enum { TARGETS = 512 };
static uint64_t target_buffer[TARGETS];

/* Enters a taken branch; says whether it was there before. */
static inline bool enter_target(uint64_t address)
{
    uint64_t *entry = &target_buffer[(address >> 2) & (TARGETS - 1)];
    bool known = *entry == address >> 2;
    *entry = address >> 2;
    return known;
}

/* ---- TAGE (Seznec and Michaud 2006): tables indexed by ever more history; the longest that matches predicts. */
enum { TABLES = 6, TABLE_SIZE = 2048, BASE_SIZE = 16384, NO_TABLE = -1 };
static const unsigned history_lengths[TABLES] = {4, 6, 9, 14, 22, 34};

/* Tags are kept apart, since every branch reads one of each table, but the counters of one or two only. */
struct counters {
    int8_t direction;
    uint8_t useful;
};
static uint16_t tags[TABLES][TABLE_SIZE];
static struct counters counters[TABLES][TABLE_SIZE];
static int8_t base_counters[BASE_SIZE];
static uint64_t history;

static inline void count_towards(int8_t *counter, bool up, int lowest, int highest)
{
    if (up && *counter < highest)
        ++*counter;
    else if (!up && *counter > lowest)
        --*counter;
}

/* Where one branch stands in every table under the present history. A tag in use is never zero, as those of
 * entries that were never used are. */
struct lookup {
    uint16_t slots[TABLES];
    uint16_t tags[TABLES];
    unsigned matches; /* bit i is set where table i knows the branch */
};

static inline void look_up(struct lookup *found, uint64_t address)
{
    uint64_t hashed = address * 0xC2B2AE3D27D4EB4Full;
    found->matches = 0;
    for (int table = 0; table < TABLES; table++) {
        uint64_t recent = history & ((1ull << history_lengths[table]) - 1);
        uint64_t mixed = (recent ^ hashed) * 0x9E3779B97F4A7C15ull;
        found->tags[table] = (uint16_t)(((mixed >> 43) & 0x3ff) | 0x400);
        found->slots[table] = (uint16_t)(mixed >> 53);
        found->matches |= (unsigned)(tags[table][mixed >> 53] == found->tags[table]) << table;
    }
}

static inline struct counters *counters_of(const struct lookup *found, int table)
{
    return &counters[table][found->slots[table]];
}

/* The table with the longest history in a set of tables. */
static inline int longest(unsigned tables)
{
    return tables ? 31 - __builtin_clz(tables) : NO_TABLE;
}

/* After a wrong prediction the branch gets an entry in a table with more history than the one that predicted. */
static void allocate(struct lookup *found, int provider, bool taken)
{
    for (int table = provider + 1; table < TABLES; table++) {
        if (counters_of(found, table)->useful == 0) {
            tags[table][found->slots[table]] = found->tags[table];
            counters_of(found, table)->direction = taken ? 0 : -1;
            return;
        }
    }
    for (int table = provider + 1; table < TABLES; table++)
        counters_of(found, table)->useful--;
}

/* Trains the entry that predicted, and the base where the entry has not yet proved more useful. */
static inline void train(struct counters *entry, bool has_alternative, bool alternative_differs, bool right,
                         int8_t *base, bool taken)
{
    count_towards(&entry->direction, taken, -4, 3);
    if (alternative_differs && right && entry->useful < 3)
        entry->useful++;
    else if (alternative_differs && !right && entry->useful > 0)
        entry->useful--;
    if (entry->useful == 0 && !has_alternative)
        count_towards(base, taken, -2, 1);
}

/* Predicts the direction of a conditional branch, learns from the outcome, and says whether it was wrong. */
static PIE_OUT_OF_LINE bool direction_mispredicted(uint64_t address, bool taken)
{
    struct lookup found;
    look_up(&found, address);
    int provider = longest(found.matches);
    int alternative = provider == NO_TABLE ? NO_TABLE : longest(found.matches & ~(1u << provider));
    int8_t *base = &base_counters[(address ^ (address >> 7)) & (BASE_SIZE - 1)];
    bool fallback = alternative == NO_TABLE ? *base >= 0 : counters_of(&found, alternative)->direction >= 0;
    bool predicted = provider == NO_TABLE ? fallback : counters_of(&found, provider)->direction >= 0;
    if (provider == NO_TABLE)
        count_towards(base, taken, -2, 1);
    else
        train(counters_of(&found, provider), alternative != NO_TABLE, predicted != fallback, predicted == taken, base,
              taken);
    if (predicted != taken)
        allocate(&found, provider, taken);
    history = history << 1 | taken;
    return predicted != taken;
}

/* A branch that has gone one way this often in a row is expected to go on, whatever the tables say. None of them
 * sees further back, so they would say the same, and most branches of a loop are spared the look-up. */
enum { STEADY = 64 };

/* A taken branch that the target buffer has lost is mispredicted however good the direction is. */
static inline bool conditional_mispredicted(struct branch *branch, bool taken)
{
    bool target_known = !taken || enter_target(branch->address);
    if (taken != branch->direction) {
        branch->direction = taken;
        branch->streak = 0;
    } else if (++branch->streak > STEADY) {
        branch->streak = STEADY;
        history = history << 1 | taken;
        return !target_known;
    }
    return direction_mispredicted(branch->address, taken) || !target_known;
}

/* ---- Returns and indirect branches. */
enum { RETURN_STACK = 32, INDIRECT_TARGETS = 1024 };
static uint64_t return_stack[RETURN_STACK];
static unsigned return_top;
static uint64_t indirect_targets[INDIRECT_TARGETS];
static uint64_t indirect_path;

static inline bool return_mispredicted(uint64_t target)
{
    return return_stack[--return_top % RETURN_STACK] != target;
}

static inline bool indirect_mispredicted(uint64_t address, uint64_t target)
{
    uint64_t *entry = &indirect_targets[((address >> 1) ^ (indirect_path * 7)) & (INDIRECT_TARGETS - 1)];
    bool wrong = *entry != target;
    *entry = target;
    indirect_path = ((indirect_path << 3) ^ (target >> 2)) & 0xffff;
    return wrong;
}

static PIE_OUT_OF_LINE bool unconditional_mispredicted(const struct branch *branch, uint64_t target)
{
    switch (branch->kind) {
    case CALL:
        return_stack[return_top++ % RETURN_STACK] = branch->next;
        enter_target(branch->address);
        return false;
    case JUMP:
        enter_target(branch->address);
        return false;
    case INDIRECT_CALL:
        return_stack[return_top++ % RETURN_STACK] = branch->next;
        return indirect_mispredicted(branch->address, target);
    case INDIRECT_JUMP:
        return indirect_mispredicted(branch->address, target);
    case RETURN:
        return return_mispredicted(target);
    default:
        return false;
    }
}

/* Lets every predictor see that `branch` went to `target`, and says whether it was mispredicted. */
static inline bool branch_mispredicted(struct branch *branch, uint64_t target)
{
    if (branch->kind == CONDITIONAL)
        return conditional_mispredicted(branch, target != branch->next);
    return unconditional_mispredicted(branch, target);
}

#endif
