/* Short stretches of what the program did, evenly spread over its run: which blocks in which order, how their branches
 * were predicted, and which addresses they touched. What waits for what is made from them afterwards.
 *
 * The clock is that of fetch blocks, which is nearly the machine's. As a run goes on, every other stretch is
 * dropped and the rest come further apart, so that a long run has no more of them than a short one. */
#ifndef PIE_SAMPLES_H
#define PIE_SAMPLES_H

#include "blocks.h"

enum { STRETCHES = 256, STRETCH_CLOCK = 160, STRETCH_ENTRIES = 1024, FIRST_PERIOD = 512 };

/* Either a block, with the prediction of the branch before it, or an access of the block above it. */
struct sampled {
    struct block *block;
    uint64_t address;
    uint16_t instruction;
    uint8_t detail; /* of a block: enum prediction; of an access: levels that missed, and STORED */
};
enum { STORED = 4, WIDE = 8, DIVIDED = 16 };

struct stretch {
    unsigned entries;
    struct sampled entry[STRETCH_ENTRIES];
};
static struct stretch stretches[STRETCHES];
static unsigned stretch_count;
static struct stretch *recording;
static uint64_t sample_switch = FIRST_PERIOD;
static uint64_t sample_period = FIRST_PERIOD;
static uint64_t sample_dice = 1;

static void thin_stretches(void)
{
    for (unsigned i = 1; i < STRETCHES / 2; i++)
        stretches[i] = stretches[2 * i];
    stretch_count = STRETCHES / 2;
    sample_period *= 2;
}

/* Begins or ends a stretch. The time between two of them varies, so that no loop of the program keeps step. */
static PIE_OUT_OF_LINE void switch_recording(uint64_t now)
{
    if (recording) {
        recording = NULL;
        sample_dice = sample_dice * 6364136223846793005u + 1442695040888963407u;
        sample_switch = now + sample_period / 2 + (sample_dice >> 33) % sample_period;
        return;
    }
    if (stretch_count == STRETCHES)
        thin_stretches();
    recording = &stretches[stretch_count++];
    recording->entries = 0;
    sample_switch = now + STRETCH_CLOCK;
}

static PIE_OUT_OF_LINE void note(struct block *block, uint64_t address, uint16_t instruction, uint8_t detail)
{
    if (recording->entries < STRETCH_ENTRIES)
        recording->entry[recording->entries++] = (struct sampled){block, address, instruction, detail};
}

/* One line a block, each with its accesses. */
static void write_stretches(FILE *file)
{
    for (unsigned i = 0; i < stretch_count; i++) {
        fputs("stretch\n", file);
        bool first = true;
        for (unsigned j = 0; j < stretches[i].entries; j++) {
            const struct sampled *one = &stretches[i].entry[j];
            if (one->block)
                fprintf(file, "%s%" PRIx64 " %u", first ? "" : "\n", one->block->number, one->detail), first = false;
            else if (!first)
                fprintf(file, " %u:%u:%" PRIx64, one->instruction, one->detail, one->address >> 3);
        }
        fputc('\n', file);
    }
}
#endif
