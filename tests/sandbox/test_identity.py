"""The user that programs of root run as."""

import os

import pytest

from pie_lsp.sandbox import identity


def test_an_ordinary_user_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert identity.unused_identity() is None


def test_root_becomes_somebody_whom_nobody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "_largest_range", lambda name: range(0, 1 << 32))
    chosen = {identity.unused_identity() for _ in range(20)}
    assert len(chosen) > 10
    assert all(number is not None and 1_000_000_000 <= number < 1_900_000_000 for number in chosen)


def test_in_a_container_only_numbers_that_exist_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "_largest_range", lambda name: range(0, 65536))
    number = identity.unused_identity()
    assert number is not None
    assert 32768 <= number < 65535


def test_where_there_is_nobody_else_root_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "_largest_range", lambda name: range(0, 1))
    assert identity.unused_identity() is None


def test_the_map_of_this_namespace_is_read() -> None:
    assert os.getuid() in identity._largest_range("uid_map") or os.getuid() != 0
    assert identity._largest_range("there is none") == range(0)
