"""Sealing a case after it was submitted: from then on no group reads of it, and their cards of it are covered."""

from dataclasses import replace

from bot.cases.case import Case
from bot.cases.errors import NotOpen
from bot.desk import following, showing, withdrawing
from bot.desk.desk import Desk
from storage import cards, cases

SEALED = "sealed"
"""A line of history: the reporter asked for secrecy."""


async def seal(desk: Desk, case: Case) -> bool:
    """Seal an open case. Whether groups have seen it: what they read is read, their cards and files are taken back.

    Those on duty and the dispatchers get it privately. Safe to repeat. Raises NotOpen where somebody was faster.
    """
    seen = [to for _, to in await cards.places(desk.tx, case.id) if to.startswith("unit:")]
    if case.confidential:
        return bool(seen)
    after = replace(case, sealed=True, version=case.version + 1)
    if case.ended or not await cases.change(desk.tx, case, after):
        raise NotOpen
    await following.note(desk, after, SEALED)
    await showing.refresh_cards(desk, after)
    await showing.show_to_centre(desk, after)
    if after.unit_id is not None:
        await showing.show_to_unit(desk, after)
    await withdrawing.take_back(desk, after)
    return bool(seen)
