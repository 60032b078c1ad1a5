"""Checks that nothing new comes in that could hide a fault, see the harness, or do without the algorithm."""

import re
from collections import Counter
from collections.abc import Sequence

from pie_lsp.cpp.tokens import TokenKind
from pie_lsp.verify.guards.change import Change, Version

_LANGUAGE = frozenset(
    b"""asm __asm __asm__ goto reinterpret_cast const_cast volatile __volatile__ __attribute__ __attribute
    __declspec _Pragma __pragma noexcept __extension__ register union setjmp longjmp
    """.split()
)
"""Language that turns checks off, or that no reader of the diff can judge."""

_WORLD = frozenset(
    b"""chrono high_resolution_clock steady_clock system_clock clock_gettime gettimeofday timespec_get rdtsc
    __rdtsc random_device default_random_engine mt19937 mt19937_64 random_shuffle srand drand48 lrand48 rand_r
    thread jthread async pthread_create this_thread promise packaged_task execution par_unseq sleep_for usleep
    nanosleep getenv secure_getenv setenv putenv environ __environ ifstream ofstream fstream filebuf freopen
    fopen fdopen tmpfile filesystem popen mmap mmap64 shm_open dlopen dlsym dlmopen syscall fork vfork clone
    execl execlp execle execv execvp execvpe posix_spawn ptrace socket connect getpid getppid gettid atexit
    at_quick_exit on_exit sigaction program_invocation_name program_invocation_short_name getauxval
    _rdtsc __rdtscp __rdpmc _rdpmc _xgetbv __cpuid __cpuid_count __get_cpuid __get_cpuid_count __get_cpuid_max
    sched_getcpu get_nprocs get_nprocs_conf sysconf getrusage sbrk malloc_usable_size backtrace pthread_self
    fesetround fesetenv feupdateenv _mm_setcsr
    __FILE__ __BASE_FILE__ __LINE__ __DATE__ __TIME__ __TIMESTAMP__ __COUNTER__ current_zone locale setlocale
    """.split()
)
"""Clocks, chance, threads, the environment, the processor's kind and state, files and other processes."""

_OF_THE_MACHINE = re.compile(
    rb"_rd(rand|seed)\d*_step"
    rb"|__builtin_(cpu_|return_address|frame_address|thread_pointer|ia32_(rd|xgetbv|readeflags|ldmxcsr))"
)
"""The same, as families of names."""

_PROMISES = frozenset((b"__builtin_unreachable", b"__builtin_assume", b"__assume"))
"""What tells the compiler that something never happens, which no test can show."""

_CALLS = frozenset(
    b"""time clock rand random open openat read write pread pwrite system signal raise kill abort exit _exit
    _Exit quick_exit terminate sleep alarm getcwd readlink stat unreachable
    """.split()
)
"""The same, by names that programs also give to their own variables: only calls of them count."""

_VALUES_FOLLOW = frozenset(b"return else case throw new delete sizeof co_return".split())
"""Keywords behind which a name is used and not declared."""

_TAMPERING = re.compile(
    rb"__(asan|ubsan|sanitizer|lsan|tsan|interceptor|libc|malloc|cxa|gcov|cyg)|_GLIBCXX|no_sanitize"
)


def no_forbidden_words(change: Change) -> str | None:
    """No more of the words above than there were."""
    more = change.new.words - change.old.words
    for word in sorted(more):
        if word in _LANGUAGE or word in _PROMISES:
            return f"It adds {word.decode()}, which nobody can check."
        if word in _WORLD or _OF_THE_MACHINE.match(word):
            return f"It adds {word.decode()}, so that more than the input could decide what it does."
        if _TAMPERING.search(word):
            return f"It adds {word.decode('utf-8', 'backslashreplace')}, which interferes with the checks."
    # A function that the change itself brings makes no word harmless: it may be an overload of the system's.
    own = _functions(change.old)
    calls = _calls(change.new, own) - _calls(change.old, own) or _taken(change.new) - _taken(change.old)
    if calls:
        return f"It adds a call of {min(calls).decode()}, so that more than its algorithm changes."
    return None


def _functions(version: Version) -> frozenset[bytes]:
    """Names of the file's functions outside of classes and namespaces."""
    refs = (function.ref for function in version.table.functions)
    return frozenset(ref.name.encode() for ref in refs if ref.name == ref.qualified_name)


def _calls(version: Version, own: frozenset[bytes]) -> Counter[bytes]:
    """Calls of the words in `_CALLS` as functions of the system, not as members or as `own` functions."""
    found: Counter[bytes] = Counter()
    texts = version.texts
    for place, word in enumerate(texts):
        if word not in _CALLS or word in own:
            continue
        before = texts[place - 1] if place else b""
        after = texts[place + 1] if place + 1 < len(texts) else b""
        if before == b"::" or (after == b"(" and before not in (b".", b"->")):
            found[word] += 1
    return found


def _taken(version: Version) -> Counter[bytes]:
    """Words of `_CALLS` whose address may be taken: neither called, nor members, nor declared in the file."""
    found: Counter[bytes] = Counter()
    declared: set[bytes] = set()
    texts = version.texts
    for place, word in enumerate(texts):
        if word not in _CALLS:
            continue
        before = texts[place - 1] if place else b""
        after = texts[place + 1] if place + 1 < len(texts) else b""
        if _is_declared(texts, place):
            declared.add(word)
        elif after != b"(" and before not in (b".", b"->"):
            found[word] += 1
    return Counter({word: count for word, count in found.items() if word not in declared})


def _is_declared(texts: Sequence[bytes], place: int) -> bool:
    """Whether the word stands behind a type: ``char *time``, and not ``= *system``."""
    place -= 1
    while place > 0 and texts[place] in (b"*", b"&"):
        place -= 1
    before = texts[place] if place >= 0 else b""
    return before == b">" or (before[:1].isalpha() and before not in _VALUES_FOLLOW)


def no_catch_all(change: Change) -> str | None:
    """No handler that swallows everything."""
    old, new = (_runs(version, (b"catch", b"(", b"...")) for version in (change.old, change.new))
    return "It adds a handler that swallows every exception." if new > old else None


def no_attributes(change: Change) -> str | None:
    """No attribute, which could switch a check off."""
    old, new = (_runs(version, (b"[", b"[")) for version in (change.old, change.new))
    return "It adds an attribute, which could switch a check off." if new > old else None


def no_paths(change: Change) -> str | None:
    """No literal that names a file of the system."""
    old, new = (
        Counter(text for text in version.of_kind(TokenKind.STRING) if re.search(rb'["(]/\w', text))
        for version in (change.old, change.new)
    )
    return "It adds the name of a file." if new - old else None


def _runs(version: Version, wanted: tuple[bytes, ...]) -> int:
    """How often the texts stand one after the other."""
    texts = version.texts
    return sum(texts[at : at + len(wanted)] == wanted for at in range(len(texts) - len(wanted) + 1))


CHECKS = (no_forbidden_words, no_catch_all, no_attributes, no_paths)
