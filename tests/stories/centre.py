"""What stories of the command centre share: a second dispatcher, the other page of the card, answers, the history."""

from sqlalchemy import insert, select

from bot.cases.case import Case
from storage import people, units
from storage.tables import duties, history
from tests.stories.office import goes_to, reports
from tests.town import Json, Person, Town, buttons_on


async def appoint(town: Town, person: Person, unit_id: int = 1) -> None:
    """Make somebody a dispatcher, of the district's centre or of another."""
    async with town.app.database.write() as tx:
        who = people.fingerprint(town.app.office.seals.vault, person.id)
        await tx.execute(insert(duties).values(person_id=who, role="dispatcher", unit_id=unit_id, rank=0))


async def town_centre(town: Town) -> int:
    """A command centre of the town beside that of the district."""
    async with town.app.database.write() as tx:
        office = await units.by_code(tx, "town")
        assert office is not None
        row = {"code": "dinggang", "name": "丁岗镇指挥中心", "kind": "centre", "level": "town"}
        return await units.add(tx, {**row, "node_id": office.node_id})


async def card_of(who: Person, case: Case) -> Json:
    """The card of a case in a chat: the message that has its serial."""
    return next(
        one
        for one in reversed(await who.messages())
        if f"\n{case.number}　" in (one.get("text") or "") and "推送号" in one["text"]
    )


async def decides(who: Person, case: Case, *words: str) -> Json | None:
    """Open the other page of the card unless it is open, and press on; the answer to the last press."""
    card = await card_of(who, case)
    if any("更多" in one for one in buttons_on(card)):
        await who.presses("更多", message=card)
    said = None
    for one in words:
        said = await who.presses(one, message=await card_of(who, case))
    return said


async def jumps(town: Town, *, days: float) -> None:
    """So long later, at once: what should have rung meanwhile rings late."""
    await town.post("clock", {"add": days * 24 * 3600})
    await town.settles()


async def answers(who: Person, words: str) -> None:
    """Reply to what the bot asked last."""
    await who.sends(words, reply_to=(await who.messages())[-1]["message_id"])


async def asks_sealed(town: Town) -> Case:
    """A sealed case that its unit has signed, and asks to give up (社区进不去机房)."""
    await goes_to(town, 10)
    case = await reports(town, words="有人半夜拆路灯", sealed=True)
    await town.dispatcher.presses("派给其他单位", message=await card_of(town.dispatcher, case))
    await town.dispatcher.presses("新茂社区")
    await town.responder.presses("签收", message=await card_of(town.responder, case))
    await decides(town.responder, case, "申请升级")
    await town.responder.sends("社区进不去机房")
    return case


async def lines_of(town: Town, case: Case) -> list[tuple[str, str | None]]:
    """Actions and notes of the history."""
    async with town.app.database.read() as tx:
        question = select(history.c.action, history.c.note).where(history.c.case_id == case.id)
        return [(row.action, row.note) for row in (await tx.execute(question.order_by(history.c.id))).all()]
