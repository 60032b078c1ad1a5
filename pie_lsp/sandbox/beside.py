"""Awaits several pieces of work beside each other, so that one that fails ends all; knows none of them."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

_Result = TypeVar("_Result")


async def all_of(work: Sequence[Coroutine[Any, Any, _Result]]) -> list[_Result]:
    """The results of `work` in its order. Where one fails or we are cancelled, none goes on.

    Raises the first failure as it is and not in a group, since its message is for a person.
    """
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
