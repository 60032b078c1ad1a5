/* Branch prediction like that of gem5's "Verbatim" Skylake: a TAGE predictor for conditional branches, a branch
 * target buffer of 512 entries, a return stack of 32 and a predictor of indirect targets. gem5's own TAGE has
 * twelve tables; six with the same range of history lengths were what its cycles were fitted with. */
#ifndef PIE_BRANCH_H
#define PIE_BRANCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UNSETTLED is a block of which it is not known yet where it ends; see `blocks.h`. */
enum branch_kind { NO_BRANCH, CONDITIONAL, JUMP, CALL, INDIRECT_CALL, INDIRECT_JUMP, RETURN, UNSETTLED };

/* A branch at the end of a block: its address, and the address behind it. */
struct branch {
    uint64_t address;
    uint64_t next;
    enum branch_kind kind;
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

struct tagged_entry {
    uint16_t tag;
    int8_t counter;
    uint8_t useful;
};
static struct tagged_entry tagged[TABLES][TABLE_SIZE];
static int8_t base_counters[BASE_SIZE];
static uint64_t history;

static inline void count_towards(int8_t *counter, bool up, int lowest, int highest)
{
    if (up && *counter < highest)
        ++*counter;
    else if (!up && *counter > lowest)
        --*counter;
}

/* The slot of a branch in one table under the present history. A tag in use is never zero, as empty entries are. */
static inline struct tagged_entry *slot_of(int table, uint64_t hashed_address, uint16_t *tag)
{
    uint64_t recent = history & ((1ull << history_lengths[table]) - 1);
    uint64_t mixed = (recent * 0x9E3779B97F4A7C15ull) ^ hashed_address;
    mixed ^= mixed >> 29;
    mixed *= 0xBF58476D1CE4E5B9ull;
    *tag = (uint16_t)(((mixed >> 20) & 0x3ff) | 0x400);
    return &tagged[table][(mixed >> 40) & (TABLE_SIZE - 1)];
}

/* After a wrong prediction the branch gets an entry in a table with more history than the one that predicted. */
static void allocate(struct tagged_entry **slots, const uint16_t *tags, int provider, bool taken)
{
    for (int table = provider + 1; table < TABLES; table++) {
        if (slots[table]->useful == 0) {
            slots[table]->tag = tags[table];
            slots[table]->counter = taken ? 0 : -1;
            return;
        }
    }
    for (int table = provider + 1; table < TABLES; table++)
        slots[table]->useful--;
}

/* Trains the entry that predicted, and the base where the entry has not yet proved more useful. */
static inline void train(struct tagged_entry *entry, bool has_alternative, bool alternative_differs, bool right,
                         int8_t *base, bool taken)
{
    count_towards(&entry->counter, taken, -4, 3);
    if (alternative_differs && right && entry->useful < 3)
        entry->useful++;
    else if (alternative_differs && !right && entry->useful > 0)
        entry->useful--;
    if (entry->useful == 0 && !has_alternative)
        count_towards(base, taken, -2, 1);
}

/* Predicts the direction of a conditional branch, learns from the outcome, and says whether it was wrong. */
static inline bool direction_mispredicted(uint64_t address, bool taken)
{
    struct tagged_entry *slots[TABLES];
    uint16_t tags[TABLES];
    int provider = NO_TABLE, alternative = NO_TABLE;
    uint64_t hashed = address * 0xC2B2AE3D27D4EB4Full;
    for (int table = 0; table < TABLES; table++) {
        slots[table] = slot_of(table, hashed, &tags[table]);
        if (slots[table]->tag == tags[table]) {
            alternative = provider;
            provider = table;
        }
    }
    int8_t *base = &base_counters[(address ^ (address >> 7)) & (BASE_SIZE - 1)];
    bool fallback = alternative == NO_TABLE ? *base >= 0 : slots[alternative]->counter >= 0;
    bool predicted = provider == NO_TABLE ? fallback : slots[provider]->counter >= 0;
    if (provider == NO_TABLE)
        count_towards(base, taken, -2, 1);
    else
        train(slots[provider], alternative != NO_TABLE, predicted != fallback, predicted == taken, base, taken);
    if (predicted != taken)
        allocate(slots, tags, provider, taken);
    history = history << 1 | taken;
    return predicted != taken;
}

/* A taken branch that the target buffer has lost is mispredicted however good the direction is. */
static inline bool conditional_mispredicted(uint64_t address, bool taken)
{
    bool target_known = !taken || enter_target(address);
    return direction_mispredicted(address, taken) || !target_known;
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

/* Lets every predictor see that `branch` went to `target`, and says whether it was mispredicted. */
static inline bool branch_mispredicted(const struct branch *branch, uint64_t target)
{
    switch (branch->kind) {
    case NO_BRANCH:
    case UNSETTLED:
        return false;
    case CONDITIONAL:
        return conditional_mispredicted(branch->address, target != branch->next);
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
    }
    return false;
}

#endif
