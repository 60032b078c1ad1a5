/* Which system calls the program may make: a filter (seccomp(2)) that denies the dangerous ones. */
#define _GNU_SOURCE
#include "launcher.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "pie-lsp confines programs on x86-64 and AArch64 only"
#endif

/* Ways to the network, to other processes, to memory that no limit counts, to changing files that can
 * only be read (Landlock does not guard modes, owners, times and attributes, and truncating only since
 * Linux 6.2), or to the kernel's depths; setsid and setpgid, since leaving the process group would
 * escape the kill at the end. */
static const int denied[] = {
    SYS_socket, SYS_socketpair, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_pidfd_send_signal,
    SYS_process_madvise, SYS_kcmp, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
    SYS_migrate_pages, SYS_move_pages, SYS_setsid, SYS_setpgid,
    SYS_memfd_create, SYS_shmget, SYS_semget, SYS_msgget, SYS_mq_open,
    SYS_truncate, SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_utimensat,
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
#ifdef SYS_chmod
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
    452 /* fchmodat2 */, 463 /* setxattrat */, 466 /* removexattrat */, 469 /* file_setattr */,
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount,
    SYS_fsopen, SYS_fsmount, SYS_fspick, SYS_mount_setattr, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key,
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff,
    SYS_acct, SYS_quotactl, SYS_settimeofday, SYS_clock_settime, SYS_clock_adjtime, SYS_adjtimex,
    SYS_sethostname, SYS_setdomainname, SYS_syslog, SYS_vhangup, SYS_fanotify_init,
};

enum { MAX_FILTER = 256, NEW_NAMESPACES = 0x7E020080 };

static struct sock_filter filter[MAX_FILTER];
static unsigned short filter_length;

static void emit(unsigned short code, unsigned value, unsigned char yes, unsigned char no)
{
    filter[filter_length++] = (struct sock_filter){code, yes, no, value};
}

static void load(size_t offset) { emit(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
static void skip_unless_equal(unsigned value, int count) { emit(BPF_JMP | BPF_JEQ | BPF_K, value, 0, count); }
static void refuse(int error) { emit(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error, 0, 0); }
static void permit(void) { emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0); }
static void load_number(void) { load(offsetof(struct seccomp_data, nr)); }
static void load_argument(int index) { load(offsetof(struct seccomp_data, args) + 8 * index); }

/* System call `number` only about process `pid` (or `also`), since others are not its business. */
static void only_about(int number, unsigned pid, unsigned also)
{
    skip_unless_equal(number, 5);
    load_argument(0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, pid, 1, 0);
    skip_unless_equal(also, 1);
    permit();
    refuse(EPERM);
}

/* Opening to read must not truncate; `argument` holds the flags of system call `number`. */
static void no_truncating_reader(int number, int argument)
{
    skip_unless_equal(number, 5);
    load_argument(argument);
    emit(BPF_ALU | BPF_AND | BPF_K, O_TRUNC | O_ACCMODE, 0, 0);
    skip_unless_equal(O_TRUNC | O_RDONLY, 1);
    refuse(EPERM);
    permit();
}

static void build_filter(unsigned self)
{
    load(offsetof(struct seccomp_data, arch));
    emit(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    emit(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
    load_number();
    /* The x32 table has the same calls under other numbers. */
    emit(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    refuse(ENOSYS);
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        skip_unless_equal(denied[i], 1);
        refuse(EPERM);
    }
    /* The flags of these two are out of a filter's sight; the C library falls back to the older calls. */
    skip_unless_equal(SYS_clone3, 1);
    refuse(ENOSYS);
    skip_unless_equal(SYS_openat2, 1);
    refuse(ENOSYS);
#ifdef SYS_open
    no_truncating_reader(SYS_open, 1);
#endif
    no_truncating_reader(SYS_openat, 2);
    skip_unless_equal(SYS_clone, 4);
    load_argument(0);
    emit(BPF_JMP | BPF_JSET | BPF_K, NEW_NAMESPACES, 1, 0);
    permit();
    refuse(EPERM);
    only_about(SYS_kill, self, self);
    only_about(SYS_tgkill, self, self);
    only_about(SYS_prlimit64, self, 0);
    /* F_SETOWN, F_SETSIG and F_SETOWN_EX make the kernel signal somebody else. */
    skip_unless_equal(SYS_fcntl, 6);
    load_argument(1);
    emit(BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN, 3, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, F_SETSIG, 2, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN_EX, 1, 0);
    permit();
    refuse(EPERM);
    permit();
}

void install_filter(void)
{
    build_filter(getpid());
    struct sock_fprog program = {filter_length, filter};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0 && !options.try_filter)
        fail("seccomp");
}
