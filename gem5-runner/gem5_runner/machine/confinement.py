"""Takes from this process, for good, every call that changes a file by its name. Knows nothing of gem5.

Syscall emulation hands the simulated program's file calls to the machine, and the program learns from
``/proc/self/exe`` where the simulator's own files lie: without this it could write its own figure. What is
open already stays open, so gem5 still writes its statistics and the program its output. Opening to read stays
too, since a dynamic linker needs it. It is a filter of system calls (seccomp(2)), which every rung of a
sandbox lets a process add to its own.
"""

import ctypes
import errno
import os
import platform
import struct

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_AUDIT_ARCH_X86_64 = 0xC000003E
_X32 = 0x40000000
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_EQUAL, _AT_LEAST, _ANY_BIT = 0x15, 0x35, 0x45
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
"""Operations of the filter's machine, and where a call's number and arguments stand (linux/seccomp.h)."""

_CHANGING = {
    "truncate": 76, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87,
    "symlink": 88, "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "utime": 132,
    "mknod": 133, "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "removexattr": 197,
    "lremovexattr": 198, "fremovexattr": 199, "utimes": 235, "mkdirat": 258, "mknodat": 259,
    "fchownat": 260, "futimesat": 261, "unlinkat": 263, "renameat": 264, "linkat": 265, "symlinkat": 266,
    "fchmodat": 268, "utimensat": 280, "renameat2": 316, "fchmodat2": 452, "setxattrat": 463,
    "removexattrat": 466, "file_setattr": 469,
}  # fmt: skip
_ELSEWHERE = {
    "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "fork": 57, "vfork": 58, "execve": 59,
    "kill": 62, "ptrace": 101, "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166,
    "open_by_handle_at": 304, "process_vm_writev": 311, "execveat": 322, "io_uring_setup": 425,
    "open_tree": 428, "move_mount": 429, "fsopen": 430, "pidfd_getfd": 438, "openat2": 437,
}  # fmt: skip
"""Ways around: other processes and namespaces, and calls whose flags a filter cannot see."""
_OPENING = {2: 1, 257: 2}
"""open and openat, and which of their arguments are the flags."""
_TO_WRITE = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC
_WITHOUT_NAME = os.O_TMPFILE & ~os.O_DIRECTORY
"""gem5 makes up files such as /proc/self/maps in a file that never has a name."""


def give_up_changing_files():
    """Raises OSError where the kernel gives no such filter, and nothing is confined."""
    if platform.machine() != "x86_64":
        raise OSError(errno.ENOSYS, "the filter is written for x86-64")
    code = b"".join(_filter())
    held = ctypes.create_string_buffer(code, len(code))
    length = len(code) // 8
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", length, ctypes.addressof(held)))
    libc = ctypes.CDLL(None, use_errno=True)
    for words in (
        (_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program), 0, 0),
    ):
        if libc.prctl(*map(ctypes.c_ulong, words)) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _filter():
    refuse, permit = _step(_RETURN, _ERRNO | errno.EPERM), _step(_RETURN, _ALLOW)
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_EQUAL, _AUDIT_ARCH_X86_64, 1, 0)
    yield refuse
    yield _step(_LOAD, _NUMBER)
    # The x32 table has the same calls under other numbers.
    yield _step(_AT_LEAST, _X32, 0, 1)
    yield refuse
    for number in (*_CHANGING.values(), *_ELSEWHERE.values()):
        yield _step(_EQUAL, number, 0, 1)
        yield refuse
    for number, argument in _OPENING.items():
        yield _step(_EQUAL, number, 0, 6)
        yield _step(_LOAD, _ARGUMENTS + 8 * argument)
        yield _step(_ANY_BIT, _WITHOUT_NAME, 2, 0)
        yield _step(_AND, _TO_WRITE)
        yield _step(_EQUAL, os.O_RDONLY, 0, 1)
        yield permit
        yield refuse
    yield permit


def _step(code, value, yes=0, no=0):
    return struct.pack("HBBI", code, yes, no, value)
