/* Branch prediction like that of gem5's "Verbatim" Skylake, put together: direction, loops, targets. A conditional
 * branch is looked up where it is fetched and learnt from when it is committed, so the last few of them have not
 * been learnt from yet; all are, once one was mispredicted, since the pipeline is empty then. */
#ifndef PIE_BRANCH_H
#define PIE_BRANCH_H

#include "loops.h"
#include "tage.h"
#include "targets.h"

/* UNSETTLED is a block of which it is not known yet where it ends; see `blocks.h`. */
enum branch_kind { NO_BRANCH, CONDITIONAL, JUMP, CALL, INDIRECT_CALL, INDIRECT_JUMP, RETURN, UNSETTLED };

/* A branch at the end of a block: its address, and the address behind it. */
struct branch {
    uint64_t address;
    uint64_t next;
    enum branch_kind kind;
    bool direction;  /* where a conditional branch went last */
    unsigned streak; /* how often in a row */
    unsigned unseen; /* rounds that the loop predictor was not told of */
};

/* ---- Branches that are looked up and not yet committed. */
struct pending {
    struct lookup found;
    struct loop_guess guess;
    uint64_t address;
    uint64_t fetched;
    bool predicted, taken;
};
enum { IN_FLIGHT = 16 };
static struct pending pending[IN_FLIGHT];
static unsigned oldest_pending, newest_pending;

static void commit_oldest(void)
{
    struct pending *one = &pending[oldest_pending++ % IN_FLIGHT];
    train_loop(one->address, one->guess, one->found.predicted, one->predicted, one->taken, draw());
    train(&one->found, one->taken);
}

static inline void commit_until(uint64_t fetched)
{
    while (oldest_pending != newest_pending && pending[oldest_pending % IN_FLIGHT].fetched <= fetched)
        commit_oldest();
}

/* Fetch blocks that are entered from the fetching of a branch to its commit. */
#ifndef PIE_COMMIT_DELAY
#define PIE_COMMIT_DELAY 6
#endif

/* Predicts a conditional branch in full, and says whether that was wrong. `now` counts fetch blocks. */
static PIE_OUT_OF_LINE bool conditional_mispredicted(uint64_t address, uint64_t target, bool taken, uint64_t now)
{
    commit_until(now - PIE_COMMIT_DELAY);
    if (newest_pending - oldest_pending == IN_FLIGHT)
        commit_oldest();
    struct pending *one = &pending[newest_pending++ % IN_FLIGHT];
    look_up(&one->found, address);
    one->guess = guess_loop(address);
    one->address = address;
    one->fetched = now;
    one->taken = taken;
    one->predicted = one->guess.sure && trust_loops >= 0 ? one->guess.taken : one->found.predicted;
    bool known = target_known(address);
    remember(address, taken);
    if ((one->predicted && known) != taken) {
        if (taken)
            enter_target(address, target);
        commit_until(UINT64_MAX);
        return true;
    }
    if (taken)
        enter_target(address, target);
    return false;
}

/* A branch that has gone one way this often in a row is expected to go on, whatever the tables say. None of them
 * sees further back, so they would say the same, and most branches of a loop are spared the look-up. */
enum { STEADY = 64 };

/* Tells the loop predictor of the rounds that it was spared. */
static PIE_OUT_OF_LINE bool catch_up(struct branch *branch)
{
    struct loop *loop = find_loop(branch->address);
    bool expected_the_end = false;
    if (loop && branch->direction) {
        unsigned now = loop->now + branch->unseen;
        expected_the_end = loop->confidence == SURE && trust_loops >= 0 && loop->now < loop->rounds && now >= loop->rounds;
        if (now > loop->rounds)
            forget_loop(loop);
        loop->now = (uint16_t)(now & ROUNDS);
    }
    branch->unseen = 0;
    return expected_the_end;
}

static inline bool conditional(struct branch *branch, uint64_t target, uint64_t now)
{
    bool taken = target != branch->next;
    bool late = false;
    if (taken != branch->direction) {
        late = branch->unseen && catch_up(branch);
        branch->direction = taken;
        branch->streak = 0;
    } else if (++branch->streak > STEADY) {
        branch->streak = STEADY;
        branch->unseen++;
        remember(branch->address, taken);
        if (!taken)
            return false;
        bool known = target_known(branch->address);
        enter_target(branch->address, target);
        return !known;
    }
    return conditional_mispredicted(branch->address, target, taken, now) || late;
}

static PIE_OUT_OF_LINE bool unconditional(const struct branch *branch, uint64_t target)
{
    uint64_t before = history;
    remember(branch->address, true);
    switch (branch->kind) {
    case CALL:
        note_call(branch->next);
        enter_target(branch->address, target);
        return false;
    case JUMP:
        /* Where it goes is known as soon as it is decoded. */
        enter_target(branch->address, target);
        return false;
    case INDIRECT_CALL:
        note_call(branch->next);
        return indirect_mispredicted(branch->address, target, before, draw());
    case INDIRECT_JUMP:
        return indirect_mispredicted(branch->address, target, before, draw());
    case RETURN:
        return return_mispredicted(target);
    default:
        return false;
    }
}

/* Lets every predictor see that `branch` went to `target`, and says whether they were wrong. */
static inline bool predicted_wrongly(struct branch *branch, uint64_t target, uint64_t now)
{
    if (branch->kind == CONDITIONAL)
        return conditional(branch, target, now);
    return unconditional(branch, target);
}

#endif
