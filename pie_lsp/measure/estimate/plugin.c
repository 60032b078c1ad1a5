/* Counts what decides the cycles of gem5's Skylake model while QEMU runs a program: fetch blocks entered,
 * how branches were predicted, rounds of divisions, misses of the caches. Every count belongs to the block of code in
 * which it happened. The counts go to the file of `out=`, as text:
 *
 *     pie-counters 4
 *     start ADDRESS           where the program's own code was loaded
 *     threads 0|1             it started a thread or a process
 *     clock N                 it asked N times for the time, random numbers or its process number
 *     syscalls N              system calls, those of its start included
 *     quotients 0|1           the quotients of divisions could be read, so that their rounds are counted
 *     block ADDRESS COUNT ENTERED REPEATED MISPREDICTED ROUNDS MEMORY_MISSES L3_HITS MEMORY_STORES BYTES
 *     under NUMBER block ...  with `attribute=`, what of a block ran under that function (see `attribute.h`)
 *     stretch, ran …          parts of the run as it went (samples.h)
 *     end N                   number of blocks; missing where writing failed
 *
 * It knows nothing of micro-ops and cycles: those are made from the bytes of the blocks afterwards. The file is
 * in the common part of C and C++, because either compiler may be the only one there is.
 */
#include "attribute.h"
#include "blocks.h"
#include "branch.h"
#include "cache.h"
#include "division.h"
#include "qemu_api.h"
#include "samples.h"
#include "syscalls.h"
#include "writing.h"

#include <inttypes.h>
#include <unistd.h>

PIE_EXPORT int qemu_plugin_version = PIE_QEMU_API;

static const char *output_path;
static pid_t counted_process;
static uint64_t start_of_code;
static bool start_is_known;
static unsigned cpus;

/* Where execution is: the block before, its last fetch block and its last line. */
static struct block nothing;
static struct block *previous = &nothing;
static uint64_t fetched = UINT64_MAX;
static uint64_t code_line = UINT64_MAX;

/* ---- While the program runs. */

static PIE_OUT_OF_LINE unsigned miss_first_level(struct block *block, uint64_t line)
{
    unsigned misses = misses_behind(line);
    block->memory_misses += misses > 1;
    block->l3_hits += misses == 1;
    return misses;
}

static PIE_OUT_OF_LINE void enter_lines(struct block *block)
{
    for (uint64_t line = block->first >> LINE_SHIFT; line <= block->last >> LINE_SHIFT; line++) {
        if (line == code_line)
            continue;
        code_line = line;
        if (!cache_hit(l1_instructions, L1_SETS, line))
            miss_first_level(block, line);
    }
}

static PIE_OUT_OF_LINE void settle(struct block *block, uint64_t next)
{
    settle_end(block, next);
    fetched = block->last >> FETCH_SHIFT;
}

static void on_block(unsigned int vcpu, void *data)
{
    (void)vcpu;
    struct block *block = (struct block *)data;
    struct block *before = previous;
    previous = block;
    bool mispredicted = false;
    if (before->branch.kind == UNSETTLED)
        settle(before, block->first);
    else if (before->branch.kind != NO_BRANCH && predicted_wrongly(&before->branch, block->first, block_clock)) {
        before->mispredicted++;
        mispredicted = true;
    }
    block->count++;
    if (block->first >> FETCH_SHIFT != fetched) {
        block->entered++;
        block_clock++;
    }
    block_clock += block->inside;
    if (recording)
        note_block(block, mispredicted);
    if (++blocks_executed + block_clock >= recording_switches)
        switch_recording(blocks_executed + block_clock);
    fetched = block->last >> FETCH_SHIFT;
    if (block->first >> LINE_SHIFT != code_line || block->last >> LINE_SHIFT != code_line)
        enter_lines(block);
}

/* A further repetition of a string instruction is not fetched again. */
static void on_repeated_string(unsigned int vcpu, void *data)
{
    struct block *block = (struct block *)data;
    if (previous->last != block->last) {
        on_block(vcpu, data);
        return;
    }
    previous = block;
    block->count++;
    block->repeated++;
}

static void on_attributed_block(unsigned int vcpu, void *data)
{
    struct block *before = previous;
    on_block(vcpu, data);
    attribute(before, (struct block *)data);
}

static void on_attributed_string(unsigned int vcpu, void *data)
{
    struct block *before = previous;
    on_repeated_string(vcpu, data);
    attribute(before, (struct block *)data);
}

enum { LINE_BYTES = 1 << LINE_SHIFT };

/* The level that has the data, the further one of two: 0 is L1, 1 L2, 2 L3, 3 memory. */
static unsigned search_lines(qemu_plugin_meminfo_t info, uint64_t address, struct site *site)
{
    struct block *block = site->block;
    uint64_t line = address >> LINE_SHIFT;
    unsigned size = 1u << qemu_plugin_mem_size_shift(info);
    uint64_t last_line = (address + size - 1) >> LINE_SHIFT;
    site->fits = (uint8_t)(LINE_BYTES - size);
    unsigned level = cache_hit(l1_data, L1_SETS, line) ? 0 : 1 + miss_first_level(block, line);
    if (last_line != line && !cache_hit(l1_data, L1_SETS, last_line)) {
        unsigned further = 1 + miss_first_level(block, last_line);
        level = further > level ? further : level;
    }
    block->memory_stores += level == 3 && qemu_plugin_mem_is_store(info);
    return level;
}

static PIE_OUT_OF_LINE void look_at_access(qemu_plugin_meminfo_t info, uint64_t address, struct site *site, bool is_plain)
{
    unsigned level = is_plain ? 0 : search_lines(info, address, site);
    if (recording)
        note_access(site, info, address, level);
}

/* Most accesses are to the line that was the last of its set. */
static void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)vcpu;
    uint64_t line = address >> LINE_SHIFT;
    struct site *site = (struct site *)data;
    bool is_plain = is_newest(l1_data, L1_SETS, line) && address % LINE_BYTES <= site->fits;
    if (is_plain && !recording)
        return;
    look_at_access(info, address, site, is_plain);
}

/* ---- While it is translated. */

static pie_on_execution attributed_callback(struct qemu_plugin_tb *tb, struct block *block, bool repeats)
{
    block->function = function_at(block->first, start_of_code);
    if (is_call_or_return(block)) {
        struct qemu_plugin_insn *end = qemu_plugin_tb_get_insn(tb, qemu_plugin_tb_n_insns(tb) - 1);
        qemu_plugin_register_vcpu_mem_cb(end, on_stack_access, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, block);
    }
    return repeats ? on_attributed_string : on_attributed_block;
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    if (!start_is_known) {
        start_of_code = qemu_plugin_start_code();
        learn_memory(qemu_plugin_tb_get_insn(tb, 0));
        look_at_registers(tb);
        start_is_known = true;
    }
    struct block *block = block_of(tb);
    size_t instructions = qemu_plugin_tb_n_insns(tb);
    size_t size = (size_t)(block->last - block->first) + 1;
    bool repeats = instructions == 1 && is_repeated_string(block->bytes, size);
    pie_on_execution callback = repeats ? on_repeated_string : on_block;
    if (attributes)
        callback = attributed_callback(tb, block, repeats);
    qemu_plugin_register_vcpu_tb_exec_cb(tb, callback, QEMU_PLUGIN_CB_NO_REGS, block);
    for (size_t i = 0; i < instructions; i++)
        qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(tb, i), on_access, QEMU_PLUGIN_CB_NO_REGS,
                                         QEMU_PLUGIN_MEM_RW, &block->sites[i]);
    look_at_divisions(tb, block);
}

/* ---- What cannot be counted. */

static void on_cpu(qemu_plugin_id_t id, unsigned int vcpu)
{
    (void)id;
    (void)vcpu;
    if (++cpus > 1)
        starts_threads = true;
}

/* ---- At the end. */

static void write_block(FILE *file, const struct block *block)
{
    const uint64_t counts[] = {
        block->count,         block->entered, block->repeated,      block->mispredicted, block->rounds,
        block->memory_misses, block->l3_hits, block->memory_stores,
    };
    fputs("block ", file);
    write_hexadecimal(file, block->first);
    putc_unlocked(' ', file);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        write_number(file, counts[i]);
        putc_unlocked(' ', file);
    }
    for (uint64_t i = 0; i <= block->last - block->first; i++)
        write_bytes(file, block->bytes[i], 1);
    fputc('\n', file);
}

static uint64_t write_shares(FILE *file, const struct block *block)
{
    uint64_t written = 0;
    for (const struct share *share = block->shares; share; share = share->next) {
        struct block part = part_of(block, share);
        fprintf(file, "under %u ", share->function);
        write_block(file, &part);
        written++;
    }
    return written;
}

static void on_exit_of_program(qemu_plugin_id_t id, void *data)
{
    (void)id;
    (void)data;
    /* A forked child has a copy of the counters, and only its parent's are asked for. */
    if (getpid() != counted_process)
        return;
    FILE *file = fopen(output_path, "w");
    if (!file)
        return;
    fprintf(file, "pie-counters 4\nstart %" PRIx64 "\nthreads %d\nclock %" PRIu64 "\nsyscalls %" PRIu64 "\nquotients %d\n",
            start_of_code, starts_threads, clock_calls, system_calls, registers_readable);
    if (attributes)
        credit(previous);
    uint64_t written = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (struct block *block = buckets[i]; block; block = block->chained) {
            block->number = written;
            written += write_shares(file, block);
            if (block->count == 0)
                continue;
            write_block(file, block);
            written++;
        }
    }
    write_stretches(file);
    fprintf(file, "end %" PRIu64 "\n", written);
    fclose(file);
}

PIE_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    if (!interface_fits(info))
        return 1;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "out=", 4) == 0)
            output_path = strdup(argv[i] + 4);
        if (strncmp(argv[i], "attribute=", 10) == 0 && !read_functions(argv[i] + 10)) {
            fputs("pie-lsp: the functions of attribute=FILE cannot be read\n", stderr);
            return 1;
        }
    }
    if (!output_path) {
        fputs("pie-lsp: the counters need out=FILE\n", stderr);
        return 1;
    }
    counted_process = getpid();
    empty_caches();
    qemu_plugin_register_vcpu_init_cb(id, on_cpu);
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
    qemu_plugin_register_vcpu_syscall_cb(id, on_syscall);
    qemu_plugin_register_vcpu_syscall_ret_cb(id, on_syscall_end);
    qemu_plugin_register_atexit_cb(id, on_exit_of_program, NULL);
    return 0;
}
