"""Waiting in tests for what another program does in its own time."""

import asyncio
from collections.abc import Callable


async def until(done: Callable[[], bool]) -> None:
    """Raises AssertionError if it is not done within 10 seconds."""
    for _ in range(2000):
        if done():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not happen within 10 seconds")
