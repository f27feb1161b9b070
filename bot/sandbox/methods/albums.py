"""Albums, and messages that are forwarded or copied."""

from collections.abc import Mapping
from random import SystemRandom
from typing import Any, cast

from bot.sandbox.addressing import Call, Method, chat_meant, chat_to_write, message_meant, replied_to, topic_meant
from bot.sandbox.entities import caption
from bot.sandbox.errors import bad
from bot.sandbox.inputs import media_of
from bot.sandbox.messages import keep, put_together
from bot.sandbox.methods.sending import post
from bot.sandbox.params import Params
from bot.sandbox.records import Chat, Json

SMALLEST, LARGEST = 2, 10
MOST_AT_ONCE = 100
CONTENT = (
    "text", "entities", "caption", "caption_entities", "photo", "video", "video_note", "voice", "audio", "document",
    "animation", "sticker", "location", "venue", "contact", "dice", "poll", "link_preview_options",
)  # fmt: skip


def send_media_group(call: Call) -> list[Json]:
    chat = chat_to_write(call)
    items = call.params.parsed("media", "media")
    if not isinstance(items, list) or not items:
        raise bad("there are no messages to send")
    media = cast(list[Any], items)
    if len(media) > LARGEST:
        raise bad("too many messages to send as an album")
    if len(media) < SMALLEST:
        raise bad("album must include 2-10 items")
    contents = [_item(call, item) for item in media]
    _check_mix({kind for kind, _ in contents})
    topic, reply = topic_meant(call, chat), replied_to(call, chat)
    call.world.limits.take(call.bot.id, chat.id, len(contents))
    group = {"media_group_id": str(SystemRandom().randrange(10**16, 10**17))}
    return [
        keep(call.world, chat, put_together(
            call.world, chat, call.bot.user(), {**group, **content}, reply_to=reply, topic=topic
        ))
        for _, content in contents
    ]  # fmt: skip


def _item(call: Call, item: Any) -> tuple[str, Json]:
    kind, content = media_of(call, item)
    if kind == "animation":
        raise bad("animations can't be in an album")
    return kind, {**content, **caption(call.params, cast(Json, item))}


def _check_mix(kinds: set[str]) -> None:
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad("document can't be mixed with other media types" if "document" in kinds else
                  "audio can't be mixed with other media types")  # fmt: skip


def _origin(message: Json) -> Json:
    known = message.get("forward_origin")
    return known or {"type": "user", "sender_user": message["from"], "date": message["date"]}


def _content(message: Json) -> Json:
    return {key: message[key] for key in CONTENT if key in message}


def _source(call: Call, todo: str) -> Json:
    message = message_meant(call, chat_meant(call, "from_chat_id"), todo)
    if message.get("has_protected_content") or not _content(message):
        raise bad(f"message can't be {'forwarded' if todo == 'forward' else 'copied'}")
    return message


def forward_message(call: Call) -> Json:
    chat = chat_to_write(call)
    source = _source(call, "forward")
    return post(call, chat, {"forward_origin": _origin(source), **_content(source)})


def copy_message(call: Call) -> Json:
    chat = chat_to_write(call)
    content = _content(_source(call, "copy"))
    if call.params.values.get("caption") is not None:
        content = {key: content[key] for key in content if not key.startswith("caption")} | caption(call.params)
    return {"message_id": post(call, chat, content)["message_id"]}


def _several(call: Call, todo: str) -> list[Json]:
    """Those of `message_ids` that are there; Telegram skips the others."""
    chat = chat_to_write(call)
    wanted = call.params.numbers("message_ids")
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise bad("message identifiers are not specified")
    source = chat_meant(call, "from_chat_id")
    found = [source.messages[each] for each in wanted if each in source.messages]
    if not found:
        raise bad(f"there are no messages to {todo}")
    return [{"message_id": _again(call, chat, message, todo)["message_id"]} for message in found]


def _again(call: Call, chat: Chat, message: Json, todo: str) -> Json:
    origin = {"forward_origin": _origin(message)} if todo == "forward" else {}
    plain = Params({key: value for key, value in call.params.values.items() if key != "reply_markup"})
    return post(Call(call.world, call.bot, plain), chat, {**origin, **_content(message)})


def forward_messages(call: Call) -> list[Json]:
    return _several(call, "forward")


def copy_messages(call: Call) -> list[Json]:
    return _several(call, "copy")


METHODS: Mapping[str, Method] = {
    "sendMediaGroup": send_media_group,
    "forwardMessage": forward_message,
    "forwardMessages": forward_messages,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
}
