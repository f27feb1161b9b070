"""Puts what is owed into words and a method of the channel, just before it leaves, if it is still true."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import structlog

from bot.cases.case import Case
from bot.desk import routing
from bot.desk.blocked import is_blocked, may_get
from bot.desk.desk import Desk
from bot.desk.showing import HIDDEN
from bot.outbox import addresses, calls_of, invitations, taking_back
from bot.outbox.addresses import Address
from bot.outbox.albums import files_parcel
from bot.outbox.broadcasts import OF_BROADCASTS, of_broadcasts
from bot.outbox.buttons import one_below_the_other
from bot.outbox.documents import document_parcel
from bot.outbox.letters import Kind, Lane
from bot.outbox.menus import menu
from bot.outbox.parcel import Parcel
from bot.outbox.results import PLAIN
from bot.outbox.writers import WRITERS, Said
from bot.texts import texts_in
from bot.texts.large import in_lines
from storage import attachments, cards, cases, reporters
from storage.outbox import ANSWER, Owed

log = structlog.get_logger()

KNOWN = frozenset(Kind)
FOR_A_NEWER_ONE = timedelta(minutes=1)
UNPACED = frozenset({"answerCallbackQuery", "setMyCommands", "leaveChat", "pinChatMessage"})
SHOW_FILES = frozenset({Kind.UNIT_CARD, Kind.PRIVATE_CARD, Kind.TRIAGE_CARD, Kind.MEDIA, Kind.FILE})
CARDS = frozenset(
    {
        Kind.PROMISE,
        Kind.UNIT_CARD,
        Kind.PRIVATE_CARD,
        Kind.TRIAGE_CARD,
        Kind.PUBLICATION,
        Kind.SPOT_CHECK,
        Kind.SUPERVISION,
        Kind.REVISIT,
    }
)
OF_CENTRE = frozenset(
    {Kind.TRIAGE_CARD, Kind.VERIFY_CARD, Kind.PUBLICATION, Kind.GRADE_ASKED, Kind.REQUEST, Kind.REVISIT}
)
"""Of a confidential case these are the dispatchers' alone, also when they are edited months later."""

BOARDS = frozenset(
    {
        *(Kind.ROUND_BOARD, Kind.APPLICATION, Kind.RENEWALS, Kind.MUTE_ASKED),
        *(Kind.GRADE_ASKED, Kind.REQUEST, Kind.CALL, Kind.CRY),
    }
)
"""Cards that show no case; their facts name the board."""

REMEMBERED = CARDS | {Kind.VERIFY_CARD}


async def cases_of(desk: Desk, rows: Sequence[Owed]) -> dict[int, Case]:
    """The cases these letters are about, and (on the desk) what else many of them need: files, broadcasts, chats."""
    await of_broadcasts(desk, [row for row in rows if row.kind == Kind.BROADCAST])
    letters = [row for row in rows if row.kind != ANSWER and row.body["case"] is not None]
    if not letters:
        return {}
    if showing := {row.body["case"] for row in letters if row.kind in SHOW_FILES}:
        desk.files |= await attachments.of_cases(desk.tx, desk.office.seals.content, showing)
    return await cases.by_ids(desk.tx, {row.body["case"] for row in letters})


async def parcel_of(desk: Desk, owed: Owed, known: Mapping[int, Case]) -> Parcel:
    """The call for one row, or a parcel without a method that says why there is none.

    A kind that only a newer program beside this one knows waits until that one is in charge.
    """
    if owed.kind == ANSWER:
        return answer_parcel(owed)
    if owed.kind not in KNOWN:
        log.warning("letter_of_a_newer_program", row=owed.id, kind=owed.kind)
        return Parcel(owed=owed, why="of a newer program", later=FOR_A_NEWER_ONE)
    case = known.get(owed.body["case"])
    if owed.kind == Kind.TAKE_BACK:
        return await taking_back.back_parcel(desk, owed, case)
    return await _letter(desk, owed, case)


async def _letter(desk: Desk, owed: Owed, case: Case | None) -> Parcel:
    """What it says to whoever may still get it, if it is still true."""
    wanted = owed.body["only_while"]
    if wanted and (case is None or case.status not in wanted):
        return Parcel(owed=owed, why="no longer true")
    address = await addresses.find(desk, owed.recipient)
    if address is None:
        return Parcel(owed=owed, why="nobody there", lost=owed.recipient.startswith("unit:"))
    if case is not None and not await may_still_get(desk, case, owed.recipient):
        return await _withdrawn(desk, owed, case, address)
    if case is not None and case.confidential and address.chat < 0:
        return await _covered(desk, owed, case, address)
    if owed.kind in OF_CENTRE and case is not None and not await routing.may_hear(desk, case, owed.recipient):
        return Parcel(owed=owed, why="no longer theirs")
    parcel = await _written(desk, owed, case, address)
    if address.quiet or _by_night(desk, owed):
        parcel = _in_silence(parcel)
    if owed.kind == Kind.CONFIDED or owed.body["facts"].get("source") == HIDDEN:
        return _kept_back(parcel)
    secret = (case is not None and case.confidential) or bool(owed.body["facts"].get("secret"))
    if secret and not owed.recipient.startswith("reporter:"):
        return _kept_back(parcel)
    return parcel


async def may_still_get(desk: Desk, case: Case, recipient: str) -> bool:
    """Whether a letter about a case may go there: not to whoever is complained of, nor into any group then.

    Somebody who joined the report is looked up by the way back; whoever reported it knows it anyway.
    """
    kind, _, ref = recipient.partition(":")
    if not case.conflicted or kind != "reporter" or ref == case.reporter:
        return await may_get(desk, case, recipient)
    who = await reporters.person_behind(desk.tx, desk.office.seals.vault, ref)
    return who is None or not await is_blocked(desk, case, who)


async def _withdrawn(desk: Desk, owed: Owed, case: Case, address: Address) -> Parcel:
    """What is owed is not said; a card that shows the case there already is emptied."""
    card = (case.id, owed.kind, owed.recipient)
    shown = await cards.shown(desk.tx, *card) if owed.kind in REMEMBERED else None
    if shown is None:
        return Parcel(owed=owed, why="complained of")
    words = texts_in(address.language).card_withdrawn()
    empty: dict[str, Any] = {
        "chat_id": address.chat,
        "message_id": shown,
        "text": words,
        "reply_markup": {"inline_keyboard": []},
    }
    return Parcel(owed=owed, chat=address.chat, method="editMessageText", params=empty, card=card, editing=True)


async def _covered(desk: Desk, owed: Owed, case: Case, address: Address) -> Parcel:
    """A group reads nothing of what is confidential; a card that it was shown before is covered."""
    shown = await cards.shown(desk.tx, case.id, owed.kind, owed.recipient) if owed.kind in CARDS else None
    if shown is None:
        return Parcel(owed=owed, why="confidential")
    return await _message(desk, owed, case, address, Said(texts_in(address.language).covered(case.number)))


def _kept_back(parcel: Parcel) -> Parcel:
    """What is confidential cannot be forwarded or saved from the chat it went to."""
    if parcel.method is None or not parcel.method.startswith("send"):
        return parcel
    return replace(parcel, params={**parcel.params, "protect_content": True})


def _by_night(desk: Desk, owed: Owed) -> bool:
    """Whether it waits to be read until the morning, pictures and films too. Broadcasts have hours of their own."""
    return owed.kind not in OF_BROADCASTS and owed.lane >= Lane.NORMAL and desk.office.calendar.is_quiet(desk.now())


def _in_silence(parcel: Parcel) -> Parcel:
    """It can be read, and the telephone stays still."""
    if parcel.method is None or not parcel.method.startswith("send"):
        return parcel
    return replace(parcel, params={**parcel.params, "disable_notification": True})


async def _written(desk: Desk, owed: Owed, case: Case | None, address: Address) -> Parcel:
    if owed.kind == Kind.QR:
        return await invitations.picture(desk, owed, address)
    if owed.kind == Kind.CALL_PIN:
        return await calls_of.pin(desk, owed, address)
    if owed.kind == Kind.MENU:
        return await menu(desk, owed, address)
    if owed.kind in {Kind.MEDIA, Kind.FILE}:
        return await files_parcel(desk, owed, case, address) if case else Parcel(owed=owed, why="no such case")
    if owed.kind in OF_BROADCASTS:
        return await OF_BROADCASTS[Kind(owed.kind)](desk, texts_in(address.language), owed, address)
    if owed.kind == Kind.DOCUMENT:
        return document_parcel(owed, address)
    said = await WRITERS[Kind(owed.kind)](desk, texts_in(address.language), owed, case)
    if said is None:
        return Parcel(owed=owed, why="nothing to say")
    return await _message(desk, owed, case, address, said)


def answer_parcel(owed: Owed) -> Parcel:
    """An answer is a method already."""
    method, params = owed.body["method"], dict(owed.body["params"])
    if owed.trouble == PLAIN:
        _make_plain(params)
    chat = params.get("chat_id")
    paced = method not in UNPACED
    return Parcel(owed=owed, chat=chat if isinstance(chat, int) else owed.id, method=method, params=params, paced=paced)


def _make_plain(params: dict[str, Any]) -> None:
    params.pop("parse_mode", None)
    for name in ("text", "caption"):
        if name in params:
            params[name] = unescape(re.sub(r"</?[a-z]+>", "", params[name]))


async def _message(desk: Desk, owed: Owed, case: Case | None, address: Address, said: Said) -> Parcel:
    """A new message, or an edit of the one that shows this case there already."""
    params: dict[str, Any] = {"chat_id": address.chat, "text": said.text, "parse_mode": "HTML"}
    params["link_preview_options"] = {"is_disabled": True}
    if address.large:
        said = replace(said, keyboard=said.keyboard and one_below_the_other(said.keyboard))
        params["text"] = in_lines(said.text)
    if owed.trouble == PLAIN:
        _make_plain(params)
    card = (case.id, owed.kind, owed.recipient) if case and owed.kind in REMEMBERED else None
    if owed.kind in BOARDS:
        card = (cards.BOARD, owed.body["facts"]["board"], owed.recipient)
    if card and _edits(owed):
        params["reply_markup"] = said.keyboard or {"inline_keyboard": []}
        if (shown := await cards.shown(desk.tx, *card)) is not None:
            edit = {**params, "message_id": shown}
            return Parcel(owed=owed, chat=address.chat, method="editMessageText", params=edit, card=card, editing=True)
        if owed.kind == Kind.VERIFY_CARD:
            return Parcel(owed=owed, why="nothing to change")
    elif said.keyboard is not None:
        params["reply_markup"] = said.keyboard
    return Parcel(owed=owed, chat=address.chat, method="sendMessage", params=params | address.target, card=card)


def _edits(owed: Owed) -> bool:
    """Cards are edited in place; the question for a verdict is asked anew each time, and edited when it is decided."""
    return owed.kind in CARDS | BOARDS or bool(owed.body["facts"].get("verdict"))
