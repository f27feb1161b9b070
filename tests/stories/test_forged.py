"""Forged and stale presses: whoever has no right to a case changes nothing by any callback data, in whatever chat.

YASHU_FORGED=20000 sends so many; without it a few hundred.
"""

import asyncio
import os
from random import Random

from sqlalchemy import func, select

from bot.cases.actions import Action
from bot.outbox.buttons import Press
from storage import moving
from storage.tables import inbox, metadata
from storage.tables import outbox as owed
from tests.stories.office import FIRE, LAMP, SECRET, goes_to, reports, solved
from tests.stories.steps import nothing_failed
from tests.town import Json, Person, Town

MANY = int(os.environ.get("YASHU_FORGED", "400"))
AT_ONCE = 200
BOOKKEEPING = {"leases", inbox.name, owed.name}
TALKING = {"dialogs"}
"""A press may end or begin the talk of whoever presses, with themselves."""

DEEDS = (*Action, "open", "order", "units", "card", "files", "more", "fewer", "hear", "remind", "number")
VALUES = ("", "1", "2", "3", "4", "0", "unit", "centre", "contacted.yes", "satisfied.5", "dispatch", "x" * 20)
WORDS = ("or", "orx", "st", "u", "un", "mute", "pub", "bind", "r", "grid", "regrid", "p", "d", "w", "wk", "b", "ap")


async def prints(town: Town) -> dict[str, moving.Sum]:
    """A fingerprint of every table that is not the engine's own."""
    kept = [table for name, table in metadata.tables.items() if name not in BOOKKEEPING | TALKING]
    async with town.app.database.read() as tx:
        return {table.name: await moving.sum_of(tx, table) for table in kept}


async def old_buttons(*people: Person) -> list[str]:
    """The data of every button that these people were ever shown."""
    found: list[str] = []
    for person in people:
        for message in await person.messages():
            markup: Json = message.get("reply_markup") or {}
            rows: list[list[Json]] = markup.get("inline_keyboard", [])
            found += [button["callback_data"] for row in rows for button in row if "callback_data" in button]
    return found


def forged(dice: Random, stale: list[str]) -> str:
    """An old button of another, one of ours that was never drawn, or noise."""
    kind = dice.random()
    if kind < 0.3:
        return dice.choice(stale)
    if kind < 0.8:
        value = dice.choice(VALUES)
        return Press(dice.randrange(1, 9), str(dice.choice(DEEDS)), dice.randrange(9), value).pack()[:64]
    if kind < 0.9:
        parts = [dice.choice(WORDS), *(dice.choice(("show", "list", "1", "", "p1", "u2", "x")) for _ in range(3))]
        return ":".join(parts)
    return "".join(dice.choice("c:;0123456789abcxyz路-_{}\"'") for _ in range(dice.randrange(1, 20)))


async def test_no_forged_or_stale_press_has_any_effect(town: Town) -> None:
    await goes_to(town, 9)
    for person in (town.resident, town.neighbour, town.head, town.other_responder):
        await person.sends("/start")
    lamp = await reports(town, LAMP)
    await reports(town, FIRE, "3栋冒烟", danger=True)
    await reports(town, SECRET, "有人收钱")
    await reports(town, LAMP, "没有地点", node=None)
    await solved(town.community_group, lamp.number)
    await reports(town, LAMP, "又一盏")
    theirs = await reports(town, LAMP, "滨河的灯", node="DX01020101")
    await town.admin.sends("/people 孙桂芳")
    await town.admin.presses("离岗")
    await town.admin.presses("确定离岗")
    await town.passes(minutes=3)
    await town.fetches()
    stale = await old_buttons(town.responder, town.community_group, town.centre_group, town.dispatcher)
    stale = [one for one in stale if not one.startswith("consent")]  # everybody may answer that for themselves
    assert len(stale) > 12
    strangers = [town.neighbour, town.head, town.other_responder, town.leader]
    places = {town.leader.id: [town.leader, town.leader.inside(-5002)]}
    places[town.other_responder.id] = [town.other_responder, town.other_responder.inside(-5004)]
    dice, before = Random(7), await prints(town)
    for _ in range(0, MANY, AT_ONCE):
        presses: list[tuple[Person, str]] = []
        for _ in range(min(AT_ONCE, MANY)):
            person = dice.choice(strangers)
            here = dice.choice(places.get(person.id, [person]))
            data = forged(dice, stale)
            if person is not town.other_responder or not data.startswith(
                f"c:{theirs.id}:"
            ):  # that one is on their duty
                presses.append((here, data))
        await _press_all(town, presses)
    after = await prints(town)
    assert [name for name in before if before[name] != after[name]] == []
    assert await nothing_failed(town)
    async with town.app.database.read() as tx:
        worked = (await tx.execute(select(func.count()).select_from(inbox).where(inbox.c.state == "done"))).scalar_one()
    assert worked >= min(MANY, AT_ONCE), "they all arrived"


async def _press_all(town: Town, presses: list[tuple[Person, str]]) -> None:
    """All at once, as fast as they come."""
    shown: dict[tuple[int, int], int] = {}
    for person, _ in presses:
        if (person.id, person.home) not in shown:
            ours = [one["message_id"] for one in await person.messages() if one["from"]["is_bot"]]
            shown[person.id, person.home] = ours[-1]

    async def press(person: Person, data: str) -> None:
        body = {"chat": person.home, "message_id": shown[person.id, person.home], "data": data, "wait": 0}
        await town.post(f"people/{person.id}/press", body)

    await asyncio.gather(*(press(person, data) for person, data in presses))
    await town.settles(120)
