"""Swaps that are asked and answered, and gaps, as they stand when they leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.desk.desk import Desk
from bot.desk.names import unit_name
from bot.outbox.buttons import Card, button, keyboard
from bot.texts import Texts
from storage import roster


async def swap_asked(desk: Desk, texts: Texts, facts: Mapping[str, Any], _to: str) -> Card | None:
    """To the colleague, while it is not answered."""
    asked = await roster.swap_asked(desk.tx, facts["swap"])
    if asked is None or asked.state != "asked":
        return None
    names = await roster.names(desk.tx, [asked.swap.member_id])
    gets = texts.shift_when(asked.swap.day, asked.swap.begins)
    gives = texts.shift_when(asked.swap.other_day, asked.swap.other_begins)
    keys = keyboard(
        [button(texts.swap_yes(), f"du:yes:{asked.unit_id}:{asked.id}")],
        [button(texts.swap_no(), f"du:no:{asked.unit_id}:{asked.id}")],
    )
    return texts.swap_asked(names.get(asked.swap.member_id, ""), gets, gives), keys


async def swap_answered(desk: Desk, texts: Texts, facts: Mapping[str, Any], _to: str) -> Card | None:
    """To whoever asked."""
    asked = await roster.swap_asked(desk.tx, facts["swap"])
    if asked is None:
        return None
    names = await roster.names(desk.tx, [asked.swap.other_id])
    own = texts.shift_when(asked.swap.day, asked.swap.begins)
    theirs = texts.shift_when(asked.swap.other_day, asked.swap.other_begins)
    name, yes = names.get(asked.swap.other_id, ""), asked.state == "agreed"
    return texts.swap_answered(name, own, theirs, yes=yes), None


async def gaps(desk: Desk, texts: Texts, facts: Mapping[str, Any], _to: str) -> Card | None:
    """To the leader, with the way to the plan."""
    spans = [(datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in facts["gaps"]]
    spans = [one for one in spans if one[1] > desk.now()]
    if not spans:
        return None
    name = await unit_name(desk, facts["unit"]) or ""
    return texts.gaps(name, spans), keyboard([button(texts.duty_edit(), f"du:edit:{facts['unit']}:")])
