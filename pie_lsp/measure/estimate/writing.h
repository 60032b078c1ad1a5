/* Numbers as text. A file of counters has some hundred thousand of them, and the C library's `fprintf` would take
 * longer for them than many a program runs. */
#ifndef PIE_WRITING_H
#define PIE_WRITING_H

#include <stdint.h>
#include <stdio.h>

static void write_in_base(FILE *file, uint64_t number, unsigned base)
{
    char digits[20];
    unsigned count = 0;
    do
        digits[count++] = "0123456789abcdef"[number % base];
    while (number /= base);
    while (count)
        putc_unlocked(digits[--count], file);
}

static inline void write_number(FILE *file, uint64_t number)
{
    write_in_base(file, number, 10);
}

static inline void write_hexadecimal(FILE *file, uint64_t number)
{
    write_in_base(file, number, 16);
}

/* The last `count` bytes of a number, the highest first. */
static inline void write_bytes(FILE *file, uint64_t number, unsigned count)
{
    while (count--) {
        putc_unlocked("0123456789abcdef"[number >> (8 * count + 4) & 15], file);
        putc_unlocked("0123456789abcdef"[number >> (8 * count) & 15], file);
    }
}

#endif
