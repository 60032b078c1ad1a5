"""The flags of each mode."""

from pie_lsp.build.modes import link_flags, mode_flags
from pie_lsp.values.toolchain import BuildMode, Link, Toolchain

CHAIN = Toolchain("/usr/bin/g++", "g++ 12", ("-std=c++17", "-O3", "-Wno-unused", "-lm", "-Wl,-O1"))


def test_the_users_flags_are_in_every_mode_and_libraries_come_last() -> None:
    for mode in BuildMode:
        flags = mode_flags(CHAIN, mode)
        assert "-std=c++17" in flags
        assert "-lm" not in flags
        assert link_flags(CHAIN, mode)[:2] == ("-lm", "-Wl,-O1")


def test_warnings_are_collected_where_the_user_does_not_silence_them() -> None:
    flags = mode_flags(CHAIN, BuildMode.OPTIMIZED)
    assert flags.index("-Wall") < flags.index("-Wno-unused")


def test_sanitizers_have_the_last_word_and_are_dynamic() -> None:
    flags = mode_flags(CHAIN, BuildMode.SANITIZED)
    assert flags.index("-O1") > flags.index("-O3")
    for flag in ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-D_GLIBCXX_ASSERTIONS"):
        assert flag in flags
    assert "-static" not in link_flags(CHAIN, BuildMode.SANITIZED)


def test_only_static_programs_are_linked_statically() -> None:
    assert "-static" in link_flags(CHAIN, BuildMode.OPTIMIZED)
    dynamic = Toolchain("/usr/bin/g++", "g++ 12", (), Link.DYNAMIC)
    assert "-static" not in link_flags(dynamic, BuildMode.OPTIMIZED)
    for mode in BuildMode:
        assert "-Wl,--build-id=none" in link_flags(dynamic, mode)
