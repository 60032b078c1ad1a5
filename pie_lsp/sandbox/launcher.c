/* The only trusted program between pie-lsp and a program that is not trusted.
 *
 *   launcher [options] -- PROGRAM [ARGUMENT...]
 *
 * It forks; the child takes on every restriction and becomes PROGRAM, the parent waits, kills whatever
 * PROGRAM left behind, and writes one line to the report descriptor:
 *
 *   exited STATUS MICROSECONDS | signaled NUMBER MICROSECONDS | error SENTENCE
 *
 * MICROSECONDS is user and system time of PROGRAM and all its descendants. No line means that the
 * launcher itself was ended. Options:
 *
 *   --report FD            where the line goes; PROGRAM never inherits it
 *   --parent PID           end at once unless PID is our parent (it may have died before we looked)
 *   --limit NAME VALUE     cpu, as, nproc, nofile, fsize, stack (setrlimit); core is always 0
 *   --tasks N              nproc, counted from what the user runs now (RLIMIT_NPROC counts all of it)
 *   --cwd FOLDER           where PROGRAM starts
 *   --env NAME=VALUE       one variable; nothing is inherited
 *   --user ID              become this user and group; without it the user stays
 *   --see-all              keep CAP_DAC_READ_SEARCH over --user: the folders of root are closed to others
 *   --landlock             confine the file system to the following (landlock(7))
 *   --read PATH, --run PATH, --write PATH    read; read and execute; read and change
 *   --own-proc             read /proc/self, which sanitizers need
 *   --try-filter           go on where the kernel has no system-call filter (seccomp(2))
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int report = 2;

static void fail(const char *what)
{
    dprintf(report, "error %s: %s\n", what, strerror(errno));
    _exit(125);
}

/* ---- options ---------------------------------------------------------------------------------- */

enum { MAX_PATHS = 4096, MAX_ENV = 256 };

struct path { char kind; const char *name; };

static struct {
    pid_t parent;
    const char *cwd;
    long user;
    int see_all, landlock, own_proc, try_filter;
    long tasks;
    struct { const char *name; int resource; int given; rlim_t value; } limits[6];
    struct path paths[MAX_PATHS];
    int path_count;
    char *environment[MAX_ENV + 1];
    int environment_count;
} options = {
    .user = -1,
    .tasks = -1,
    .limits = {{"cpu", RLIMIT_CPU, 0, 0}, {"as", RLIMIT_AS, 0, 0}, {"nproc", RLIMIT_NPROC, 0, 0},
               {"nofile", RLIMIT_NOFILE, 0, 0}, {"fsize", RLIMIT_FSIZE, 0, 0}, {"stack", RLIMIT_STACK, 0, 0}},
};

static void wrong_use(const char *what)
{
    errno = EINVAL;
    fail(what);
}

static void read_limit(const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof options.limits / sizeof *options.limits; i++)
        if (strcmp(options.limits[i].name, name) == 0) {
            options.limits[i].given = 1;
            options.limits[i].value = strtoull(value, NULL, 10);
            return;
        }
    wrong_use("limit");
}

static void add_path(char kind, const char *name)
{
    if (options.path_count == MAX_PATHS)
        wrong_use("too many paths");
    options.paths[options.path_count++] = (struct path){kind, name};
}

static char **read_options(int count, char **words)
{
    for (int i = 1; i < count; i++) {
        const char *word = words[i];
        char *value = i + 1 < count ? words[i + 1] : "";
        if (strcmp(word, "--") == 0) {
            if (i + 1 == count)
                wrong_use("program");
            return words + i + 1;
        }
        if (strcmp(word, "--see-all") == 0) { options.see_all = 1; continue; }
        if (strcmp(word, "--landlock") == 0) { options.landlock = 1; continue; }
        if (strcmp(word, "--own-proc") == 0) { options.own_proc = 1; continue; }
        if (strcmp(word, "--try-filter") == 0) { options.try_filter = 1; continue; }
        i++;
        if (strcmp(word, "--report") == 0) report = atoi(value);
        else if (strcmp(word, "--parent") == 0) options.parent = atoi(value);
        else if (strcmp(word, "--tasks") == 0) options.tasks = atol(value);
        else if (strcmp(word, "--cwd") == 0) options.cwd = value;
        else if (strcmp(word, "--user") == 0) options.user = atol(value);
        else if (strcmp(word, "--read") == 0) add_path('r', value);
        else if (strcmp(word, "--run") == 0) add_path('x', value);
        else if (strcmp(word, "--write") == 0) add_path('w', value);
        else if (strcmp(word, "--limit") == 0 && i + 1 < count) { read_limit(value, words[i + 1]); i++; }
        else if (strcmp(word, "--env") == 0 && options.environment_count < MAX_ENV)
            options.environment[options.environment_count++] = value;
        else wrong_use(word);
    }
    wrong_use("program");
    return NULL;
}

/* ---- resource limits -------------------------------------------------------------------------- */

static void set_limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit now, wanted = {soft, hard};
    /* Nobody may raise a hard limit, so a stricter one that the user already lives under stays. */
    if (getrlimit(resource, &now) == 0 && now.rlim_max < wanted.rlim_max)
        wanted.rlim_max = now.rlim_max;
    if (wanted.rlim_cur > wanted.rlim_max)
        wanted.rlim_cur = wanted.rlim_max;
    if (setrlimit(resource, &wanted) != 0)
        fail("setrlimit");
}

/* Threads that our user runs now, in all processes. */
static long tasks_now(void)
{
    DIR *proc = opendir("/proc");
    long tasks = 0;
    for (struct dirent *entry; proc != NULL && (entry = readdir(proc)) != NULL;) {
        char name[300], line[256];
        unsigned user = 0, threads = 0;
        snprintf(name, sizeof name, "/proc/%s/status", entry->d_name);
        FILE *status = entry->d_name[0] >= '1' && entry->d_name[0] <= '9' ? fopen(name, "re") : NULL;
        if (status == NULL)
            continue;
        while (fgets(line, sizeof line, status) != NULL) {
            sscanf(line, "Uid: %u", &user);
            if (sscanf(line, "Threads: %u", &threads) == 1)
                break;
        }
        fclose(status);
        tasks += user == getuid() ? threads : 0;
    }
    if (proc != NULL)
        closedir(proc);
    return tasks;
}

static void set_limits(void)
{
    for (size_t i = 0; i < sizeof options.limits / sizeof *options.limits; i++) {
        /* The soft limit of processor time sends SIGXCPU, the hard one a second later kills. */
        rlim_t value = options.limits[i].value, grace = options.limits[i].resource == RLIMIT_CPU;
        if (options.limits[i].given)
            set_limit(options.limits[i].resource, value, value + grace);
    }
    if (options.tasks >= 0) {
        rlim_t tasks = tasks_now() + options.tasks;
        set_limit(RLIMIT_NPROC, tasks, tasks);
    }
    set_limit(RLIMIT_CORE, 0, 0);
}

/* ---- another user ----------------------------------------------------------------------------- */

static void become_user(void)
{
    if (options.user < 0)
        return;
    /* access(2) must count the capability too, or temporary folders look closed; a container may refuse. */
    prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP);
    if (setgroups(0, NULL) != 0 || prctl(PR_SET_KEEPCAPS, 1) != 0 ||
        setresgid(options.user, options.user, options.user) != 0 ||
        setresuid(options.user, options.user, options.user) != 0)
        fail("setresuid");
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct caps[2] = {{0, 0, 0}, {0, 0, 0}};
    /* A container may withhold the capability; folders closed to others then stay closed. */
    if (syscall(SYS_capget, &header, caps) != 0)
        fail("capget");
    unsigned keep = options.see_all ? caps[0].permitted & (1u << CAP_DAC_READ_SEARCH) : 0;
    caps[0] = (struct __user_cap_data_struct){keep, keep, keep};
    caps[1] = (struct __user_cap_data_struct){0, 0, 0};
    if (syscall(SYS_capset, &header, caps) != 0)
        fail("capset");
    if (keep && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_READ_SEARCH, 0, 0) != 0)
        fail("ambient capability");
}

/* ---- Landlock --------------------------------------------------------------------------------- */

/* From linux/landlock.h, which older systems have in part only. */
enum {
    EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3,
    ALL_OF_ABI_1 = (1 << 13) - 1, REFER = 1 << 13, TRUNCATE = 1 << 14, IOCTL_DEV = 1 << 15,
    FOR_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV,
    NO_DEVICES = ~((1 << 6) | (1 << 9) | (1 << 10) | (1 << 11)), /* no device nodes, sockets or pipes */
    BIND_TCP_AND_CONNECT_TCP = 3, ABSTRACT_SOCKETS_AND_SIGNALS = 3,
};
struct ruleset { uint64_t files, network, scoped; };
struct rule { uint64_t allowed; int32_t parent; } __attribute__((packed));

static void allow(int ruleset, const char *name, uint64_t access)
{
    struct stat status;
    struct rule rule = {access, open(name, O_PATH | O_CLOEXEC)};
    /* What is not there needs no permission. */
    if (rule.parent < 0)
        return;
    if (fstat(rule.parent, &status) == 0 && !S_ISDIR(status.st_mode))
        rule.allowed &= FOR_FILES;
    if (syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0) != 0)
        fail(name);
    close(rule.parent);
}

/* Opened before the user changes, since paths may be closed to the new one; used after. */
static int make_ruleset(void)
{
    if (!options.landlock)
        return -1;
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (abi < 1)
        fail("Landlock");
    uint64_t files = ALL_OF_ABI_1 | (abi >= 2 ? REFER : 0) | (abi >= 3 ? TRUNCATE : 0) | (abi >= 5 ? IOCTL_DEV : 0);
    struct ruleset wanted = {files, abi >= 4 ? BIND_TCP_AND_CONNECT_TCP : 0,
                             abi >= 6 ? ABSTRACT_SOCKETS_AND_SIGNALS : 0};
    size_t size = abi >= 6 ? sizeof wanted : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    int ruleset = syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
    if (ruleset < 0)
        fail("Landlock");
    for (int i = 0; i < options.path_count; i++) {
        char kind = options.paths[i].kind;
        uint64_t access = READ_FILE | READ_DIR | (kind == 'x' ? EXECUTE : 0);
        allow(ruleset, options.paths[i].name, kind == 'w' ? files & NO_DEVICES & ~(uint64_t)EXECUTE : access);
    }
    if (options.own_proc) {
        char own[64];
        snprintf(own, sizeof own, "/proc/%d", getpid());
        allow(ruleset, own, READ_FILE | READ_DIR);
    }
    return ruleset;
}

/* ---- system calls ----------------------------------------------------------------------------- */

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

static void install_filter(void)
{
    build_filter(getpid());
    struct sock_fprog program = {filter_length, filter};
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0 && !options.try_filter)
        fail("seccomp");
}

/* ---- the two processes ------------------------------------------------------------------------ */

static void become_program(char **program, pid_t launcher, const sigset_t *signals)
{
    setpgid(0, 0);
    int ruleset = make_ruleset();
    if (options.cwd != NULL && chdir(options.cwd) != 0)
        fail(options.cwd);
    set_limits();
    become_user();
    /* A change of user forgets the death signal, so it is asked for only now. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != launcher)
        fail("parent");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail("no_new_privs");
    if (ruleset >= 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        fail("Landlock");
    syscall(SYS_close_range, 3, ~0u, 4 /* CLOSE_RANGE_CLOEXEC */);
    fcntl(report, F_SETFD, FD_CLOEXEC);
    sigprocmask(SIG_SETMASK, signals, NULL);
    install_filter();
    execve(program[0], program, options.environment);
    fail(program[0]);
}

/* Everything that is left shares the process group, which cannot be left; orphans come to us. */
static void kill_all(pid_t group)
{
    do
        kill(-group, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR);
}

static void write_report(int status)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    long long microseconds = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL +
                             usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    if (WIFEXITED(status))
        dprintf(report, "exited %d %lld\n", WEXITSTATUS(status), microseconds);
    else
        dprintf(report, "signaled %d %lld\n", WTERMSIG(status), microseconds);
}

int main(int count, char **words)
{
    char **program = read_options(count, words);
    sigset_t awaited, before;
    fcntl(report, F_SETFD, FD_CLOEXEC);
    /* Whoever ends us, or our parent's death, must reach us as a signal that lets us clean up. */
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGCHLD);
    sigaddset(&awaited, SIGTERM);
    sigprocmask(SIG_BLOCK, &awaited, &before);
    sigdelset(&before, SIGTERM);
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        fail("prctl");
    if (options.parent != 0 && getppid() != options.parent)
        return 125;
    pid_t self = getpid(), child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0)
        become_program(program, self, &before);
    setpgid(child, child);
    for (;;) {
        int status;
        siginfo_t signal;
        if (sigwaitinfo(&awaited, &signal) == SIGTERM) {
            kill_all(child);
            return 125;
        }
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
            if (ended == child) {
                kill_all(child);
                write_report(status);
                return 0;
            }
    }
}
