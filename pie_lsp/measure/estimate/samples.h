/* Short stretches of what the program did, spread over its run: which blocks in which order, whether the branch
 * before each was mispredicted, which addresses they touched and how long they divided. What waited for what is
 * made from them afterwards.
 *
 * Their clock counts blocks that are executed and fetch blocks that are entered, which is nearly the machine's time;
 * a loop that lies in one fetch block enters none. As a run goes on, every other stretch is dropped and the rest
 * come twice as far apart, so a long run has no more of them than a short one. From 128 of them, estimates of
 * speedups are right to 4.3 % nine times in ten where 32 give 4.6 % (9.6 % and 10.7 % on PIE's machine, whose caches
 * are faster), and going through them takes four times as long.
 *
 * As text, behind the blocks: `stretch`, and then for each block that ran `ran NUMBER MISPREDICTED EVENTS` with the
 * block's place among the lines of blocks. The events are in hexadecimal without spaces, twelve bytes each:
 *
 *     two of the instruction, its place in the block
 *     one of the kind: 0 to 3 for a load from L1, L2, L3 or memory, 4 to 7 for a store, 8 for a division, and 9 for one
 *     whose end was mispredicted
 *     one of the size in bytes; nothing for a division
 *     eight of the address, or of the rounds of the division */
#ifndef PIE_SAMPLES_H
#define PIE_SAMPLES_H

#include "blocks.h"
#include "writing.h"

enum { STRETCHES = 32, STRETCH_CLOCK = 240, STRETCH_EVENTS = 1024, FIRST_PERIOD = 768 };

enum sampled_kind { LOADED = 0, STORED = 4, DIVIDED = 8 };

struct sampled {
    struct block *block; /* that ran; nothing for the events in it, which follow */
    uint64_t value;      /* an address, or rounds */
    uint16_t instruction;
    uint8_t kind; /* with the level, or whether something was mispredicted */
    uint8_t size;
};

struct stretch {
    unsigned events;
    struct sampled event[STRETCH_EVENTS];
};
static struct stretch stretches[STRETCHES];
static unsigned stretch_count;
static struct stretch *recording;
static uint64_t recording_switches = FIRST_PERIOD;
static uint64_t sampling_period = FIRST_PERIOD;
static uint64_t sampling_dice = 1;
static uint64_t blocks_executed;

static void drop_every_other_stretch(void)
{
    for (unsigned i = 1; i < STRETCHES / 2; i++)
        stretches[i] = stretches[2 * i];
    stretch_count = STRETCHES / 2;
    sampling_period *= 2;
}

/* Begins or ends a stretch. The time between two of them varies, so that no loop of the program keeps step. */
static PIE_OUT_OF_LINE void switch_recording(uint64_t now)
{
    if (recording) {
        recording = NULL;
        sampling_dice = sampling_dice * 6364136223846793005u + 1442695040888963407u;
        recording_switches = now + sampling_period / 2 + (sampling_dice >> 33) % sampling_period;
        return;
    }
    if (stretch_count == STRETCHES)
        drop_every_other_stretch();
    recording = &stretches[stretch_count++];
    recording->events = 0;
    recording_switches = now + STRETCH_CLOCK;
}

static PIE_OUT_OF_LINE void note(struct sampled event)
{
    if (recording->events < STRETCH_EVENTS)
        recording->event[recording->events++] = event;
}

static PIE_OUT_OF_LINE void note_block(struct block *block, bool mispredicted)
{
    note((struct sampled){block, 0, 0, mispredicted, 0});
}

static PIE_OUT_OF_LINE void note_access(const struct site *site, qemu_plugin_meminfo_t info, uint64_t address, unsigned level)
{
    unsigned kind = (qemu_plugin_mem_is_store(info) ? STORED : LOADED) + level;
    unsigned size = 1u << qemu_plugin_mem_size_shift(info);
    note((struct sampled){NULL, address, site->instruction, (uint8_t)kind, (uint8_t)size});
}

static PIE_OUT_OF_LINE void note_division(uint16_t instruction, unsigned rounds, bool mispredicted)
{
    note((struct sampled){NULL, rounds, instruction, (uint8_t)(DIVIDED + mispredicted), 0});
}

static void write_event(FILE *file, const struct sampled *event)
{
    if (event->block) {
        fputs("\nran ", file);
        write_number(file, event->block->number);
        putc_unlocked(' ', file);
        write_number(file, event->kind);
        putc_unlocked(' ', file);
        return;
    }
    write_bytes(file, event->instruction, 2);
    write_bytes(file, event->kind, 1);
    write_bytes(file, event->size, 1);
    write_bytes(file, event->value, 8);
}

/* A stretch begins in the middle of a block, whose events tell nothing. */
static void write_stretches(FILE *file)
{
    for (unsigned i = 0; i < stretch_count; i++) {
        unsigned first = 0;
        while (first < stretches[i].events && !stretches[i].event[first].block)
            first++;
        fputs("stretch", file);
        for (unsigned j = first; j < stretches[i].events; j++)
            write_event(file, &stretches[i].event[j]);
        fputc('\n', file);
    }
}

#endif
