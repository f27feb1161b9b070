"""Broadcasts as they leave: the same for everybody, only the chat differs; and what the admins see of them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.cases.broadcast import RESIDENTS, Stand
from bot.desk import broadcasting
from bot.desk.desk import Desk
from bot.outbox.addresses import Address
from bot.outbox.buttons import Keyboard, button, keyboard
from bot.outbox.letters import Kind
from bot.outbox.parcel import Parcel
from bot.texts import Texts
from storage import broadcasts, people
from storage.broadcasts import Broadcast
from storage.outbox import Owed

CALLED_OFF = "called off"
SENT_BY = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "document": "sendDocument",
    "video_note": "sendVideoNote",
}
WORDLESS = frozenset({"video_note", "location"})
Call = tuple[str, dict[str, Any]]
Writer = Callable[[Desk, Texts, Owed, Address], Awaitable[Parcel]]


async def of_broadcasts(desk: Desk, rows: Sequence[Owed]) -> None:
    """Fetch at once what a claim full of them needs: the broadcasts, and the chats of those who get them."""
    if not rows:
        return
    ids = sorted({row.body["facts"]["broadcast"] for row in rows})
    desk.broadcasts |= await broadcasts.by_ids(desk.tx, desk.office.seals.content, ids)
    desk.chats |= await people.chats_of(desk.tx, desk.office.seals.vault, [person_of(row) for row in rows])


def person_of(owed: Owed) -> int:
    """Whom a letter is for."""
    return int(owed.recipient.partition(":")[2])


def message_of(content: Mapping[str, Any], footer: str, buttons: Keyboard | None, *, plain: bool = False) -> Call:
    """The call that says a content: without the chat. `plain`: without the marks that were refused."""
    kind, marks = content["kind"], None if plain else content.get("marks")
    under = "\n\n".join(part for part in (content.get("text"), footer) if part)
    keys = {} if buttons is None else {"reply_markup": buttons}
    if kind == "text":
        preview = {"link_preview_options": {"is_disabled": True}}
        return "sendMessage", {"text": under, **({"entities": marks} if marks else {}), **preview, **keys}
    caption = {"caption": under, **({"caption_entities": marks} if marks else {})}
    if kind == "album":
        files: list[dict[str, Any]] = [{"type": one["kind"], "media": one["file_id"]} for one in content["files"]]
        files[0] |= caption
        return "sendMediaGroup", {"media": files}
    if kind == "location":
        return "sendLocation", {"latitude": content["lat"], "longitude": content["lon"], **keys}
    words = {} if kind in WORDLESS else caption
    return SENT_BY[kind], {kind: content["file_id"], **words, **keys}


def footer_of(texts: Texts, district: str, number: int | str, content: Mapping[str, Any]) -> str:
    """Who says it, which it is (the same on every copy), and whose warning it quotes."""
    return texts.broadcast_footer(district, str(number), content.get("quote", ""))


def buttons_of(texts: Texts, broadcast_id: int, *, receipt: bool, residents: bool) -> Keyboard | None:
    """已收到, and for residents the way out."""
    read = [button(texts.broadcast_got(), f"got:{broadcast_id}")] if receipt else []
    leave = [button(texts.broadcast_unsubscribe(), f"unsub:{broadcast_id}")] if residents else []
    return keyboard(read, leave) if read or leave else None


def _buttons(texts: Texts, found: Broadcast) -> Keyboard | None:
    residents = found.audience.role == RESIDENTS and not found.urgent
    return buttons_of(texts, found.id, receipt=found.receipt, residents=residents)


async def _broadcast(desk: Desk, texts: Texts, owed: Owed, address: Address) -> Parcel:
    facts = owed.body["facts"]
    found = desk.broadcasts.get(facts["broadcast"])
    if found is None or (found.stand is Stand.STOPPED and not facts.get("preview")):
        return Parcel(owed=owed, why=CALLED_OFF)
    if facts.get("part") == "button":
        words = texts.broadcast_ask_receipt() if found.receipt else texts.followed_because()
        method, params = "sendMessage", {"text": words, "reply_markup": _buttons(texts, found)}
    else:
        buttons = None if facts.get("preview") else _buttons(texts, found)
        footer = footer_of(texts, desk.office.district, found.id, found.content)
        method, params = message_of(found.content, footer, buttons, plain=bool(owed.trouble))
    quiet = {"disable_notification": True} if broadcasting.is_result(found) else {}
    return Parcel(owed=owed, chat=address.chat, method=method, params={**params, **quiet, "chat_id": address.chat})


async def _card(desk: Desk, texts: Texts, owed: Owed, address: Address) -> Parcel:
    found = await broadcasting.one(desk, owed.body["facts"]["broadcast"])
    words, buttons = await card(desk, texts, found)
    params = {"chat_id": address.chat, "text": words, "parse_mode": "HTML", "reply_markup": buttons}
    if found.card is None:
        return Parcel(owed=owed, chat=address.chat, method="sendMessage", params=params)
    params["message_id"] = found.card
    return Parcel(owed=owed, chat=address.chat, method="editMessageText", params=params, editing=True)


async def card(desk: Desk, texts: Texts, found: Broadcast) -> tuple[str, Keyboard]:
    """The card of a broadcast as it stands now, and what can be done with it."""
    progress = await broadcasting.progress(desk, found)
    path = [node.name for node in await _path(desk, found)]
    night = found.stand is Stand.SENDING and not found.urgent and desk.office.calendar.is_quiet(desk.now())
    words = texts.broadcast_card(
        found.id,
        found.title,
        texts.broadcast_audience(found.audience.role, path, found.audience.tag, found.audience.topic),
        "night" if night else found.stand.value,
        found.starts_at,
        {**progress.states, "read": progress.read, "total": sum(progress.states.values()) or found.total},
        progress.left,
        receipt=found.receipt,
    )
    return words, _orders(texts, found, progress.answers)


def _orders(texts: Texts, found: Broadcast, answers: int) -> Keyboard:
    going = {
        Stand.SENDING: ("pause", "stop"),
        Stand.PAUSED: ("resume", "stop"),
        Stand.WAITING: ("stop",),
        Stand.SCHEDULED: ("stop",),
    }.get(found.stand, ())
    orders = [button(texts.broadcast_order(order), f"bc:{found.id}:{order}") for order in going]
    after = found.began_at is not None
    unread = [button(texts.broadcast_unread_button(), f"bc:{found.id}:unread")] if after and found.receipt else []
    replies = [button(texts.broadcast_replies_button(answers), f"bc:{found.id}:replies")] if answers else []
    return keyboard(orders, [*unread, *replies])


async def _path(desk: Desk, found: Broadcast) -> Sequence[Any]:
    ids = [part for part in found.audience.path.split("/") if part]
    return await desk.office.places.path(desk.tx, int(ids[-1])) if ids else []


async def _ask(desk: Desk, texts: Texts, owed: Owed, address: Address) -> Parcel:
    found = await broadcasting.one(desk, owed.body["facts"]["broadcast"])
    if found.stand is not Stand.WAITING:
        return Parcel(owed=owed, why="decided")
    path = [node.name for node in await _path(desk, found)]
    who = texts.broadcast_audience(found.audience.role, path, found.audience.tag, found.audience.topic)
    maker = await people.name_of(desk.tx, found.maker)
    buttons = keyboard([button(texts.broadcast_order(one), f"bc:{found.id}:{one}") for one in ("agree", "refuse")])
    params = {"chat_id": address.chat, "parse_mode": "HTML", "reply_markup": buttons}
    words = texts.broadcast_confirm(maker or "", who, found.total)
    return Parcel(owed=owed, chat=address.chat, method="sendMessage", params={**params, "text": words})


async def _ended(desk: Desk, texts: Texts, owed: Owed, address: Address) -> Parcel:
    found = await broadcasting.one(desk, owed.body["facts"]["broadcast"])
    progress = await broadcasting.progress(desk, found)
    words = texts.broadcast_ended(found.title, progress.states.get("sent", 0))
    params = {"chat_id": address.chat, "text": words, "parse_mode": "HTML"}
    return Parcel(owed=owed, chat=address.chat, method="sendMessage", params=params)


OF_BROADCASTS: Mapping[Kind, Writer] = {
    Kind.BROADCAST: _broadcast,
    Kind.BROADCAST_CARD: _card,
    Kind.BROADCAST_ASK: _ask,
    Kind.BROADCAST_ENDED: _ended,
}
