"""Call-backs that are overdue."""

from bot.desk import sampling
from bot.desk.desk import Desk

BATCH = 100


async def remind(desk: Desk) -> int:
    """Show what is overdue anew, once."""
    return await sampling.remind(desk, BATCH)
