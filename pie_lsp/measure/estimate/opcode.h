/* The little that the counters must know of x86-64 machine code: which instructions branch, and which repeat.
 * Source: Intel SDM, volume 2, appendix A (opcode map) and section 2.1.5 (lengths of addresses). */
#ifndef PIE_OPCODE_H
#define PIE_OPCODE_H

#include "branch.h"

#include <stdbool.h>
#include <stddef.h>

static inline bool is_legacy_or_rex_prefix(unsigned char byte)
{
    return byte == 0x66 || byte == 0xf2 || byte == 0xf3 || byte == 0x2e || byte == 0x3e || byte == 0x64
           || (byte & 0xf0) == 0x40;
}

static inline size_t skip_prefixes(const unsigned char *code, size_t size)
{
    size_t at = 0;
    while (at < size && is_legacy_or_rex_prefix(code[at]))
        at++;
    return at;
}

/* Bytes of an opcode of one byte with its ModRM, SIB and displacement; `size` are there. */
static inline size_t length_with_address(const unsigned char *opcode, size_t size)
{
    unsigned char mode = opcode[1] >> 6, base = opcode[1] & 7;
    size_t length = 2;
    if (mode != 3 && base == 4) {
        if (size < 3)
            return 3;
        base = opcode[2] & 7;
        length = 3;
    }
    if (mode == 1)
        return length + 1;
    if (mode == 2 || (mode == 0 && base == 5))
        return length + 4;
    return length;
}

/* What an instruction does to the flow of control. One that is not there to its end is no branch. */
static inline enum branch_kind branch_kind_of(const unsigned char *code, size_t size)
{
    size_t at = skip_prefixes(code, size);
    size_t left = size - at;
    if (left == 0)
        return NO_BRANCH;
    unsigned char opcode = code[at];
    unsigned char second = left > 1 ? code[at + 1] : 0;
    if ((opcode & 0xf0) == 0x70 || (opcode >= 0xe0 && opcode <= 0xe3))
        return left == 2 ? CONDITIONAL : NO_BRANCH;
    if (opcode == 0x0f && (second & 0xf0) == 0x80)
        return left == 6 ? CONDITIONAL : NO_BRANCH;
    if (opcode == 0xeb)
        return left == 2 ? JUMP : NO_BRANCH;
    if (opcode == 0xe9)
        return left == 5 ? JUMP : NO_BRANCH;
    if (opcode == 0xe8)
        return left == 5 ? CALL : NO_BRANCH;
    if (opcode == 0xc3 || opcode == 0xc2)
        return left == (opcode == 0xc3 ? 1u : 3u) ? RETURN : NO_BRANCH;
    if (opcode != 0xff || left < 2 || left != length_with_address(code + at, left))
        return NO_BRANCH;
    unsigned char extension = (second >> 3) & 7;
    return extension == 2 ? INDIRECT_CALL : extension == 4 ? INDIRECT_JUMP : NO_BRANCH;
}

/* Whether an instruction is one of movs, cmps, stos, lods, scas with a repeat prefix. */
static inline bool is_repeated_string(const unsigned char *code, size_t size)
{
    bool repeats = false;
    for (size_t at = 0; at + 1 < size; at++) {
        if (!is_legacy_or_rex_prefix(code[at]))
            return false;
        repeats |= code[at] == 0xf2 || code[at] == 0xf3;
    }
    unsigned char opcode = code[size - 1];
    return repeats && ((opcode >= 0xa4 && opcode <= 0xa7) || (opcode >= 0xaa && opcode <= 0xaf));
}

#endif
