"""What a failure means: again, otherwise, never, or to another address. Everything is booked in one transaction."""

from datetime import timedelta

import structlog

from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.outbox.channel import Outcome, Verdict
from bot.outbox.parcel import Parcel
from storage import cards, outbox, people, units
from storage.reporters import person_behind

log = structlog.get_logger()

BACK_OFF = tuple(timedelta(seconds=s) for s in (1, 2, 5, 15, 60, 300))
MAYBE_WAIT = timedelta(seconds=3)

PLAIN = "plain"
"""Booked on a row whose formatting was refused: it goes out as plain text."""

HARMLESS = ("message is not modified", "query is too old", "query ID is invalid")
CARD_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NOBODY = ("chat not found", "user is deactivated", "bot can't initiate", "bot was blocked", "peer_id_invalid")
NO_GROUP = (
    "bot was kicked",
    "bot is not a member",
    "not enough rights",
    "topic_closed",
    "thread not found",
    "have no rights",
)


async def book(desk: Desk, finished: list[tuple[Parcel, Outcome]]) -> bool:
    """Write down what became of each parcel. Returns whether something is due again at once."""
    sent = [(parcel, outcome) for parcel, outcome in finished if outcome.verdict is Verdict.SENT]
    if sent:
        await outbox.sent(desk.tx, [parcel.owed.id for parcel, _ in sent])
        shown = [(*parcel.card, outcome.message_id) for parcel, outcome in sent if parcel.card and outcome.message_id]
        if shown:
            await cards.remember(desk.tx, [(case, place, to, number) for case, place, to, number in shown])
    again = False
    for parcel, outcome in finished:
        if outcome.verdict is not Verdict.SENT:
            again = await _failed(desk, parcel, outcome) or again
    return again


async def _failed(desk: Desk, parcel: Parcel, outcome: Outcome) -> bool:
    row, now = parcel.owed, desk.now()
    if parcel.later is not None:
        await outbox.again(desk.tx, [(row.id, now + parcel.later, row.maybe_twice, parcel.why)])
        return False
    if parcel.method is None:
        await (_give_up(desk, parcel, outcome) if parcel.lost else outbox.drop(desk.tx, [row.id], parcel.why))
        return False
    if outcome.verdict is Verdict.WAIT:
        wait = timedelta(seconds=outcome.retry_after)
        await outbox.again(desk.tx, [(row.id, now + wait, row.maybe_twice, outcome.trouble)])
    elif outcome.verdict is Verdict.NOT_SENT:
        behind = outcome.trouble == "behind"
        at = now if behind else now + _back_off(row.attempts)
        await outbox.again(desk.tx, [(row.id, at, row.maybe_twice, outcome.trouble)])
        return behind
    elif outcome.verdict is Verdict.MAYBE:
        at = now + max(MAYBE_WAIT, _back_off(row.attempts))
        await outbox.again(desk.tx, [(row.id, at, True, outcome.trouble)])
    elif outcome.verdict is Verdict.MOVED:
        await _follow(desk, parcel, outcome)
        return True
    else:
        return await _refused(desk, parcel, outcome)
    return False


async def _follow(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    """The group became a supergroup: its old messages are out of reach, the next ones go to the new number."""
    assert outcome.moved_to is not None
    await units.move_chat(desk.tx, parcel.chat, outcome.moved_to)
    await cards.lose(desk.tx, parcel.owed.recipient)
    await alarm(desk, f"moved {parcel.chat}", "group_moved")
    if parcel.owed.kind == outbox.ANSWER:
        await outbox.readdress(desk.tx, desk.office.seals.content, parcel.owed, outcome.moved_to, desk.now())
    else:
        await outbox.again(desk.tx, [(parcel.owed.id, desk.now(), parcel.owed.maybe_twice, "moved")])


async def _refused(desk: Desk, parcel: Parcel, outcome: Outcome) -> bool:
    said, row = outcome.trouble.lower(), parcel.owed
    if any(words in said for words in HARMLESS):
        await outbox.sent(desk.tx, [row.id])
        return False
    if parcel.editing and parcel.card and any(words in said for words in CARD_GONE):
        await cards.lose(desk.tx, parcel.card[2])
        await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, outcome.trouble)])
        return True
    if parcel.chat < 0 and (outcome.code == 403 or any(words in said for words in (*NO_GROUP, *NOBODY))):
        return await _group_lost(desk, parcel, outcome)
    if outcome.code == 403 or any(words in said for words in NOBODY):
        await _unreachable(desk, parcel)
        return False
    if "can't parse entities" in said and row.trouble != PLAIN:
        await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, PLAIN)])
        return True
    if outcome.code == 401:
        await outbox.again(desk.tx, [(row.id, desk.now() + BACK_OFF[-1], row.maybe_twice, "token refused")])
        log.critical("token_refused")
        return False
    await _give_up(desk, parcel, outcome)
    return False


async def _group_lost(desk: Desk, parcel: Parcel, outcome: Outcome) -> bool:
    """We are out of the group. Its letters find another way (see Wording); an answer into it is dropped."""
    row = parcel.owed
    for unit in await units.all_units(desk.tx):
        if unit.chat_id == parcel.chat:
            await units.bind(desk.tx, unit.id, None, None)
            await alarm(desk, f"lost {parcel.chat} {desk.now():%Y%m%d%H}", "group_lost", unit=unit.name)
    if row.kind == outbox.ANSWER:
        await outbox.drop(desk.tx, [row.id], outcome.trouble)
        return False
    await cards.lose(desk.tx, row.recipient)
    await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, outcome.trouble)])
    return True


async def _unreachable(desk: Desk, parcel: Parcel) -> None:
    """Blocked or gone: remembered until they write again; the case keeps what they would have heard."""
    kind, _, rest = parcel.owed.recipient.partition(":")
    who = int(rest) if kind == "person" else None
    if kind == "reporter":
        who = await person_behind(desk.tx, desk.office.seals.vault, rest)
    if who is not None:
        await people.change(desk.tx, who, reachable=False)
    await outbox.drop(desk.tx, [parcel.owed.id], "unreachable")


async def _give_up(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    row = parcel.owed
    log.error("outbox_dead", row=row.id, kind=row.kind, code=outcome.code)
    await outbox.give_up(desk.tx, row.id, outcome.trouble)
    if row.kind != "alarm":
        await alarm(desk, f"outbox {row.id}", "outbox_dead", row=row.id, kind=row.kind)


def _back_off(attempts: int) -> timedelta:
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
