"""Methods that put one new message into a chat."""

from collections.abc import Mapping
from functools import partial
from random import SystemRandom
from typing import Any, cast

from bot.sandbox.addressing import Call, Method, chat_to_write, replied_to, topic_meant
from bot.sandbox.entities import caption, message_text, u16
from bot.sandbox.errors import bad
from bot.sandbox.inputs import media_content
from bot.sandbox.keyboards import reply_markup
from bot.sandbox.messages import keep, put_together
from bot.sandbox.records import Chat, Json

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
WITH_CAPTION = frozenset({"photo", "audio", "document", "video", "animation", "voice"})


def post(call: Call, chat: Chat, content: Json) -> Json:
    """Put a message into the chat, with all that every sending method can say besides its content."""
    markup = reply_markup(call.params, chat.kind == "private")
    topic = topic_meant(call, chat)
    reply = replied_to(call, chat)
    call.world.limits.take(call.bot.id, chat.id)
    if call.params.flag("protect_content"):
        content["has_protected_content"] = True
    message = put_together(
        call.world, chat, call.bot.user(), content, reply_to=reply, topic=topic, markup=markup
    )  # fmt: skip
    note_keyboard(chat, markup, reply)
    if call.params.flag("disable_notification"):
        chat.silent.add(message["message_id"])
    return keep(call.world, chat, message)


def note_keyboard(chat: Chat, markup: Json | None, reply: Json | None) -> None:
    """A reply keyboard stays with those it is meant for until it is replaced or removed."""
    if markup is None or "inline_keyboard" in markup:
        return
    people = [member for member in chat.members if chat.has(member)]
    if markup.get("selective") and reply:
        people = [reply["from"]["id"]]
    for person in people:
        if "remove_keyboard" in markup:
            chat.keyboards.pop(person, None)
        else:
            chat.keyboards[person] = markup


def send_message(call: Call) -> Json:
    chat = chat_to_write(call)
    content = message_text(call.params)
    preview = call.params.parsed("link_preview_options", "link preview options")
    if preview or call.params.flag("disable_web_page_preview"):
        content["link_preview_options"] = preview or {"is_disabled": True}
    return post(call, chat, content)


def send_media(kind: str, call: Call) -> Json:
    chat = chat_to_write(call)
    content = media_content(call, kind)
    if kind in WITH_CAPTION:
        content |= caption(call.params)
    return post(call, chat, content)


def _place(call: Call) -> Json:
    latitude, longitude = call.params.number("latitude"), call.params.number("longitude")
    if latitude is None or longitude is None:
        raise bad("location is invalid: latitude or longitude is empty")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad("location is invalid")
    return {"latitude": latitude, "longitude": longitude}


def send_location(call: Call) -> Json:
    return post(call, chat_to_write(call), {"location": _place(call)})


def send_venue(call: Call) -> Json:
    chat, place = chat_to_write(call), _place(call)
    title, address = call.params.text("title"), call.params.text("address")
    if not title:
        raise bad("VENUE_TITLE_INVALID")
    return post(call, chat, {"venue": {"location": place, "title": title, "address": address}, "location": place})


def send_contact(call: Call) -> Json:
    chat = chat_to_write(call)
    phone, first = call.params.text("phone_number"), call.params.text("first_name")
    if not phone or not first:
        raise bad("phone number and first name must be non-empty")
    last = {"last_name": call.params.text("last_name")} if call.params.text("last_name") else {}
    return post(call, chat, {"contact": {"phone_number": phone, "first_name": first, **last}})


def _options(call: Call) -> list[str]:
    given = call.params.parsed("options", "poll options")
    options = cast(list[Any], given) if isinstance(given, list) else []
    if not 2 <= len(options) <= 12:
        raise bad("poll must have at least 2 option" if len(options) < 2 else "poll can't have more than 12 options")
    texts = [str(cast(Json, each).get("text", "") if isinstance(each, dict) else each) for each in options]
    if any(not 1 <= u16(text) <= 100 for text in texts):
        raise bad("poll options length must not exceed 100")
    return texts


def send_poll(call: Call) -> Json:
    chat = chat_to_write(call)
    question = call.params.text("question")
    texts = _options(call)
    if not question:
        raise bad("poll question must be non-empty")
    if u16(question) > 300:
        raise bad("poll question length must not exceed 300")
    anonymous = call.params.values.get("is_anonymous") is None or call.params.flag("is_anonymous")
    options = [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in enumerate(texts)]
    poll: Json = {
        "id": str(SystemRandom().randrange(10**18)),
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": anonymous,
        "type": call.params.text("type") or "regular",
        "allows_multiple_answers": call.params.flag("allows_multiple_answers"),
        "allows_revoting": True,
        "members_only": False,
    }
    return post(call, chat, {"poll": poll})


def send_dice(call: Call) -> Json:
    chat = chat_to_write(call)
    emoji = call.params.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad("wrong dice emoji")
    return post(call, chat, {"dice": {"emoji": emoji, "value": SystemRandom().randint(1, DICE[emoji])}})


def send_chat_action(call: Call) -> bool:
    chat_to_write(call)
    if call.params.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


METHODS: Mapping[str, Method] = {
    "sendMessage": send_message,
    **{
        "send" + "".join(word.capitalize() for word in kind.split("_")): partial(send_media, kind)
        for kind in ("photo", "audio", "document", "video", "animation", "voice", "video_note", "sticker")
    },
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendPoll": send_poll,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
}
