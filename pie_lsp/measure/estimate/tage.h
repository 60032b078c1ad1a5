/* The direction predictor of gem5's "Verbatim" Skylake: TAGE with twelve tables (Seznec and Michaud 2006) with the
 * sizes of LTAGE (Seznec 2007), whose loop predictor is in `loops.h`. Every branch shifts the history, whether it is
 * conditional or not. It knows addresses and outcomes, and nothing of blocks. */
#ifndef PIE_TAGE_H
#define PIE_TAGE_H

#include <stdbool.h>
#include <stdint.h>

/* Calls to what is rarer stay calls, so that the common path needs no registers saved. */
#define PIE_OUT_OF_LINE __attribute__((noinline))

enum { TABLES = 12, LARGEST_TABLE = 2048, BASE_SIZE = 16384, NO_TABLE = -1 };
/* Four to 34 outcomes in a geometric series, as the configuration asks for. */
static const unsigned char history_lengths[TABLES] = {4, 5, 6, 7, 9, 11, 13, 16, 19, 23, 28, 34};
static const unsigned char size_bits[TABLES] = {10, 10, 11, 11, 11, 11, 10, 10, 10, 10, 9, 9};
static const unsigned char tag_bits[TABLES] = {7, 7, 8, 8, 9, 10, 11, 12, 12, 13, 14, 15};
enum { PATH_BITS = 16, USEFUL_RESET_BITS = 19 };

struct counters {
    int8_t direction; /* -4 to 3; taken from 0 on */
    uint8_t useful;   /* 0 to 3 */
};
static uint16_t tags[TABLES][LARGEST_TABLE];
static struct counters counters[TABLES][LARGEST_TABLE];
static bool base_taken[BASE_SIZE];
static bool base_low_clear[BASE_SIZE >> 2]; /* the lower bit of the counter, set at first, which four share */
static uint64_t history, path;
static int trust_alternative; /* -8 to 7; whether new entries are worse than what they replace */
static uint32_t updates = 1u << 17;

/* The outcomes of the last branches and the bits of their addresses enter an index folded to its width. */
static inline uint32_t folded(uint64_t bits, unsigned length, unsigned width)
{
    bits &= (1ull << length) - 1;
    uint64_t sum = bits ^ (bits >> width);
    if (length > 2 * width)
        sum ^= (bits >> 2 * width) ^ (bits >> 3 * width);
    return (uint32_t)(sum & ((1u << width) - 1));
}

static inline uint32_t rotated(uint32_t value, unsigned by, unsigned width)
{
    return ((value << by) & ((1u << width) - 1)) + (value >> (width - by));
}

/* The path's own hash: two halves, rotated by the number of the table. */
static inline uint32_t path_hash(unsigned table)
{
    unsigned width = size_bits[table], by = table + 1;
    unsigned length = history_lengths[table];
    if (length > PATH_BITS)
        length = PATH_BITS;
    uint32_t recent = (uint32_t)(path & ((1u << length) - 1));
    uint32_t low = recent & ((1u << width) - 1), high = recent >> width;
    if (by > width)
        return 0;
    return rotated(low ^ rotated(high, by, width), by, width);
}

/* Where one branch stands in every table under one history. */
struct place {
    uint64_t past; /* the outcomes and the path that it was found under */
    uint32_t branch;
    uint16_t slots[TABLES];
    uint16_t tags[TABLES];
};

/* To find it takes longer than all that is done with it, and programs go in circles: the last places are kept. */
enum { LONGEST_HISTORY = 34, PLACE_BITS = 11 };
static struct place places[1 << PLACE_BITS] __attribute__((aligned(64))); /* a line of the counting machine each */

struct lookup {
    struct place at;
    uint16_t base;
    int8_t provider, alternative;
    bool provider_taken, alternative_taken, predicted, provider_is_new;
};

static inline void find_slots(struct place *found, uint32_t shifted)
{
    /* Unrolled, every width and length is a constant. */
#pragma GCC unroll 12
    for (int table = 0; table < TABLES; table++) {
        unsigned width = size_bits[table], length = history_lengths[table];
        int away = (int)width - (table + 1);
        uint32_t slot = shifted ^ (shifted >> ((away < 0 ? -away : away) + 1)) ^ folded(history, length, width)
                        ^ path_hash((unsigned)table);
        found->slots[table] = (uint16_t)(slot & ((1u << width) - 1));
        uint32_t tag = shifted ^ folded(history, length, tag_bits[table])
                       ^ (folded(history, length, tag_bits[table] - 1u) << 1);
        found->tags[table] = (uint16_t)(tag & ((1u << tag_bits[table]) - 1));
    }
}

static inline const struct place *place_of(uint32_t shifted)
{
    uint64_t past = (history & ((1ull << LONGEST_HISTORY) - 1)) | (path & ((1u << PATH_BITS) - 1)) << LONGEST_HISTORY;
    uint64_t mixed = (past ^ (uint64_t)shifted << 27) * 0x9E3779B97F4A7C15ull;
    struct place *place = &places[mixed >> (64 - PLACE_BITS)];
    if (place->past != past || place->branch != shifted) {
        place->past = past;
        place->branch = shifted;
        find_slots(place, shifted);
    }
    return place;
}

static inline struct counters *counters_of(const struct lookup *found, int table)
{
    return &counters[table][found->at.slots[table]];
}

static inline int longest_below(const struct lookup *found, int table)
{
    while (--table >= 0 && tags[table][found->at.slots[table]] != found->at.tags[table])
        continue;
    return table;
}

static void look_up(struct lookup *found, uint64_t address)
{
    uint32_t shifted = (uint32_t)(address >> 2);
    found->at = *place_of(shifted);
    found->base = (uint16_t)(shifted & (BASE_SIZE - 1));
    found->provider = (int8_t)longest_below(found, TABLES);
    found->alternative = (int8_t)(found->provider > 0 ? longest_below(found, found->provider) : NO_TABLE);
    found->alternative_taken = found->alternative == NO_TABLE
                                   ? base_taken[found->base]
                                   : counters_of(found, found->alternative)->direction >= 0;
    found->predicted = found->provider_taken = found->alternative_taken;
    found->provider_is_new = false;
    if (found->provider == NO_TABLE)
        return;
    int direction = counters_of(found, found->provider)->direction;
    found->provider_taken = direction >= 0;
    found->provider_is_new = direction == 0 || direction == -1;
    bool doubted = found->provider_is_new && trust_alternative >= 0;
    found->predicted = doubted ? found->alternative_taken : found->provider_taken;
}

static inline void count_towards(int8_t *counter, bool up, int lowest, int highest)
{
    if (up && *counter < highest)
        ++*counter;
    else if (!up && *counter > lowest)
        --*counter;
}

static inline void train_base(const struct lookup *found, bool taken)
{
    bool *low_clear = &base_low_clear[found->base >> 2], *direction = &base_taken[found->base];
    int level = *direction * 2 + !*low_clear;
    if (taken && level < 3)
        level++;
    else if (!taken && level > 0)
        level--;
    *direction = level >> 1;
    *low_clear = !(level & 1);
}

/* Random numbers decide between equals; these are the same in every run. */
static uint32_t drawn = 0x2545F491u;
static inline uint32_t draw(void)
{
    drawn ^= drawn << 13;
    drawn ^= drawn >> 17;
    drawn ^= drawn << 5;
    return drawn;
}

/* After a wrong prediction the branch gets an entry in a table with more history than the one that predicted, not
 * always the next, so that branches do not push each other out for ever. */
static void allocate(const struct lookup *found, bool taken)
{
    int first = found->provider + 1;
    uint32_t dice = draw() & 3 & ((1u << (TABLES - first - 1)) - 1);
    bool all_useful = true;
    for (int table = first; table < TABLES; table++)
        all_useful &= counters_of(found, table)->useful != 0;
    if (dice & 1)
        first += dice & 2 ? 2 : 1;
    if (all_useful)
        counters_of(found, first)->useful = 0;
    for (int table = first; table < TABLES; table++) {
        if (counters_of(found, table)->useful == 0) {
            tags[table][found->at.slots[table]] = found->at.tags[table];
            counters_of(found, table)->direction = taken ? 0 : -1;
            return;
        }
    }
}

static PIE_OUT_OF_LINE void halve_usefulness(void)
{
    for (int table = 0; table < TABLES; table++)
        for (int slot = 0; slot < 1 << size_bits[table]; slot++)
            counters[table][slot].useful >>= 1;
}

/* Learns from the outcome of a branch that was looked up. */
static void train(const struct lookup *found, bool taken)
{
    bool wrong = found->predicted != taken;
    if (found->provider != NO_TABLE && found->provider_is_new) {
        wrong = wrong && found->provider_taken != taken;
        if (found->provider_taken != found->alternative_taken) {
            bool alternative_right = found->alternative_taken == taken;
            if (alternative_right && trust_alternative < 7)
                trust_alternative++;
            else if (!alternative_right && trust_alternative > -8)
                trust_alternative--;
        }
    }
    if (wrong && found->provider < TABLES - 1)
        allocate(found, taken);
    if ((++updates & ((1u << USEFUL_RESET_BITS) - 1)) == 0)
        halve_usefulness();
    if (found->provider == NO_TABLE) {
        train_base(found, taken);
        return;
    }
    struct counters *entry = counters_of(found, found->provider);
    count_towards(&entry->direction, taken, -4, 3);
    if (entry->useful == 0) {
        if (found->alternative == NO_TABLE)
            train_base(found, taken);
        else
            count_towards(&counters_of(found, found->alternative)->direction, taken, -4, 3);
    }
    if (found->predicted != found->alternative_taken) {
        if (found->predicted == taken && entry->useful < 3)
            entry->useful++;
        else if (found->predicted != taken && entry->useful > 0)
            entry->useful--;
    }
}

/* Every branch leaves its outcome and one bit of its address behind. */
static inline void remember(uint64_t address, bool taken)
{
    history = history << 1 | taken;
    path = path << 1 | ((address >> 2) & 1);
}

#endif
