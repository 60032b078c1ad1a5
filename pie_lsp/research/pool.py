"""What the driver knows of the workers: an executor of the standard library's protocol, and two numbers."""

from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """Workers, ready for chunks.

    window    how many chunks are handed over at once; the rest stays with the driver
    patience  seconds without any worker at work, though there is work, after which the pool is taken for
              stuck; None where workers may have to wait for machines
    """

    executor: Executor
    window: int
    patience: float | None


OpenPool = Callable[[], AbstractContextManager[Pool]]
"""Makes a pool, which is closed without waiting for what it is doing."""
