"""What a failure means: again, otherwise, never, or to another address. Everything is booked in one transaction."""

from datetime import timedelta

import structlog

from bot.desk import groups, routing, showing, withdrawing
from bot.desk.alarms import alarm
from bot.desk.desk import Desk
from bot.outbox import taking_back
from bot.outbox.broadcasts import CALLED_OFF, OF_BROADCASTS, person_of
from bot.outbox.channel import Outcome, Verdict
from bot.outbox.letters import Kind
from bot.outbox.parcel import Parcel
from storage import broadcasts, cards, cases, outbox, people, posted
from storage.posted import Posted
from storage.reporters import person_behind

log = structlog.get_logger()

BACK_OFF = tuple(timedelta(seconds=s) for s in (1, 2, 5, 15, 60, 300))
MAYBE_WAIT = timedelta(seconds=3)
IN_ORDER_TRIES = 4

PLAIN = "plain"
"""Booked on a row whose formatting was refused: it goes out as plain text."""

HARMLESS = (
    "message is not modified",
    "query is too old",
    "query ID is invalid",
    "message to delete not found",
    "message can't be deleted",
)
CARD_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
NOBODY = ("chat not found", "user is deactivated", "bot can't initiate", "bot was blocked", "peer_id_invalid")
NO_TOPIC = ("topic_closed", "thread not found")
NO_GROUP = ("bot was kicked", "bot is not a member", "not enough rights", "have no rights", *NO_TOPIC)


def harmless(outcome: Outcome) -> bool:
    """Whether a refusal changes nothing for anybody: what was to be so is so already, or nobody waits for it."""
    return outcome.verdict is Verdict.REFUSED and any(words in outcome.trouble.lower() for words in HARMLESS)


async def book(desk: Desk, finished: list[tuple[Parcel, Outcome]]) -> None:
    """Write down what became of each parcel."""
    sent = [(parcel, outcome) for parcel, outcome in finished if outcome.verdict is Verdict.SENT]
    if sent:
        await outbox.sent(desk.tx, [parcel.owed.id for parcel, _ in sent])
        shown = [(*parcel.card, outcome.message_id) for parcel, outcome in sent if parcel.card and outcome.message_id]
        if shown:
            await cards.remember(desk.tx, [(case, place, to, number) for case, place, to, number in shown])
        await _posted(desk, sent)
    if told := [(parcel, outcome) for parcel, outcome in sent if parcel.owed.kind in OF_BROADCASTS]:
        await _told(desk, told)
    for parcel, outcome in finished:
        if outcome.verdict is not Verdict.SENT:
            await _failed(desk, parcel, outcome)


async def _posted(desk: Desk, sent: list[tuple[Parcel, Outcome]]) -> None:
    """Where something about a case stands now, and stands no more. What should not have left comes back at once."""
    for parcel, _ in sent:
        if parcel.method == "deleteMessage" and parcel.owed.kind == Kind.TAKE_BACK:
            await _gone(desk, parcel)
    rows = [
        Posted(case_id, parcel.owed.recipient, parcel.chat if parcel.chat < 0 else None, number, words, desk.now())
        for parcel, outcome in sent
        if (case_id := taking_back.told_of(parcel)) is not None
        for words in [parcel.method == "sendMessage"]
        for number in outcome.message_ids
    ]
    await posted.remember(desk.tx, rows)
    known = await cases.by_ids(desk.tx, {one.case_id for one in rows}) if rows else {}
    for one in rows:
        if one.case_id in known and known[one.case_id].confidential:
            await withdrawing.owe_back(desk, known[one.case_id], [one])


async def _gone(desk: Desk, parcel: Parcel) -> None:
    row = parcel.owed
    await posted.forget(desk.tx, row.body["case"], row.recipient, row.body["facts"]["message"])


async def _not_taken_back(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    """What cannot be deleted is emptied; what is no text, or cannot be reached, the dispatchers must hear of."""
    row, said = parcel.owed, outcome.trouble.lower()
    if "not found" in said and "message to" in said:
        await _gone(desk, parcel)
    elif "message is not modified" not in said:
        words = row.body["facts"]["words"] and parcel.method == "deleteMessage"
        if words and outcome.verdict is Verdict.REFUSED and outcome.code == 400:
            await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, taking_back.EMPTY)])
            return
        case = await cases.by_id(desk.tx, row.body["case"])
        if case is not None:
            await withdrawing.say_not_back(desk, case, row.recipient)
        await _gone(desk, parcel)
    await outbox.sent(desk.tx, [row.id])


async def _told(desk: Desk, sent: list[tuple[Parcel, Outcome]]) -> None:
    """Who got a broadcast, and as which message; where its card is."""
    rows = [
        (parcel.owed.body["facts"]["broadcast"], person_of(parcel.owed), "sent", outcome.message_id)
        for parcel, outcome in sent
        if _counts(parcel)
    ]
    if rows:
        await broadcasts.book(desk.tx, rows)
    for parcel, outcome in sent:
        if parcel.owed.kind == Kind.BROADCAST_CARD and outcome.message_id is not None and not parcel.editing:
            await broadcasts.remember_card(desk.tx, parcel.owed.body["facts"]["broadcast"], outcome.message_id)


def _counts(parcel: Parcel) -> bool:
    """Whether this is the message of a broadcast to one of those it is for."""
    facts = parcel.owed.body.get("facts", {})
    return parcel.owed.kind == Kind.BROADCAST and not facts.get("preview") and not facts.get("part")


async def _not_told(desk: Desk, parcel: Parcel, state: str) -> None:
    if _counts(parcel):
        await broadcasts.book(desk.tx, [(parcel.owed.body["facts"]["broadcast"], person_of(parcel.owed), state, None)])


async def _failed(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    row, now = parcel.owed, desk.now()
    if parcel.later is not None:
        await outbox.again(desk.tx, [(row.id, now + parcel.later, row.maybe_twice, parcel.why)])
    elif parcel.method is None:
        await (_give_up(desk, parcel, outcome) if parcel.lost else outbox.drop(desk.tx, [row.id], parcel.why))
        await _not_told(desk, parcel, "stopped" if parcel.why == CALLED_OFF else "unreachable")
    elif parcel.behind is not None:
        parcel.held_until = parcel.behind.held_until
        await outbox.again(desk.tx, [(row.id, parcel.held_until or now, row.maybe_twice, outcome.trouble)])
    elif outcome.verdict is Verdict.WAIT:
        await _hold(desk, parcel, outcome, timedelta(seconds=outcome.retry_after))
    elif outcome.verdict is Verdict.NOT_SENT:
        await _hold(desk, parcel, outcome, _back_off(row.attempts))
    elif outcome.verdict is Verdict.MAYBE:
        await _hold(desk, parcel, outcome, max(MAYBE_WAIT, _back_off(row.attempts)))
    elif outcome.verdict is Verdict.MOVED:
        await _follow(desk, parcel, outcome)
    else:
        await _refused(desk, parcel, outcome)


async def _hold(desk: Desk, parcel: Parcel, outcome: Outcome, wait: timedelta) -> None:
    """Try again later. What is behind it must not overtake it, unless it fails so often that it would bar the way."""
    row, at = parcel.owed, desk.now() + wait
    await outbox.again(desk.tx, [(row.id, at, row.maybe_twice or outcome.verdict is Verdict.MAYBE, outcome.trouble)])
    if row.attempts <= IN_ORDER_TRIES or outcome.verdict is Verdict.WAIT:
        parcel.held_until = at


async def _follow(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    """The group became a supergroup: its old messages are out of reach, the next ones go to the new number."""
    assert outcome.moved_to is not None
    await groups.moved(desk, parcel.chat, outcome.moved_to)
    if parcel.owed.kind == Kind.TAKE_BACK:
        await _not_taken_back(desk, parcel, outcome)
        return
    if parcel.owed.kind == Kind.UNIT_CARD:
        await outbox.drop(desk.tx, [parcel.owed.id], "shown again")
    elif parcel.owed.kind == outbox.ANSWER:
        await outbox.readdress(desk.tx, desk.office.seals.content, parcel.owed, outcome.moved_to, desk.now())
    else:
        await outbox.again(desk.tx, [(parcel.owed.id, desk.now(), parcel.owed.maybe_twice, "moved")])


async def _refused(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    said, row = outcome.trouble.lower(), parcel.owed
    if row.kind == Kind.TAKE_BACK and outcome.code != 401:
        await _not_taken_back(desk, parcel, outcome)
    elif harmless(outcome):
        await outbox.sent(desk.tx, [row.id])
    elif parcel.method == "pinChatMessage":
        await outbox.drop(desk.tx, [row.id], "may not pin")
    elif parcel.editing and any(words in said for words in CARD_GONE):
        await _card_gone(desk, parcel)
        await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, outcome.trouble)])
    elif parcel.chat < 0 and (outcome.code == 403 or any(words in said for words in (*NO_GROUP, *NOBODY))):
        await _group_lost(desk, parcel, outcome)
    elif outcome.code == 403 or any(words in said for words in NOBODY):
        await _unreachable(desk, parcel)
    elif "can't parse entities" in said and row.trouble != PLAIN:
        await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, PLAIN)])
    elif outcome.code == 401:
        await outbox.again(desk.tx, [(row.id, desk.now() + BACK_OFF[-1], row.maybe_twice, "token refused")])
        log.critical("token_refused")
    else:
        await _give_up(desk, parcel, outcome)


async def _card_gone(desk: Desk, parcel: Parcel) -> None:
    """The message that showed it was deleted: the next one is new."""
    if parcel.card is not None:
        await cards.renew(desk.tx, *parcel.card)
    elif parcel.owed.kind == Kind.BROADCAST_CARD:
        await broadcasts.remember_card(desk.tx, parcel.owed.body["facts"]["broadcast"], None)


async def _group_lost(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    """We are out of the group, or its topic is closed. Its letters find another way; an answer into it is dropped."""
    row, said = parcel.owed, outcome.trouble.lower()
    topic_only = any(words in said for words in NO_TOPIC) and row.kind != outbox.ANSWER
    await groups.lost(desk, parcel.chat, row.recipient if topic_only else None)
    if row.kind in {outbox.ANSWER, Kind.UNIT_CARD}:
        await outbox.drop(desk.tx, [row.id], outcome.trouble)
    else:
        await outbox.again(desk.tx, [(row.id, desk.now(), row.maybe_twice, outcome.trouble)])


async def _unreachable(desk: Desk, parcel: Parcel) -> None:
    """Blocked or gone: remembered until they write again; the case keeps what they would have heard."""
    kind, _, rest = parcel.owed.recipient.partition(":")
    who = int(rest) if kind == "person" else None
    if kind == "reporter":
        who = await person_behind(desk.tx, desk.office.seals.vault, rest)
    if who is not None:
        await people.change(desk.tx, who, reachable=False)
    await outbox.drop(desk.tx, [parcel.owed.id], "unreachable")
    await _not_told(desk, parcel, "unreachable")
    if parcel.owed.kind == Kind.PRIVATE_CARD:
        case = await cases.by_id(desk.tx, parcel.owed.body["case"])
        if case and case.unit_id is not None and not await routing.at_unit(desk, case):
            await showing.say_unreachable(desk, case)


async def _give_up(desk: Desk, parcel: Parcel, outcome: Outcome) -> None:
    row = parcel.owed
    log.error("outbox_dead", row=row.id, kind=row.kind, code=outcome.code)
    await outbox.give_up(desk.tx, row.id, outcome.trouble)
    await _not_told(desk, parcel, "failed")
    if row.kind != "alarm":
        await alarm(desk, f"outbox {row.id}", "outbox_dead", row=row.id, kind=row.kind)


def _back_off(attempts: int) -> timedelta:
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
