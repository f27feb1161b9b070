"""Letters about quarter sheets: given out, appealed against, decided."""

from datetime import datetime

from bot.cases.assessment import ADJUSTMENTS, Facts, sheet
from bot.desk.desk import Desk
from bot.outbox.buttons import Card, button, keyboard
from bot.texts import Texts
from storage import people, sheets


def ready(texts: Texts, quarter: str, until: datetime) -> Card:
    """The sheet is there to be looked at."""
    return texts.sheet_ready(quarter, until), keyboard([button(texts.sheet_see(), f"s:see:{quarter}")])


async def appeal(desk: Desk, texts: Texts, number: int, recipient: str) -> Card | None:
    """An appeal for a dispatcher, with the ways to decide it; nothing once it is decided."""
    one = await sheets.appeal_by_id(desk.tx, desk.office.seals.content, number)
    if one is None or one.decided_at is not None or recipient == f"person:{one.person_id}":
        return None
    kept = await sheets.of_person(desk.tx, one.person_id, one.quarter)
    score = sheet(Facts(**kept.facts), kept.added).score if kept else None
    name = await people.name_of(desk.tx, one.person_id) or ""
    more = [button(texts.appeal_grant(points), f"s:judge:{number}:{points}") for points in ADJUSTMENTS]
    refuse = button(texts.appeal_refuse(), f"s:judge:{number}:0")
    return texts.appeal_card(name, one.quarter, score, one.words), keyboard(more, [refuse])


async def decided(desk: Desk, texts: Texts, number: int) -> str | None:
    """What became of an appeal, for who made it."""
    one = await sheets.appeal_by_id(desk.tx, desk.office.seals.content, number)
    return texts.appeal_decided(one.quarter, one.points, one.reason) if one else None
