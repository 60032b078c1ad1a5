/* What the three parts of the launcher share: its options, and the way to give up. */
#ifndef PIE_LSP_LAUNCHER_H
#define PIE_LSP_LAUNCHER_H

#include <stdint.h>
#include <sys/resource.h>

enum { MAX_PATHS = 4096, MAX_ENV = 256, LIMITS = 6 };

struct path { char kind; const char *name; };
struct limit { const char *name; int resource; int given; rlim_t value; };

struct options {
    const char *cwd;
    long user, tasks;
    int see_all, landlock, own_proc, try_filter;
    struct limit limits[LIMITS];
    struct path paths[MAX_PATHS];
    int path_count;
    char *environment[MAX_ENV + 1];
    int environment_count;
};

extern struct options options;

/* Report `what` with the system's reason, and end. */
void fail(const char *what) __attribute__((noreturn));

/* A Landlock ruleset of the options' paths, or -1 where none was asked for (launcher_files.c). */
int make_ruleset(void);

/* Take the dangerous system calls away from this process for good (launcher_calls.c). */
void install_filter(void);

#endif
