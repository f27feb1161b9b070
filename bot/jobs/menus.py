"""Menus follow the register also where nobody pressed anything: imports, duties that ran out, settings.

A page at a time, round and round; most changes are followed at once where they are made (bot/desk/menus.py). Nobody
waits for a menu: while a broadcast is leaving, none is looked at, since each would take the turn of a message.
"""

from bot.desk import menus
from bot.desk.desk import Desk
from bot.outbox.letters import Kind
from storage import counters, outbox, people

BATCH = 200
MARK = "menus"


async def follow(desk: Desk) -> int:
    """Look at the next page of those who have or should have a menu of their own. Returns how many got another one."""
    if await outbox.waiting_of(desk.tx, Kind.BROADCAST):
        return 0
    mark = await counters.get(desk.tx, MARK)
    page = await people.with_menus(desk.tx, mark, BATCH)
    changed = [one for one in page if await menus.refresh(desk, one)]
    if page or mark is not None:
        await counters.put(desk.tx, MARK, page[-1] if len(page) == BATCH else people.FIRST)
    return len(changed)
