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
 *   --lifeline FD          a pipe; when its other end is closed, by will or by death, all of this ends
 *   --limit NAME VALUE     cpu, as, nproc, nofile, fsize, stack (setrlimit); core is always 0
 *   --tasks N              nproc, counted from what the user runs now (RLIMIT_NPROC counts all of it)
 *   --cwd FOLDER           where PROGRAM starts
 *   --env NAME=VALUE       one variable; nothing is inherited
 *   --user ID              become this user and group; without it the user stays
 *   --see-all              keep the right to read everything over --user: root's folders are closed to others
 *   --landlock             confine the file system to the following (landlock(7))
 *   --read PATH, --run PATH, --write PATH    read; read and execute; read and change
 *   --own-proc             read /proc/self, which sanitizers need
 *   --try-filter           go on where the kernel has no system-call filter (seccomp(2))
 */
#define _GNU_SOURCE
#include "launcher.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int report = 2, lifeline = -1;

void fail(const char *what)
{
    dprintf(report, "error %s: %s\n", what, strerror(errno));
    _exit(125);
}

/* ---- options ---------------------------------------------------------------------------------- */

struct options options = {
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
    for (int i = 0; i < LIMITS; i++)
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
        else if (strcmp(word, "--lifeline") == 0) lifeline = atoi(value);
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
    for (int i = 0; i < LIMITS; i++) {
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
    if (syscall(SYS_capget, &header, caps) != 0)
        fail("capget");
    int capability = CAP_DAC_READ_SEARCH;
    /* Containers withhold it, and leave a stronger one, which is as good where Landlock bounds writing. */
    if (options.landlock && !(caps[0].permitted & (1u << capability)))
        capability = CAP_DAC_OVERRIDE;
    unsigned keep = options.see_all ? caps[0].permitted & (1u << capability) : 0;
    caps[0] = (struct __user_cap_data_struct){keep, keep, keep};
    caps[1] = (struct __user_cap_data_struct){0, 0, 0};
    if (syscall(SYS_capset, &header, caps) != 0)
        fail("capset");
    if (keep && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) != 0)
        fail("ambient capability");
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

/* Wait until a child ended (1) or the lifeline was cut (0). */
static int wait_for_child(int children)
{
    /* A descriptor below 0 is left out by poll. */
    struct pollfd waited[2] = {{children, POLLIN, 0}, {lifeline, POLLIN, 0}};
    while (poll(waited, 2, -1) < 0)
        if (errno != EINTR)
            fail("poll");
    struct signalfd_siginfo signal;
    if (waited[1].revents != 0)
        return 0;
    return read(children, &signal, sizeof signal) > 0;
}

int main(int count, char **words)
{
    char **program = read_options(count, words);
    sigset_t awaited, before;
    fcntl(report, F_SETFD, FD_CLOEXEC);
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGCHLD);
    sigprocmask(SIG_BLOCK, &awaited, &before);
    int children = signalfd(-1, &awaited, SFD_CLOEXEC);
    if (children < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        fail("prctl");
    pid_t self = getpid(), child = fork();
    if (child < 0)
        fail("fork");
    if (child == 0)
        become_program(program, self, &before);
    setpgid(child, child);
    while (wait_for_child(children)) {
        int status;
        for (pid_t ended; (ended = waitpid(-1, &status, WNOHANG)) > 0;)
            if (ended == child) {
                kill_all(child);
                write_report(status);
                return 0;
            }
    }
    kill_all(child);
    return 125;
}
