"""Calls that take a message back: deleted while Telegram lets us, else emptied; and the word that it could not be."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.cases.case import Case
from bot.desk.desk import Desk
from bot.desk.names import unit_name
from bot.desk.withdrawing import may_stay
from bot.outbox import addresses
from bot.outbox.buttons import Card
from bot.outbox.letters import Kind
from bot.outbox.parcel import Parcel
from bot.texts import Texts, texts_in
from storage.outbox import ANSWER, Owed

DELETABLE = timedelta(hours=48)
"""Telegram deletes for a bot what is younger. Where the bot is an admin also older pictures, so it is tried."""

EMPTY = "empty"
"""Booked on a row whose message could not be deleted: its words are taken out of it."""


SAYS_NOTHING = frozenset({Kind.STUB, Kind.NOT_BACK})
"""Of these nothing need be taken back."""

TO_STAFF = frozenset(
    {
        *(Kind.PRIVATE_CARD, Kind.TRIAGE_CARD, Kind.VERIFY_CARD, Kind.SUPERVISION, Kind.REVISIT, Kind.SPOT_CHECK),
        *(
            Kind.MEDIA,
            Kind.FILE,
            Kind.VOICE,
            Kind.SUPPLEMENT,
            Kind.SAID_MORE,
            Kind.CONFIDED,
            Kind.COPY,
            Kind.NUDGE,
            Kind.URGED,
        ),
        *(Kind.REQUEST, Kind.REQUEST_ANSWERED, Kind.GRADE_ASKED, Kind.CLOCK_ON, Kind.JOINED),
        *(Kind.CALL, Kind.CALL_WORD, Kind.CALL_RATE),
    }
)
"""What somebody of the staff reads of a case privately."""

OF_A_CASE = re.compile(r"c:(\d+):")


def told_of(parcel: Parcel) -> int | None:
    """The case that a new message in a group, or to somebody of the staff, is about; None if it is about none.

    What a handler answered in a group is about the case of its buttons, if it is one.
    """
    row, method = parcel.owed, parcel.method or ""
    if not method.startswith("send") or row.kind in SAYS_NOTHING:
        return None
    if row.kind != ANSWER:
        told = parcel.chat < 0 or (row.recipient.startswith("person:") and row.kind in TO_STAFF)
        return row.body["case"] if told else None
    keys: Mapping[str, list[list[dict[str, str]]]] = parcel.params.get("reply_markup") or {}
    pressed = [key.get("callback_data", "") for line in keys.get("inline_keyboard", []) for key in line]
    found = [OF_A_CASE.match(one) for one in pressed]
    ids = {int(one[1]) for one in found if one is not None}
    return ids.pop() if parcel.chat < 0 and len(ids) == 1 else None


async def back_parcel(desk: Desk, owed: Owed, case: Case | None) -> Parcel:
    """The call for one message, as long as it must not stand there."""
    facts: Mapping[str, Any] = owed.body["facts"]
    address = None if facts["chat"] is not None else await addresses.find(desk, owed.recipient)
    chat = facts["chat"] if address is None else address.chat
    if case is None or chat is None or await may_stay(desk, case, owed.recipient, facts["chat"]):
        return Parcel(owed=owed, why="may stay")
    params: dict[str, Any] = {"chat_id": chat, "message_id": facts["message"]}
    old = datetime.fromisoformat(facts["at"]) + DELETABLE < desk.now()
    if not facts["words"] or not (old or owed.trouble == EMPTY):
        return Parcel(owed=owed, chat=chat, method="deleteMessage", params=params)
    words = texts_in(address.language if address else desk.office.language).taken_back()
    params |= {"text": words, "reply_markup": {"inline_keyboard": []}}
    return Parcel(owed=owed, chat=chat, method="editMessageText", params=params)


async def not_back(desk: Desk, texts: Texts, facts: Mapping[str, Any], case: Case, _to: str) -> Card | None:
    """What a dispatcher reads when something stays where it is."""
    unit = await unit_name(desk, facts["unit"]) if facts["unit"] is not None else None
    return texts.not_taken_back(case.number, unit, private=facts["private"]), None
