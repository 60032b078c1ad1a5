/* Whose work the code of libraries is: that of the innermost function of the user's which called it, directly or
 * not. Only where `attribute=FILE` names the user's functions; then every count of a block outside them is moved
 * to a share of that block, one for each function it ran under, so that all shares together are the count that
 * an ordinary run has.
 *
 * Calls are followed by where on the stack their return address lies, which the store of a call and the load of
 * a return tell. So functions that never return because of an exception or a jump are forgotten with the part of
 * the stack that they lay on. A program with several stacks may have library code counted under another function
 * until the next code of the user's runs.
 *
 * The file, as text: `code ADDRESS`, where the code begins in the program on the disk, and then for each piece of
 * a function `START END NUMBER`; addresses are in hexadecimal, and numbers count from 1. */
#ifndef PIE_ATTRIBUTE_H
#define PIE_ATTRIBUTE_H

#include "blocks.h"

#include <inttypes.h>

struct piece {
    uint64_t start;
    uint64_t end;
    unsigned function;
};
static struct piece *pieces;
static size_t piece_count;
static uint64_t code_on_disk;
static bool attributes;

/* Everything that a block counts; what is missing here would stay with the block and under no function. */
#define PIE_COUNTS(FOR_EACH) \
    FOR_EACH(count) FOR_EACH(entered) FOR_EACH(repeated) FOR_EACH(mispredicted) FOR_EACH(rounds) \
    FOR_EACH(memory_misses) FOR_EACH(l3_hits) FOR_EACH(memory_stores)

/* What of a block's counts belongs to one function. */
struct share {
    unsigned function;
    struct share *next;
#define PIE_DECLARE(name) uint64_t name;
    PIE_COUNTS(PIE_DECLARE)
};

/* A call that has not returned: where its return address lies, and under which function the caller ran. */
struct frame {
    uint64_t slot;
    unsigned function;
};
static struct frame *frames;
static size_t depth, room;
static unsigned running; /* the innermost function of the user's, 0 before the first */
static uint64_t last_slot;

static void *grown_or_stop(void *memory, size_t size)
{
    void *larger = realloc(memory, size);
    if (!larger) {
        fputs("pie-lsp: no memory left for counting\n", stderr);
        abort();
    }
    return larger;
}

static bool read_functions(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    attributes = fscanf(file, "code %" SCNx64, &code_on_disk) == 1;
    struct piece piece;
    while (fscanf(file, "%" SCNx64 " %" SCNx64 " %u", &piece.start, &piece.end, &piece.function) == 3) {
        pieces = (struct piece *)grown_or_stop(pieces, (piece_count + 1) * sizeof *pieces);
        pieces[piece_count++] = piece;
    }
    fclose(file);
    return attributes;
}

/* The user's function that an address lies in, 0 for none. Asked once for each translation. */
static unsigned function_at(uint64_t address, uint64_t start_of_code)
{
    uint64_t on_disk = address - start_of_code + code_on_disk;
    for (size_t i = 0; i < piece_count; i++) {
        if (pieces[i].start <= on_disk && on_disk < pieces[i].end)
            return pieces[i].function;
    }
    return 0;
}

/* The share of the function that runs now; it comes first afterwards, since it is asked for again soon. */
static struct share *running_share(struct block *block)
{
    struct share **link = &block->shares;
    while (*link && (*link)->function != running)
        link = &(*link)->next;
    struct share *share = *link;
    if (share) {
        *link = share->next;
    } else {
        share = (struct share *)allocate_or_stop(sizeof *share);
        share->function = running;
    }
    share->next = block->shares;
    block->shares = share;
    return share;
}

/* Moves what a block outside the user's functions has counted to the function that it ran under. */
static void credit(struct block *block)
{
    if (block->function || !block->bytes)
        return;
    struct share *share = running_share(block);
#define PIE_MOVE(name) share->name += block->name, block->name = 0;
    PIE_COUNTS(PIE_MOVE)
}

/* The block as if only this share of it had run, for writing it. */
static struct block part_of(const struct block *block, const struct share *share)
{
    struct block part = *block;
#define PIE_TAKE(name) part.name = share->name;
    PIE_COUNTS(PIE_TAKE)
    return part;
}

static void enter_frame(uint64_t slot)
{
    while (depth && frames[depth - 1].slot <= slot)
        depth--;
    if (depth == room) {
        room = room ? 2 * room : 1024;
        frames = (struct frame *)grown_or_stop(frames, room * sizeof *frames);
    }
    frames[depth].slot = slot;
    frames[depth++].function = running;
}

static void leave_frame(uint64_t slot)
{
    while (depth && frames[depth - 1].slot < slot)
        depth--;
    if (depth && frames[depth - 1].slot == slot)
        running = frames[--depth].function;
}

/* Called when `before` has ended and `block` begins. */
static void attribute(struct block *before, const struct block *block)
{
    credit(before);
    if (before->branch.kind == CALL || before->branch.kind == INDIRECT_CALL)
        enter_frame(last_slot);
    else if (before->branch.kind == RETURN)
        leave_frame(last_slot);
    if (block->function)
        running = block->function;
}

static bool is_call_or_return(const struct block *block)
{
    enum branch_kind kind = block->branch.kind;
    return kind == CALL || kind == INDIRECT_CALL || kind == RETURN;
}

/* Of the instruction that calls or returns: a call stores its return address, after it has loaded its target. */
static void on_stack_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)vcpu;
    const struct block *block = (const struct block *)data;
    if (block->branch.kind == RETURN || qemu_plugin_mem_is_store(info))
        last_slot = address;
}

#endif
