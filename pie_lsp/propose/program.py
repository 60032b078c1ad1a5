"""What must hold of a whole program before its output may be written later than it was.

Used by the input and output rules. It reads the file and the user's headers, and knows nothing of edits.
"""

import re
from dataclasses import dataclass

from pie_lsp.cpp.library import STANDARD_HEADERS
from pie_lsp.cpp.names import FileNames, code_only, read_names
from pie_lsp.cpp.parsed import ParsedFile
from pie_lsp.cpp.tokens import directives

_STDIO = frozenset(
    b"printf scanf puts putchar getchar gets fgets fread fwrite perror getchar_unlocked putchar_unlocked "
    b"getc putc fputs fputc fgetc fscanf fprintf vprintf vscanf vfprintf vfscanf ungetc setvbuf setbuf "
    b"fileno fdopen "
    b"stdin stdout stderr fread_unlocked fwrite_unlocked fgets_unlocked fputs_unlocked getc_unlocked "
    b"putc_unlocked getline_unlocked dprintf println vprint_unicode getdelim psignal putw getw fclose "
    b"wprintf fwprintf vwprintf vfwprintf wscanf fwscanf vwscanf vfwscanf putwchar putwc fputwc fputws "
    b"getwchar getwc fgetwc fgetws ungetwc putwchar_unlocked getwchar_unlocked fwide vdprintf "
    b"fputc_unlocked fgetc_unlocked stdio_filebuf stdio_sync_filebuf FILE".split()
)
_MOVES = frozenset(
    b"readsome in_avail showmanyc putback unget seekg tellg seekp tellp sync pubsync pubseekoff copyfmt "
    b"exceptions writev readv preadv pwritev sendfile splice vmsplice mmap constructor init_priority goto "
    b"set_terminate put_time put_money get_money".split()
)
_FLUSHES = frozenset(b"flush fflush unitbuf flush_emit osyncstream emit rdbuf flush_all _flushall".split())
_ENDS_EARLY = frozenset(
    b"abort _exit _Exit quick_exit terminate kill raise signal sigaction longjmp assert fork vfork clone "
    b"execl execlp execle execv execvp execve execvpe posix_spawn system popen syscall dup dup2 dup3 pipe "
    b"asm __asm__ __builtin_trap __builtin_abort __builtin_unreachable alarm ualarm setitimer".split()
)
_THREADS = frozenset(
    b"thread jthread async pthread_create future promise packaged_task mutex atomic omp "
    b"co_await co_yield co_return barrier latch".split()
)
_WATCHED = frozenset(
    b"sleep usleep nanosleep sleep_for sleep_until getch getche kbhit _getch _kbhit initscr printw refresh "
    b"isatty tcsetattr ioctl poll select epoll_wait socket".split()
)
_OTHER_STREAMS = frozenset(b"wcin wcout wcerr wclog clog".split())
_HAZARDS = _STDIO | _FLUSHES | _ENDS_EARLY | _THREADS | _WATCHED | _OTHER_STREAMS | _MOVES

_WORD = re.compile(rb"[A-Za-z_]\w*")
_LITERAL = re.compile(rb'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
_DESCRIPTOR_CALL = re.compile(
    rb"\b(?:read|write|pread|pwrite|fdatasync|fsync)\s*\(\s*(?:[012]\b|STD\w+_FILENO)"
)
_SYSTEM_CALL = re.compile(rb"(?<!\w)::\s*(?:read|write)\s*\(")
_BARE_CALL = re.compile(rb"(?<![.>:\w])(?:return\s+)?(read|write)\s*\(")
_BUILTIN = re.compile(rb"\b_\w*(?:print|scan|put|get|write|read)\w*\s*\(")
_DEVICE = re.compile(rb"/dev/|/proc/|\bCON(?:IN|OUT)\$")
_ALIAS = re.compile(rb"\bauto\s*[&*]+\s*\w+\s*[=({]\s*&?\s*(?:std\s*::\s*)?c(?:in|out|err)\b")
_HELD_STREAM = re.compile(rb"\b[io]*stream\s*[&*]\s*\w+\s*;|\breference_wrapper\b")
_STD_PRINT = re.compile(rb"\bstd\s*::\s*print\b")
_OWN_STREAM = re.compile(rb"\b(\w+)\s*[&*]?\s+(?:cin|cout|cerr)\s*[({;=,]")
_REOPEN = re.compile(rb"\bfreopen\s*\([^;{}]*?\bstd(?:in|out)\s*\)")
_STREAM_WORD = re.compile(rb"\b(?:cin|cout|cerr|getline)\b")
_SYNC = re.compile(rb"\bsync_with_stdio\s*\(\s*(\w*)\s*\)")
_TIE = re.compile(rb"\.\s*tie\s*\(\s*([^()]*?)\s*\)")
_CIN_TIE = re.compile(rb"\bcin\s*\.\s*tie\s*\(\s*(?:nullptr|NULL|0|false)\s*\)")
_WIDTH = re.compile(rb"\.\s*width\s*\(")
_MAIN = re.compile(rb"\bmain\b")
_DOUBTFUL = (_DESCRIPTOR_CALL, _STD_PRINT, _WIDTH, _SYSTEM_CALL, _BUILTIN, _ALIAS, _HELD_STREAM)
_TRUSTED_FOLDERS = (b"atcoder/", b"ext/pb_ds/")
_NULL = frozenset({b"nullptr", b"NULL", b"0", b"false", b""})


@dataclass(frozen=True, slots=True)
class Program:
    """The text of a whole program: `code` without comments and literals, macros included."""

    file_code: bytes
    code: bytes
    names: FileNames
    has_headers: bool
    texts: bytes

    @property
    def words(self) -> frozenset[bytes]:
        """Every word of the program."""
        return frozenset(_WORD.findall(self.code))

    @property
    def is_unsynced(self) -> bool:
        """It calls ``sync_with_stdio`` already."""
        return b"sync_with_stdio" in self.words

    @property
    def is_untied(self) -> bool:
        """It unties `cin` already."""
        return _CIN_TIE.search(self.code) is not None

    @property
    def reads(self) -> bool:
        """It uses `cin`."""
        return b"cin" in self.words


def read_program(file: ParsedFile, headers: tuple[bytes, ...]) -> Program:
    """Read the file and the user's headers."""
    sources = (file.data, *headers)
    codes = [code_only(source) for source in sources]
    macros = b"\n".join(_macro_text(source) for source in sources)
    return Program(
        codes[0], b"\n".join((*codes, macros)), read_names(file, headers), bool(headers), b"\n".join(sources)
    )


def may_buffer(program: Program) -> bool:
    """Whether the program's output may reach its reader later than it does, all at once at the end.

    False in any doubt: a peer or a person waits for a line, C's streams are used besides C++'s, the
    program may end without writing out its buffers, or part of the program is not known.
    """
    if not _knows_headers(program):
        return False
    code = _REOPEN.sub(b"", program.code) if _reopens_first(program) else program.code
    words = set(_WORD.findall(code))
    if words & _HAZARDS or _DEVICE.search(program.texts) or len(_MAIN.findall(program.code)) > 1:
        return False
    if any(pattern.search(code) for pattern in _DOUBTFUL):
        return False
    if any(found.group(1) not in program.names.functions for found in _BARE_CALL.finditer(code)):
        return False
    if {b"cin", b"cout", b"cerr", b"endl"} & set(program.names.types | program.names.functions):
        return False
    if {b"cin", b"cout", b"cerr", b"std"} & set(program.names.macros):
        return False
    if any(found.group(1) != b"return" for found in _OWN_STREAM.finditer(code)):
        return False
    synced = [found.group(1) for found in _SYNC.finditer(code)]
    if len(synced) != code.count(b"sync_with_stdio") or not set(synced) <= {b"false", b"0"}:
        return False
    return all(found.group(1) in _NULL for found in _TIE.finditer(code))


def _reopens_first(program: Program) -> bool:
    """Whether `main` redirects its streams before it uses any, and nobody else does."""
    found = list(_REOPEN.finditer(program.file_code))
    start = re.search(rb"\bmain\s*\(", program.file_code)
    if not found or start is None or len(found) != program.code.count(b"freopen"):
        return False
    before = program.file_code[start.end() : found[-1].start()]
    return found[0].start() > start.end() and not _STREAM_WORD.search(before)


def _knows_headers(program: Program) -> bool:
    local = sum(
        include.is_local and include.name not in STANDARD_HEADERS for include in program.names.includes
    )
    if local and not program.has_headers:
        return False
    foreign = [include.name for include in program.names.includes if not include.is_local]
    return all(name in STANDARD_HEADERS or name.startswith(_TRUSTED_FOLDERS) for name in foreign)


def _macro_text(data: bytes) -> bytes:
    lines = (data[token.span.start : token.span.end] for token in directives(data))
    return b"\n".join(_LITERAL.sub(b" ", line) for line in lines if b"include" not in line)
