from pie_lsp.cpp.functions import find_functions
from pie_lsp.cpp.parse import parse
from pie_lsp.engine.contract import OptimizeRequest
from pie_lsp.server.profiles import KnownProfile, Profiles, place_of, share_of
from pie_lsp.values.profile import FunctionShare, OwnedCost, Profile, ProfileReport
from pie_lsp.values.settings import Settings
from pie_lsp.values.toolchain import Toolchain

from .conftest import document
from .making import OLD, PATH


def known(text: str = OLD, *, out_of_line: bool = True) -> KnownProfile:
    functions = [one.ref for one in find_functions(parse(text.encode())).functions]
    shares = tuple(FunctionShare(one, OwnedCost(5), 0.5, out_of_line) for one in functions)
    report = ProfileReport(
        PATH, Toolchain("g++", "g++", ()), "estimate", "m", "cycles", ("1",), 10, 0, Profile(shares, 0, 10)
    )
    request = OptimizeRequest(PATH, text.encode(), None, Settings())
    return KnownProfile(document="d", request=request, report=report, evidence="e")


def test_the_newest_profile_of_a_file_is_kept() -> None:
    profiles = Profiles()
    assert profiles.of("d") is None
    first, second = known(), known()
    profiles.add(first)
    profiles.add(second)
    assert profiles.of("d") is second and profiles.of("other") is None


def test_a_share_is_found_by_function_and_never_by_position() -> None:
    moved = document("// a comment\n" + OLD)
    function = moved.function("f", None)
    assert function is not None
    share = share_of(known(), moved, function.ref)
    assert share is not None and share.function.name == "f" and share.function.line == 2
    assert place_of(share, moved) == function.ref
    assert place_of(share, document("int other;\n")) is None


def test_what_could_not_be_told_apart_has_no_share() -> None:
    now = document(OLD)
    function = now.function("f", None)
    assert function is not None
    assert share_of(known(out_of_line=False), now, function.ref) is None
