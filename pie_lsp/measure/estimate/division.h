/* How long gem5's microcode divides. It takes a step for each bit of the quotient that is set and one for the zeros
 * behind the last of them: two steps at first, and then four in every round of its loop, or two where bytes are
 * divided. The branch that ends a round is one like any other to the predictor.
 *
 * The quotient is read from QEMU's own registers, which the interface before QEMU 9.0 does not give to plug-ins.
 * While translated code runs, the frame register of the machine points to them (tcg/i386/tcg-target.h, TCG_AREG0),
 * and their first field are the general registers (target/i386/cpu.h). Both is checked at the first instruction
 * of every program, whose stack pointer shows in its first access to memory; where it is not so, nothing is read. */
#ifndef PIE_DIVISION_H
#define PIE_DIVISION_H

#include "blocks.h"
#include "qemu_api.h"
#include "samples.h"

#ifdef __cplusplus
#define PIE_HIDDEN extern "C" __attribute__((visibility("hidden"), used))
#else
#define PIE_HIDDEN __attribute__((visibility("hidden"), used))
#endif

enum { RAX = 0, RSP = 4 };
static bool registers_readable;

/* One division in a block. */
struct division {
    struct block *block;
    uint64_t address;
    uint16_t instruction;
    unsigned bits; /* of the quotient: 8, 16, 32 or 64 */
    bool is_signed;
};

/* The division that a whole instruction is, if any. */
static inline bool is_division(const unsigned char *code, size_t size, struct division *found)
{
    size_t at = skip_prefixes(code, size);
    if (size - at < 2 || (code[at] != 0xf6 && code[at] != 0xf7))
        return false;
    unsigned extension = (code[at + 1] >> 3) & 7;
    if (extension < 6)
        return false;
    bool wide = false, narrow = false;
    for (size_t i = 0; i < at; i++) {
        wide |= (code[i] & 0xf8) == 0x48;
        narrow |= code[i] == 0x66;
    }
    found->bits = code[at] == 0xf6 ? 8 : wide ? 64 : narrow ? 16 : 32;
    found->is_signed = extension == 7;
    return true;
}

static inline unsigned rounds_of(const struct division *division, uint64_t quotient)
{
    unsigned unused = 64 - division->bits;
    uint64_t shifted = quotient << unused;
    if (division->is_signed && (int64_t)shifted < 0)
        shifted = 0 - shifted;
    uint64_t magnitude = shifted >> unused;
    unsigned steps = (unsigned)__builtin_popcountll(magnitude) + !(magnitude & 1);
    unsigned in_round = division->bits == 8 ? 2 : 4;
    return steps <= 2 + in_round ? 1 : (steps - 2 + in_round - 1) / in_round;
}

static PIE_OUT_OF_LINE void divide(const struct division *division, uint64_t quotient)
{
    struct block *block = division->block;
    unsigned rounds = rounds_of(division, quotient);
    block->rounds += rounds;
    bool mispredicted = false;
    for (unsigned round = 1; round <= rounds; round++) {
        if (!conditional_mispredicted(division->address, division->address, round < rounds, block_clock))
            continue;
        mispredicted = true;
        block->mispredicted++;
    }
    if (recording)
        note_division(division->instruction, rounds, mispredicted);
}

#if defined(__x86_64__)

/* Called by the two trampolines, behind the first instruction of the program and behind every division. */
PIE_HIDDEN void pie_registers_at_start(unsigned vcpu, void *data, const uint64_t *registers);
PIE_HIDDEN void pie_registers_after_division(unsigned vcpu, void *data, const uint64_t *registers);

static uint64_t first_stack_pointer;

void pie_registers_at_start(unsigned vcpu, void *data, const uint64_t *registers)
{
    (void)vcpu, (void)data;
    first_stack_pointer = registers[RSP];
}

static void on_first_access(unsigned vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *data)
{
    (void)vcpu, (void)info, (void)data;
    /* The first instruction that touches memory pops or pushes. */
    if (first_stack_pointer)
        registers_readable = address == first_stack_pointer || address == first_stack_pointer - sizeof(uint64_t);
    first_stack_pointer = 0;
}

void pie_registers_after_division(unsigned vcpu, void *data, const uint64_t *registers)
{
    (void)vcpu;
    if (registers_readable)
        divide((const struct division *)data, registers[RAX]);
}

/* Both pass the frame register on as a third argument; their own two stay where they are. */
#define PIE_TRAMPOLINE __attribute__((naked, used)) static void

PIE_TRAMPOLINE at_start(unsigned vcpu __attribute__((unused)), void *data __attribute__((unused)))
{
    __asm__("movq %rbp, %rdx\n\tjmp pie_registers_at_start");
}

PIE_TRAMPOLINE after_division(unsigned vcpu __attribute__((unused)), void *data __attribute__((unused)))
{
    __asm__("movq %rbp, %rdx\n\tjmp pie_registers_after_division");
}

static void look_at_registers(struct qemu_plugin_tb *first)
{
    qemu_plugin_register_vcpu_tb_exec_cb(first, at_start, QEMU_PLUGIN_CB_NO_REGS, NULL);
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(first); i++)
        qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(first, i), on_first_access,
                                         QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
}

/* The registers hold the quotient from the next instruction on. A block is translated again now and then, and each
 * translation needs what its callbacks get for as long as the program runs. */
static void look_at_division(struct qemu_plugin_insn *next, const struct division *division)
{
    struct division *kept = (struct division *)allocate_or_stop(sizeof *kept);
    *kept = *division;
    qemu_plugin_register_vcpu_insn_exec_cb(next, after_division, QEMU_PLUGIN_CB_NO_REGS, kept);
}

#else

static void look_at_registers(struct qemu_plugin_tb *first)
{
    (void)first;
}

static void look_at_division(struct qemu_plugin_insn *next, const struct division *division)
{
    (void)next, (void)division;
}

#endif

static void look_at_divisions(struct qemu_plugin_tb *tb, struct block *block)
{
    size_t instructions = qemu_plugin_tb_n_insns(tb);
    uint64_t at = 0;
    for (size_t i = 0; i + 1 < instructions; i++) {
        size_t size = qemu_plugin_insn_size(qemu_plugin_tb_get_insn(tb, i));
        struct division division = {block, block->first + at, (uint16_t)i, 0, false};
        if (is_division(block->bytes + at, size, &division))
            look_at_division(qemu_plugin_tb_get_insn(tb, i + 1), &division);
        at += size;
    }
}

#endif
