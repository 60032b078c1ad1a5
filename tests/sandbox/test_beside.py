"""Work beside other work: in order, and all of it ends with the first failure."""

import asyncio

import pytest

from pie_lsp.sandbox.beside import all_of


async def test_runs_go_beside_each_other_and_come_back_in_order() -> None:
    second_started = asyncio.Event()

    async def first() -> str:
        await second_started.wait()
        return "first"

    async def second() -> str:
        second_started.set()
        return "second"

    assert await all_of([first(), second()]) == ["first", "second"]


async def test_where_one_fails_none_goes_on() -> None:
    ended = asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def failing() -> None:
        await asyncio.sleep(0)
        raise LookupError("no")

    with pytest.raises(LookupError):
        await all_of([endless(), failing()])
    assert ended.is_set()
