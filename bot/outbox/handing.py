"""What both hear of a hand-over: which cases, from whom to whom."""

from collections.abc import Mapping
from typing import Any

from bot.desk.desk import Desk
from bot.outbox.buttons import Card
from bot.outbox.reminders import may_read
from bot.texts import Texts
from storage import cases, people


async def handed_over(desk: Desk, texts: Texts, facts: Mapping[str, Any], to: str) -> Card | None:
    """The list for whoever gave and for whoever took."""
    giver, taker = facts["giver"], facts["taker"]
    names = await people.names(desk.tx, [giver, *([taker] if taker is not None else [])])
    known = await cases.by_ids(desk.tx, facts["cases"])
    numbers = [known[one].number for one in facts["cases"] if await may_read(desk, known[one], to)]
    other = names.get(giver if facts["reader"] == "taker" else taker or 0)
    return (texts.handed_over(facts["reader"], other, numbers), None) if numbers else None
