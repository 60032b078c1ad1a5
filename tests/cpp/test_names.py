"""The meaning of names in a file, its macros and its headers."""

from pie_lsp.cpp.names import FileNames, code_only, read_names
from pie_lsp.cpp.parse import parse
from pie_lsp.cpp.types import CppType


def names(source: str, *headers: bytes) -> FileNames:
    return read_names(parse(source.encode()), headers)


def test_macros_and_the_words_they_put_in() -> None:
    found = names("#define ADD(x) total += x; \\\n  count++ // remark\n#define N 100\n")
    assert found.macros[b"ADD"].parameters == (b"x",)
    assert found.macros[b"N"].parameters is None
    assert found.macros[b"N"].body == b"100"
    assert found.macro_words == {b"total", b"count"}


def test_using_and_imports() -> None:
    assert names("using namespace std;").reaches_std(b"sort")
    imported = names("using std::sort;")
    assert imported.reaches_std(b"sort") and not imported.reaches_std(b"find")
    assert not names("// using namespace std;").using_std
    assert imported.qualified(b"sort") == b"sort"
    assert imported.qualified(b"find") == b"std::find"


def test_a_name_of_the_user_hides_the_library() -> None:
    found = names("using namespace std;\nint reverse(int x);\nstruct vector { };\n")
    assert found.is_users(b"reverse") and found.is_users(b"vector")
    assert found.qualified(b"reverse") == b"std::reverse"
    assert found.type_of(b"vector") == CppType("vector")
    assert found.type_of(b"std::string") == CppType("string", is_std=True)


def test_aliases_and_macros_for_types() -> None:
    found = names(
        "using namespace std;\ntypedef long long ll;\nusing vi = vector<ll>;\n#define vs vector<string>\n"
        "#define int long long\ntemplate <class T> using V = vector<T>;\n"
    )
    assert found.type_of(b"vi") == CppType("vector", (CppType("long long"),), is_std=True)
    assert found.type_of(b"vs") == CppType("vector", (CppType("string", is_std=True),), is_std=True)
    assert found.type_of(b"int") == CppType("long long")
    of_template = found.type_of(b"V<int>")
    assert of_template is not None and not of_template.is_std, "an alias template is the user's own"


def test_an_alias_with_two_meanings_has_none() -> None:
    found = names("#ifdef A\nusing num = int;\n#else\nusing num = double;\n#endif\n")
    kind = found.type_of(b"num")
    assert kind is None or not kind.is_scalar


def test_an_alias_of_itself_ends() -> None:
    assert names("#define number number\n").type_of(b"number") is None
    assert names("#define a b\n#define b a\n").type_of(b"a") is None


def test_headers_count() -> None:
    found = names('#include "mine.h"\n', b"#define SIZE 3\nstruct set { };\nint count(int a);\n")
    assert found.is_users(b"set") and found.is_users(b"count") and b"SIZE" in found.macros
    assert [(include.name, include.is_local) for include in found.includes] == [(b"mine.h", True)]


def test_code_only_keeps_every_offset() -> None:
    data = b"int a; // b\n#define C\nchar d = 'e'; /* f */ auto g = \"h\";\n"
    code = code_only(data)
    assert len(code) == len(data)
    assert code.split() == b"int a; char d = ; auto g = ;".split()
    assert code.index(b"auto") == data.index(b"auto")
