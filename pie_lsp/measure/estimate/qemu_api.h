/* The part of QEMU's plug-in interface that the counters use, declared by hand, since no distribution
 * packages the header. Everything that depends on the interface's version is in this file.
 *
 * Version 1 is that of QEMU 4.2 to 8.2 (Debian 12 has 7.2, Ubuntu 24.04 has 8.2). Version 3 changed
 * `qemu_plugin_insn_data`; a later version is declared here, chosen by PIE_QEMU_API, and nowhere else.
 * Source: QEMU, include/qemu/qemu-plugin.h.
 */
#ifndef PIE_QEMU_API_H
#define PIE_QEMU_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define PIE_QEMU_API 1

#ifdef __cplusplus
extern "C" {
#endif

#define PIE_EXPORT __attribute__((visibility("default")))

typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;

struct qemu_plugin_tb;
struct qemu_plugin_insn;

typedef struct qemu_info_t {
    const char *target_name;
    struct {
        int min;
        int cur;
    } version;
    bool system_emulation;
    union {
        struct {
            int smp_vcpus;
            int max_vcpus;
        } system;
    } machine;
} qemu_info_t;

enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS };
enum qemu_plugin_mem_rw { QEMU_PLUGIN_MEM_R = 1, QEMU_PLUGIN_MEM_W, QEMU_PLUGIN_MEM_RW };

typedef void (*pie_on_vcpu)(qemu_plugin_id_t id, unsigned int vcpu);
typedef void (*pie_on_translation)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*pie_on_execution)(unsigned int vcpu, void *data);
typedef void (*pie_on_access)(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *data);
typedef void (*pie_on_syscall)(qemu_plugin_id_t id, unsigned int vcpu, int64_t number, uint64_t a1, uint64_t a2,
                               uint64_t a3, uint64_t a4, uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8);
typedef void (*pie_on_syscall_end)(qemu_plugin_id_t id, unsigned int vcpu, int64_t number, int64_t result);
typedef void (*pie_on_exit)(qemu_plugin_id_t id, void *data);

void qemu_plugin_register_vcpu_init_cb(qemu_plugin_id_t id, pie_on_vcpu callback);
void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, pie_on_translation callback);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, pie_on_execution callback,
                                          enum qemu_plugin_cb_flags flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, pie_on_execution callback,
                                            enum qemu_plugin_cb_flags flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, pie_on_access callback,
                                      enum qemu_plugin_cb_flags flags, enum qemu_plugin_mem_rw rw, void *data);
void qemu_plugin_register_vcpu_syscall_cb(qemu_plugin_id_t id, pie_on_syscall callback);
void qemu_plugin_register_vcpu_syscall_ret_cb(qemu_plugin_id_t id, pie_on_syscall_end callback);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, pie_on_exit callback, void *data);

size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
uint64_t qemu_plugin_tb_vaddr(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t index);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
void *qemu_plugin_insn_haddr(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
unsigned int qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t info);
uint64_t qemu_plugin_start_code(void);

PIE_EXPORT extern int qemu_plugin_version;
PIE_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

#ifdef __cplusplus
}
#endif

/* Copies the `size` bytes of an instruction. */
static inline void copy_instruction(const struct qemu_plugin_insn *insn, unsigned char *to, size_t size)
{
    memcpy(to, qemu_plugin_insn_data(insn), size);
}

/* Whether this QEMU speaks the version that is declared above; says so on standard error if not. */
static inline bool interface_fits(const qemu_info_t *info)
{
    if (info->version.min <= PIE_QEMU_API && PIE_QEMU_API <= info->version.cur && !info->system_emulation)
        return true;
    fprintf(stderr, "pie-lsp: this QEMU has plug-in interface %d to %d, and interface %d is needed\n",
            info->version.min, info->version.cur, PIE_QEMU_API);
    return false;
}

#endif
