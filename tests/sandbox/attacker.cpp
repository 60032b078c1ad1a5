// A program that tries what no program may do in a sandbox. It says on standard output how far it came.
#include <arpa/inet.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

extern char **environ;

static int say(const char *what, bool worked)
{
    int error = errno;
    printf("%s %s\n", what, worked ? "worked" : strerror(error));
    fflush(stdout);
    return 0;
}

static int connect_to(int port)
{
    int s = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return say("connect", s >= 0 && connect(s, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0);
}

static int read_file(const char *path)
{
    int file = open(path, O_RDONLY);
    if (file < 0)
        return say("read", false);
    char data[4096];
    ssize_t count = read(file, data, sizeof data);
    fwrite(data, 1, count > 0 ? count : 0, stdout);
    return 0;
}

static int change_file(const char *path)
{
    say("append", open(path, O_WRONLY | O_APPEND) >= 0);
    say("truncate", truncate(path, 0) == 0);
    say("open and truncate", open(path, O_RDONLY | O_TRUNC) >= 0);
    say("chmod", chmod(path, 0777) == 0);
    say("touch", utimensat(AT_FDCWD, path, nullptr, 0) == 0);
    say("unlink", unlink(path) == 0);
    return 0;
}

static int create_file(const char *path)
{
    return say("create", open(path, O_WRONLY | O_CREAT, 0666) >= 0);
}

static int eat_memory()
{
    const size_t step = 16 << 20;
    for (int megabytes = 0;; megabytes += 16) {
        void *block = mmap(nullptr, step, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED)
            return printf("stopped at %d MiB\n", megabytes), 0;
        memset(block, 1, step);
    }
}

static int fork_bomb()
{
    int made = 0;
    for (pid_t child; made < 4000; made++) {
        child = fork();
        if (child < 0)
            break;
        if (child == 0)
            for (;;)
                pause();
    }
    return printf("made %d\n", made), 0;
}

// Children that never stop making children; there is nothing to wait for.
static int wild_fork_bomb()
{
    puts("started");
    fflush(stdout);
    for (;;)
        fork();
}

static int leave_daemon()
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            for (int signal = 1; signal < 32; signal++)
                ::signal(signal, SIG_IGN);
            for (;;)
                pause();
        }
        _exit(0);
    }
    wait(nullptr);
    return puts("left one"), 0;
}

static int kill_process(pid_t pid)
{
    say("kill", kill(pid, SIGKILL) == 0);
    say("tgkill", syscall(SYS_tgkill, pid, pid, SIGKILL) == 0);
    say("ptrace", ptrace(PTRACE_ATTACH, pid, nullptr, nullptr) == 0);
    rlimit none = {0, 0};
    say("prlimit", prlimit(pid, RLIMIT_CPU, &none, nullptr) == 0);
    return 0;
}

static int flood()
{
    static char block[1 << 16];
    memset(block, 'x', sizeof block);
    for (;;)
        if (write(1, block, sizeof block) < 0)
            return 1;
}

static int open_many()
{
    int count = 0;
    while (open("/dev/null", O_RDONLY) >= 0)
        count++;
    return printf("opened %d\n", count), 0;
}

// Many files, each within the limit on one.
static int fill_disk()
{
    static char block[1 << 20];
    memset(block, 'x', sizeof block);
    for (int number = 0; number < 4000; number++) {
        char name[32];
        snprintf(name, sizeof name, "file%d", number);
        int file = open(name, O_WRONLY | O_CREAT, 0600);
        if (file < 0 || write(file, block, sizeof block) < 0)
            return say("write", false);
        close(file);
    }
    return say("write", true);
}

static int deep_calls()
{
    say("unshare", unshare(CLONE_NEWUSER) == 0);
    say("memfd", memfd_create("x", 0) >= 0);
    say("shmget", shmget(IPC_PRIVATE, 4096, 0600) >= 0);
    say("setsid", setsid() >= 0);
    say("setuid", getuid() != 0 && setuid(0) == 0);
    say("mount", syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, nullptr) == 0);
    return 0;
}

static int describe(char **words)
{
    for (char **word = words; *word != nullptr; word++)
        printf("word %s\n", *word);
    for (char **name = environ; *name != nullptr; name++)
        printf("environment %s\n", *name);
    struct stat status;
    fstat(0, &status);
    printf("stdin %s %s\n", S_ISREG(status.st_mode) ? "regular" : "other",
           (fcntl(0, F_GETFL) & O_ACCMODE) == O_RDONLY ? "read-only" : "writable");
    for (int descriptor = 3; descriptor < 1024; descriptor++)
        if (fcntl(descriptor, F_GETFD) >= 0)
            printf("descriptor %d\n", descriptor);
    printf("user %s\n", getuid() == 0 ? "root" : "ordinary");
    return 0;
}

int main(int count, char **words)
{
    const char *what = count > 1 ? words[1] : "";
    const char *value = count > 2 ? words[2] : "";
    auto is = [what](const char *name) { return strcmp(what, name) == 0; };
    if (is("connect")) return connect_to(atoi(value));
    if (is("read")) return read_file(value);
    if (is("change")) return change_file(value);
    if (is("create")) return create_file(value);
    if (is("memory")) return eat_memory();
    if (is("forks")) return fork_bomb();
    if (is("wild-forks")) return wild_fork_bomb();
    if (is("daemon")) return leave_daemon();
    if (is("kill")) return kill_process(atoi(value));
    if (is("flood")) return flood();
    if (is("open")) return open_many();
    if (is("fill")) return fill_disk();
    if (is("deep")) return deep_calls();
    if (is("describe")) return describe(words);
    if (is("abort")) abort();
    if (is("exit")) return atoi(value);
    if (is("spin")) for (;;) {}
    if (is("stubborn-spin")) { signal(SIGXCPU, SIG_IGN); for (;;) {} }
    if (is("sleep")) for (;;) pause();
    if (is("echo")) for (int c; (c = getchar()) != EOF;) putchar(c);
    return 0;
}
