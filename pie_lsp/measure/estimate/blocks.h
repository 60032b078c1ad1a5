/* Blocks of the program as QEMU translates them, each with what was counted in it. */
#ifndef PIE_BLOCKS_H
#define PIE_BLOCKS_H

#include "branch.h"
#include "opcode.h"
#include "qemu_api.h"

#include <stdlib.h>

/* gem5's fetch buffer holds 16 bytes, aligned. */
enum { FETCH_SHIFT = 4 };

struct block;

/* An instruction of a block. */
struct site {
    struct block *block;
    uint16_t instruction;
    uint8_t fits; /* the last place in a line at which its access does not reach into the next; 0 until it is known */
};

/* What is touched at each execution comes first, so that it shares cache lines of the machine that counts. */
struct block {
    uint64_t count;
    uint64_t entered; /* executions that began in another fetch block than the code before ended in */
    uint64_t first;   /* address of the first byte */
    uint64_t last;    /* address of the last byte */
    struct branch branch;
    uint64_t inside;   /* borders of fetch blocks between its first and its last byte */
    uint64_t repeated; /* executions that only repeated the string instruction, which are not fetched again */
    uint64_t mispredicted;
    uint64_t rounds; /* of gem5's microcode loop that divides */
    uint64_t memory_misses; /* lines that neither L2 nor L3 had, of data or of the block's own code */
    uint64_t l3_hits;       /* lines that L3 had, and not L2 */
    uint64_t memory_stores; /* of `memory_misses`, those that a store asked for */
    unsigned char *bytes;
    struct site *sites; /* one for each instruction */
    uint64_t number;    /* of its first line in the file, known at the end */
    struct block *chained;
    unsigned function; /* of the user's, and shares of the others: only where costs are attributed */
    struct share *shares;
};

/* Fetch blocks that the program has entered so far, the clock of what is in flight. */
static uint64_t block_clock;

enum { BUCKETS = 65536 };
static struct block *buckets[BUCKETS];

static struct block **bucket_of(uint64_t address)
{
    return &buckets[(address * 0x9E3779B97F4A7C15ull) >> 48];
}

static void *allocate_or_stop(size_t size)
{
    void *memory = calloc(1, size);
    if (!memory) {
        fputs("pie-lsp: no memory left for counting\n", stderr);
        abort();
    }
    return memory;
}

static size_t size_of(const struct qemu_plugin_tb *tb)
{
    size_t size = 0;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++)
        size += qemu_plugin_insn_size(qemu_plugin_tb_get_insn(tb, i));
    return size;
}

/* The longest instruction has 15 bytes, and QEMU's pages of the program 4096. */
enum { LONGEST_INSTRUCTION = 15, PAGE = 4096 };

/* QEMU ends a block before an instruction that reaches into another page, but shows us the first bytes of that
 * instruction as if they were the block's last (7.2, accel/tcg/translator.c). Where that may have happened, the
 * next block decides: it begins with that instruction then. */
static enum branch_kind kind_of_end(const struct block *block, size_t last_length)
{
    const unsigned char *instruction = block->bytes + (block->branch.address - block->first);
    enum branch_kind kind = branch_kind_of(instruction, last_length);
    bool near_page_end = PAGE - block->branch.address % PAGE < LONGEST_INSTRUCTION;
    bool is_first = block->branch.address == block->first;
    if (kind == NO_BRANCH && near_page_end && !is_first && !is_repeated_string(instruction, last_length))
        return UNSETTLED;
    return kind;
}

/* Settles such a block, now that the one after it is known. */
static void settle_end(struct block *block, uint64_t next)
{
    block->branch.kind = NO_BRANCH;
    if (next != block->branch.address)
        return;
    block->last = block->branch.address - 1;
    block->inside = (block->last >> FETCH_SHIFT) - (block->first >> FETCH_SHIFT);
}

static struct block *new_block(const struct qemu_plugin_tb *tb, size_t size)
{
    struct block *block = (struct block *)allocate_or_stop(sizeof *block);
    block->bytes = (unsigned char *)allocate_or_stop(size);
    block->first = qemu_plugin_tb_vaddr(tb);
    block->last = block->first + size - 1;
    block->inside = (block->last >> FETCH_SHIFT) - (block->first >> FETCH_SHIFT);
    block->sites = (struct site *)allocate_or_stop(qemu_plugin_tb_n_insns(tb) * sizeof *block->sites);
    size_t at = 0, length = 0;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++, at += length) {
        const struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
        block->sites[i] = (struct site){block, (uint16_t)i, 0};
        length = qemu_plugin_insn_size(insn);
        copy_instruction(insn, block->bytes + at, length);
    }
    block->branch.address = block->first + at - length;
    block->branch.next = block->first + at;
    block->branch.kind = kind_of_end(block, length);
    return block;
}

static bool has_bytes_of(const struct block *block, const struct block *other)
{
    return block->first == other->first && block->last == other->last
           && memcmp(block->bytes, other->bytes, (size_t)(block->last - block->first) + 1) == 0;
}

/* The block of a translation. QEMU translates the same code again after it has emptied its buffer, and other
 * code at the same address where a program loads libraries itself: same bytes at the same place, same block. */
static struct block *block_of(const struct qemu_plugin_tb *tb)
{
    struct block *block = new_block(tb, size_of(tb));
    struct block **bucket = bucket_of(block->first);
    for (struct block *known = *bucket; known; known = known->chained) {
        if (has_bytes_of(known, block)) {
            free(block->bytes);
            free(block->sites);
            free(block);
            return known;
        }
    }
    block->chained = *bucket;
    *bucket = block;
    return block;
}

#endif
