"""IO4: the fast-I/O bundle, only where nobody can notice when the output arrives."""

from collections.abc import Callable

import pytest

from pie_lsp.values.candidate import Candidate, Grant

Rewrites = Callable[..., list[str]]
Proposals = Callable[..., list[Candidate]]

FRAME = """\
#include <bits/stdc++.h>
using namespace std;
{before}
int main() {{
    int n;
    cin >> n;
    cout << n << endl;
{body}
}}
"""
SYNC = "    ios::sync_with_stdio(false);\n"
TIE = "    cin.tie(nullptr);\n"


def framed(body: str = "", before: str = "") -> str:
    return FRAME.format(before=before, body=body)


def faster(source: str, calls: str = SYNC + TIE) -> str:
    return source.replace("int main() {\n", "int main() {\n" + calls).replace("endl", "'\\n'")


def test_bundles_all_three(rewrites: Rewrites) -> None:
    source = framed()
    assert rewrites("IO4", source) == [faster(source)]


def test_edits_of_another_function_are_granted(proposals: Proposals) -> None:
    source = framed(before="void show(int x) { cout << x << endl; }")
    from_show, from_main = proposals("IO4", source, "show"), proposals("IO4", source, "main")
    assert from_show[0].edits == from_main[0].edits
    assert from_show[0].grants == {Grant.MAIN, Grant.WHOLE_FILE}
    assert from_main[0].grants == {Grant.WHOLE_FILE}
    assert proposals("IO4", framed(), "main")[0].grants == frozenset()


@pytest.mark.parametrize(
    ("present", "missing"),
    [
        ("    ios::sync_with_stdio(false);\n", TIE),
        ("    ios_base::sync_with_stdio(0);\n", TIE),
        ("    cin.tie(0);\n", SYNC),
        ("    cin.tie(NULL);\n", SYNC),
        ("    ios::sync_with_stdio(0); cin.tie(0);\n", ""),
        ("    cin.tie(0)->sync_with_stdio(0);\n", ""),
    ],
)
def test_only_the_missing_parts_are_added(rewrites: Rewrites, present: str, missing: str) -> None:
    source = framed().replace("int main() {\n", "int main() {\n" + present)
    assert rewrites("IO4", source) == [faster(source, missing)]


def test_nothing_is_missing(rewrites: Rewrites) -> None:
    source = faster(framed())
    assert rewrites("IO4", source) == []


def test_a_program_that_reads_nothing_is_not_untied(rewrites: Rewrites) -> None:
    source = "#include <iostream>\nint main() {\n    std::cout << 1 << std::endl;\n}\n"
    expected = source.replace("{\n", "{\n    std::ios::sync_with_stdio(false);\n").replace(
        "std::endl", "'\\n'"
    )
    assert rewrites("IO4", source) == [expected]


def test_names_are_qualified_where_std_is_not_used(rewrites: Rewrites) -> None:
    source = "#include <iostream>\nusing std::cin;\nint main() {\n\tint n;\n\tcin >> n;\n}\n"
    added = "{\n\tstd::ios::sync_with_stdio(false);\n\tcin.tie(nullptr);\n"
    assert rewrites("IO4", source) == [source.replace("{\n", added)]


def test_line_ends_and_one_line_bodies(rewrites: Rewrites) -> None:
    source = "#include <iostream>\r\nusing namespace std;\r\nint main() {\r\n  int n; cin >> n;\r\n}\r\n"
    added = "{\r\n  ios::sync_with_stdio(false);\r\n  cin.tie(nullptr);\r\n"
    assert rewrites("IO4", source) == [source.replace("{\r\n", added)]
    source = "#include <iostream>\nusing namespace std;\nint main() { int n; cin >> n; }\n"
    assert rewrites("IO4", source) == [
        source.replace("{ int", "{ ios::sync_with_stdio(false); cin.tie(nullptr); int")
    ]


def test_endl_of_other_streams_and_in_macros_stays(rewrites: Rewrites) -> None:
    source = framed(
        "    ofstream log; log << n << endl;\n    cerr << n << endl; SHOW(n);",
        "#define SHOW(x) cout << x << endl;",
    )
    lines = source.split("\n")
    lines = [line.replace("cout << n << endl", "cout << n << '\\n'") for line in lines]
    assert rewrites("IO4", source) == [
        "\n".join(lines).replace("int main() {\n", "int main() {\n" + SYNC + TIE)
    ]


def test_endl_as_a_macro_is_no_flush(rewrites: Rewrites) -> None:
    source = framed(before="#define endl '\\n'")
    assert rewrites("IO4", source) == [source.replace("int main() {\n", "int main() {\n" + SYNC + TIE)]


def test_a_padded_value_is_no_padded_line_end(rewrites: Rewrites) -> None:
    source = framed("    cout << setw(3) << n << endl; cout << setw(4) << left << n + 1 << endl;")
    assert rewrites("IO4", source) == [faster(source)]


def test_redirecting_the_streams_first_is_fine(rewrites: Rewrites) -> None:
    source = framed().replace("    int n;", '    freopen("in.txt", "r", stdin);\n    int n;')
    assert rewrites("IO4", source) == [faster(source)]


def test_case_headings_are_no_prompts(rewrites: Rewrites) -> None:
    source = framed('    while (n--) { int x; cin >> x; cout << "Case #" << n << ": " << x << endl; }')
    source = source.replace("    cout << n << endl;\n", "")
    assert rewrites("IO4", source) == [faster(source)]


def test_headers_of_the_user_are_read(rewrites: Rewrites) -> None:
    source = framed(before='#include "fast.h"')
    assert rewrites("IO4", source, headers=(b"inline int twice(int x) { return 2 * x; }",)) == [
        faster(source)
    ]
    assert rewrites("IO4", source, headers=(b'inline void p(int x) { std::printf("%d", x); }',)) == []
    assert rewrites("IO4", source) == [], "the header is not known"


STDIO = (
    'printf("%d", n);',
    'scanf("%d", &n);',
    'puts("x");',
    "putchar('x');",
    "n = getchar();",
    "gets(buffer);",
    "fgets(buffer, 9, stdin);",
    "fread(buffer, 1, 9, stdin);",
    "fwrite(buffer, 1, 9, stdout);",
    'perror("x");',
    "n = getchar_unlocked();",
    'fputs("x", stdout);',
    'fprintf(stderr, "x");',
    "setvbuf(stdout, 0, _IONBF, 0);",
    "write(1, buffer, 9);",
    "read(0, buffer, 9);",
    "putc('x', stdout);",
    "ungetc('x', stdin);",
    'std::print("x");',
    "write(STDOUT_FILENO, buffer, 9);",
)


@pytest.mark.parametrize("statement", STDIO)
def test_refuses_stdio(rewrites: Rewrites, statement: str) -> None:
    assert rewrites("IO4", framed("    " + statement, "char buffer[10];")) == []
    assert rewrites("IO4", framed(before="char buffer[10]; void other(int n) { " + statement + " }")) == []


def test_refuses_stdio_in_a_macro(rewrites: Rewrites) -> None:
    assert rewrites("IO4", framed(before='#define SHOW(x) printf("%d", x)')) == []


def test_stdio_in_a_comment_or_text_is_none(rewrites: Rewrites) -> None:
    source = framed('    cout << "printf" << 1; // scanf', "/* puts */")
    assert rewrites("IO4", source) == [faster(source)]


@pytest.mark.parametrize(
    ("broken", "body", "before"),
    [
        ("an explicit flush", "cout << n << flush;", ""),
        ("a flush by a member", "cout.flush();", ""),
        ("a flush of C", "fflush(stdout);", ""),
        ("every operation flushes", "cout << unitbuf;", ""),
        ("the buffer is replaced", "cout.rdbuf(nullptr);", ""),
        ("the program aborts", "if (n) abort();", ""),
        ("an assertion may abort", "assert(n > 0);", ""),
        ("it ends without writing out", "_exit(0);", ""),
        ("it ends quickly", "quick_exit(0);", ""),
        ("it forks", "if (fork() == 0) n++;", ""),
        ("it runs another program", 'system("ls");', ""),
        ("it starts a thread", "thread t([] {}); t.join();", ""),
        ("it runs in parallel", "n++;", "#pragma omp parallel"),
        ("an exception may end it", "if (n) throw 1;", ""),
        ("somebody watches it", "this_thread::sleep_for(1s);", ""),
        ("clog would be held back", 'clog << "x";', ""),
        ("wide streams", 'wcout << L"x";', ""),
        ("cin is tied to something else", "cin.tie(&cout);", ""),
        ("synchronisation is wanted", "ios::sync_with_stdio(true);", ""),
        ("cin is a file", 'ifstream cin("x");', ""),
        ("cout is something else", "n++;", "#define cout cerr"),
        ("a width is pending", "cout.width(4);", ""),
        ("the streams are redirected late", 'freopen("x", "w", stdout);', ""),
        ("a global prints before main", "n++;", "int early = (cout << 1, 2);"),
        ("a global calls what may print", "n++;", "int f() { cout << 1; return 1; }\nint early = f();"),
        ("a global's constructor prints", "n++;", "struct Early { Early() { cout << 1; } };\nEarly early;"),
        ("a foreign header could do anything", "n++;", "#include <boost/log.hpp>"),
        ("a prompt", 'cout << "Enter a number: "; cin >> n;', ""),
        ("a prompt with a line end", 'cout << "Your name?" << endl; cin >> n;', ""),
        ("any open line before a read", 'cout << "n = "; cin >> n;', ""),
        ("a prompt before a declaration", 'cout << "x> "; string s; getline(cin, s);', ""),
        ("a prompt at the end of a loop", 'while (cin >> n) { cout << n; cout << "> "; }', ""),
        ("a prompt of one letter", "cout << '>'; cin >> n;", ""),
        ("a prompt on the other stream", 'cerr << "n: "; cin >> n;', ""),
        ("a question to a judge", 'cout << "? " << n << endl; cin >> n;', ""),
        ("an answer to a judge", 'cout << "! " << n << endl;', ""),
        ("please", 'cout << "please wait"; n++;', ""),
    ],
)
def test_refuses(rewrites: Rewrites, broken: str, body: str, before: str) -> None:
    assert rewrites("IO4", framed("    " + body, before)) == []


MIXES = {
    "wprintf": 'int main() { cout << 1 << endl; wprintf(L"b"); }',
    "putwchar": "int main() { cout << 1 << endl; putwchar(L'b'); }",
    "a builtin": 'int main() { cout << 1 << endl; __builtin_printf("b"); }',
    "a device": 'int main() { ofstream o("/dev/stdout"); cout << 1 << endl; o << 2 << endl; }',
    "readsome": "int main() { char c; cout << cin.readsome(&c, 1) << endl; }",
    "a descriptor": 'int main() { int fd = 1; cout << 1 << endl; ::write(fd, "b", 1); }',
    "main again": "int n = 0; int main() { cout << n << endl; if (n++ < 2) main(); }",
}


@pytest.mark.parametrize("name", MIXES)
def test_refuses_other_ways_to_the_streams(rewrites: Rewrites, name: str) -> None:
    assert rewrites("IO4", "#include <bits/stdc++.h>\nusing namespace std;\n" + MIXES[name]) == []


def test_refuses_interactive_programs(rewrites: Rewrites) -> None:
    assert rewrites("IO4", framed(), interactive=True) == []


def test_refuses_programs_of_several_files(rewrites: Rewrites) -> None:
    assert rewrites("IO4", framed(), other_units=True) == []


def test_refuses_a_file_without_main(rewrites: Rewrites) -> None:
    source = "#include <iostream>\nvoid f() { std::cout << 1 << std::endl; }\n"
    assert rewrites("IO4", source, "f") == []


def test_refuses_where_main_cannot_be_read(rewrites: Rewrites) -> None:
    source = "#include <iostream>\nvoid f() { std::cout << 1 << std::endl; }\nint main() { f(; }\n"
    assert rewrites("IO4", source, "f") == []


def test_a_function_without_streams_is_not_asked(rewrites: Rewrites) -> None:
    source = framed(before="int twice(int x) { return 2 * x; }")
    assert rewrites("IO4", source, "twice") == []
