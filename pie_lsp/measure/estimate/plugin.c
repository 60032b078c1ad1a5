/* Counts what decides the cycles of gem5's Skylake model while QEMU runs a program: fetch blocks entered,
 * mispredicted branches, store misses in the first data cache, misses in the third level. Every count belongs to
 * the block of code in which it happened. The counts go to the file of `out=`, as text:
 *
 *     pie-counters 1
 *     start ADDRESS           where the program's own code was loaded
 *     threads 0|1             it started a thread or a process
 *     clock N                 it asked N times for the time, random numbers or its process number
 *     syscalls N              system calls, those of its start included
 *     block ADDRESS COUNT FETCHES MISPREDICTED STORE_MISSES MEMORY_MISSES BYTES
 *     end N                   number of blocks; missing where writing failed
 *
 * It knows nothing of micro-ops and cycles: those are made from the bytes of the blocks afterwards. The file is
 * in the common part of C and C++, because either compiler may be the only one there is.
 */
#include "blocks.h"
#include "branch.h"
#include "cache.h"
#include "qemu_api.h"
#include "syscalls.h"

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

static PIE_OUT_OF_LINE void enter_lines(struct block *block)
{
    for (uint64_t line = block->first >> LINE_SHIFT; line <= block->last >> LINE_SHIFT; line++) {
        if (line == code_line)
            continue;
        code_line = line;
        if (!cache_hit(l1_instructions, L1_SETS, line))
            block->memory_misses += misses_all_levels(line);
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
    if (before->branch.kind == UNSETTLED)
        settle(before, block->first);
    else if (before->branch.kind != NO_BRANCH)
        before->mispredicted += branch_mispredicted(&before->branch, block->first);
    block->count++;
    block->entered += block->first >> FETCH_SHIFT != fetched;
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

static void miss_first_level(struct block *block, qemu_plugin_meminfo_t info, uint64_t line)
{
    block->store_misses += qemu_plugin_mem_is_store(info);
    block->memory_misses += misses_all_levels(line);
}

/* Accesses of QEMU are of 16 bytes at most, so only one near the end of a line can reach into the next. */
enum { LINE_BYTES = 1 << LINE_SHIFT, LONGEST_ACCESS = 16 };

static PIE_OUT_OF_LINE void search_lines(qemu_plugin_meminfo_t info, uint64_t address, struct block *block)
{
    uint64_t line = address >> LINE_SHIFT;
    uint64_t last_line = (address + (1u << qemu_plugin_mem_size_shift(info)) - 1) >> LINE_SHIFT;
    if (!cache_hit(l1_data, L1_SETS, line))
        miss_first_level(block, info, line);
    if (last_line != line && !cache_hit(l1_data, L1_SETS, last_line))
        miss_first_level(block, info, last_line);
}

static void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)vcpu;
    uint64_t line = address >> LINE_SHIFT;
    if (is_newest(l1_data, L1_SETS, line) && address % LINE_BYTES <= LINE_BYTES - LONGEST_ACCESS)
        return;
    search_lines(info, address, (struct block *)data);
}

/* ---- While it is translated. */

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    (void)id;
    if (!start_is_known) {
        start_of_code = qemu_plugin_start_code();
        learn_memory(qemu_plugin_tb_get_insn(tb, 0));
        start_is_known = true;
    }
    struct block *block = block_of(tb);
    size_t instructions = qemu_plugin_tb_n_insns(tb);
    size_t size = (size_t)(block->last - block->first) + 1;
    bool repeats = instructions == 1 && is_repeated_string(block->bytes, size);
    pie_on_execution callback = repeats ? on_repeated_string : on_block;
    qemu_plugin_register_vcpu_tb_exec_cb(tb, callback, QEMU_PLUGIN_CB_NO_REGS, block);
    for (size_t i = 0; i < instructions; i++)
        qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(tb, i), on_access, QEMU_PLUGIN_CB_NO_REGS,
                                         QEMU_PLUGIN_MEM_RW, block);
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
    uint64_t inside = (block->last >> FETCH_SHIFT) - (block->first >> FETCH_SHIFT);
    uint64_t fetches = inside * (block->count - block->repeated) + block->entered;
    fprintf(file, "block %" PRIx64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " ", block->first,
            block->count, fetches, block->mispredicted, block->store_misses, block->memory_misses);
    for (uint64_t i = 0; i <= block->last - block->first; i++)
        fprintf(file, "%02x", block->bytes[i]);
    fputc('\n', file);
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
    fprintf(file, "pie-counters 1\nstart %" PRIx64 "\nthreads %d\nclock %" PRIu64 "\nsyscalls %" PRIu64 "\n",
            start_of_code, starts_threads, clock_calls, system_calls);
    uint64_t written = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        for (const struct block *block = buckets[i]; block; block = block->chained) {
            if (block->count == 0)
                continue;
            write_block(file, block);
            written++;
        }
    }
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
