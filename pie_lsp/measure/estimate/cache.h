/* The caches of gem5's "Verbatim" Skylake (darchr/gem5-skylake-config): 64-byte lines, 16 ways at every level,
 * 32 KiB for instructions, 32 KiB for data, 1 MiB and 2 MiB behind both. Replacement is least recently used:
 * each set is kept in the order of use, its newest line first. */
#ifndef PIE_CACHE_H
#define PIE_CACHE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LINE_SHIFT = 6, WAYS = 16 };
enum { L1_SETS = 32, L2_SETS = 1024, L3_SETS = 2048 };

static uint64_t l1_instructions[L1_SETS][WAYS];
static uint64_t l1_data[L1_SETS][WAYS];
static uint64_t l2[L2_SETS][WAYS];
static uint64_t l3[L3_SETS][WAYS];

/* No line of a 64-bit address has this number, so an empty way never matches. */
static void empty_caches(void)
{
    memset(l1_instructions, 0xff, sizeof l1_instructions);
    memset(l1_data, 0xff, sizeof l1_data);
    memset(l2, 0xff, sizeof l2);
    memset(l3, 0xff, sizeof l3);
}

/* Looks for `line` in a set that does not have it first, makes it the newest, and says whether it was there. */
static bool find_further(uint64_t *set, uint64_t line)
{
    /* What was newer moves one place back while the line is looked for. */
    uint64_t newer = set[0];
    set[0] = line;
    for (int way = 1; way < WAYS; way++) {
        uint64_t here = set[way];
        set[way] = newer;
        if (here == line)
            return true;
        newer = here;
    }
    return false;
}

/* Whether a line is the newest of its set; then finding it changes nothing. */
static inline bool is_newest(uint64_t (*sets)[WAYS], uint64_t count, uint64_t line)
{
    return sets[line & (count - 1)][0] == line;
}

static inline bool cache_hit(uint64_t (*sets)[WAYS], uint64_t count, uint64_t line)
{
    return is_newest(sets, count, line) || find_further(sets[line & (count - 1)], line);
}

/* Asks the levels behind L1 for a line, and says how many of them do not have it. */
static unsigned misses_behind(uint64_t line)
{
    if (cache_hit(l2, L2_SETS, line))
        return 0;
    return cache_hit(l3, L3_SETS, line) ? 1 : 2;
}

#endif
