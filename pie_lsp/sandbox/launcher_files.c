/* Which files the program may see and change: Landlock (landlock(7)), by the options' paths. */
#define _GNU_SOURCE
#include "launcher.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

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
int make_ruleset(void)
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
