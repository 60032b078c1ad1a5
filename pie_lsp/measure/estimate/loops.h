/* The loop predictor of LTAGE (Seznec 2007): it counts how often a branch is taken before it is not, and where that
 * was the same several times in a row, it knows the last round. It knows nothing of TAGE but its prediction. */
#ifndef PIE_LOOPS_H
#define PIE_LOOPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOOP_SETS = 64, LOOP_WAYS = 4, SURE = 3, OLDEST = 255, ROUNDS = (1 << 14) - 1 };

struct loop {
    uint16_t tag;
    uint16_t rounds; /* of the whole loop; 0 is unknown */
    uint16_t now;    /* of the present run */
    uint8_t age, confidence;
};
static struct loop loops[LOOP_SETS][LOOP_WAYS];
static int trust_loops = -1; /* -64 to 63; the loop predictor decides from 0 on */

static inline struct loop *loop_set(uint64_t address)
{
    return loops[(address >> 2) & (LOOP_SETS - 1)];
}

static inline uint16_t loop_tag(uint64_t address)
{
    return (uint16_t)((address >> 8) & ((1 << 14) - 1));
}

static inline struct loop *find_loop(uint64_t address)
{
    struct loop *set = loop_set(address);
    for (int way = 0; way < LOOP_WAYS; way++)
        if (set[way].tag == loop_tag(address))
            return &set[way];
    return NULL;
}

/* What the loop predictor says, kept from the prediction to the update. */
struct loop_guess {
    bool known, sure, taken;
};

static inline struct loop_guess guess_loop(uint64_t address)
{
    const struct loop *loop = find_loop(address);
    struct loop_guess guess = {loop != NULL, false, false};
    if (loop) {
        guess.sure = loop->confidence == SURE;
        guess.taken = loop->now + 1 != loop->rounds;
    }
    return guess;
}

static inline void forget_loop(struct loop *loop)
{
    loop->rounds = 0;
    loop->confidence = 0;
}

/* The loop was left: after as many rounds as before, or not. */
static inline void leave_loop(struct loop *loop)
{
    if (loop->now == loop->rounds) {
        if (loop->confidence < SURE)
            loop->confidence++;
        if (loop->rounds < 3) {
            forget_loop(loop);
            loop->age = 0;
        }
    } else if (loop->rounds == 0) {
        loop->confidence = 0;
        loop->rounds = loop->now;
    } else {
        forget_loop(loop);
    }
    loop->now = 0;
}

static inline void enter_loop(uint64_t address, uint32_t dice)
{
    struct loop *set = loop_set(address);
    for (uint32_t i = 0; i < LOOP_WAYS; i++) {
        struct loop *loop = &set[(dice + i) % LOOP_WAYS];
        if (loop->age > 0) {
            loop->age--;
            continue;
        }
        *loop = (struct loop){loop_tag(address), 0, 1, OLDEST, 0};
        return;
    }
}

/* Learns from an outcome. `others` is what TAGE predicted, `final` what both together did. */
static void train_loop(uint64_t address, struct loop_guess guess, bool others, bool final, bool taken, uint32_t dice)
{
    if (guess.sure && final != guess.taken) {
        bool right = guess.taken == taken;
        if (right && trust_loops < 63)
            trust_loops++;
        else if (!right && trust_loops > -64)
            trust_loops--;
    }
    struct loop *loop = find_loop(address);
    if (!loop) {
        if (taken)
            enter_loop(address, dice);
        return;
    }
    if (guess.sure && taken != guess.taken) {
        *loop = (struct loop){loop->tag, 0, 0, 0, 0};
        return;
    }
    if (guess.sure && guess.taken != others && loop->age < OLDEST)
        loop->age++;
    loop->now = (uint16_t)((loop->now + 1) & ROUNDS);
    if (loop->now > loop->rounds) {
        loop->confidence = 0;
        loop->rounds = 0;
    }
    if (!taken)
        leave_loop(loop);
}

#endif
