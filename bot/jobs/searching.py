"""Keeps what cases are found by: what was touched since the last time first, then the older ones, the newest first."""

from bot.cases.case import Case
from bot.cases.searching import pieces
from bot.desk.desk import Desk
from storage import cases, counters, words

BATCH = 200
MARK = "words"
BACK = "words back"


async def follow(desk: Desk) -> int:
    """Go on through the history, then back through what was there before. Safe to repeat. Returns how many were due."""
    mark, back = await counters.get(desk.tx, MARK), await counters.get(desk.tx, BACK)
    if mark is None or back is None:
        mark, newest = await words.newest(desk.tx)
        back = newest + 1
        await counters.put(desk.tx, MARK, mark)
    lines = await words.touched(desk.tx, mark, BATCH)
    older = await words.before(desk.tx, back, BATCH - len(lines)) if len(lines) < BATCH and back > 1 else []
    if not lines and not older:
        return 0
    await _learn(desk, {*(case_id for _, case_id in lines), *older})
    if lines:
        await counters.put(desk.tx, MARK, lines[-1][0])
    await counters.put(desk.tx, BACK, older[-1] if older else back)
    return len(lines) + len(older)


async def _learn(desk: Desk, ids: set[int]) -> None:
    known = await cases.by_ids(desk.tx, ids)
    await words.keep(desk.tx, {case.id: pieces(_said(desk, case)) for case in known.values()})


def _said(desk: Desk, case: Case) -> str:
    """What the unit reads of a case: its matter, what happened, where, and what was done."""
    matter = desk.office.catalogue.of(case.matter)
    return "\n".join([matter.name, case.text, case.place, case.result or "", case.order_number or ""])
