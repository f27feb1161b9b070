"""Messages: put together, kept (the newest 2,000 of a chat), shown to the page, told to the bots that may hear them."""

from typing import Any

from bot.sandbox.entities import u16
from bot.sandbox.records import ANONYMOUS_ADMIN, Bot, Chat, Json
from bot.sandbox.world import World

KEPT = 2_000
SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "new_chat_title", "pinned_message", "group_chat_created",
    "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created", "forum_topic_closed", "forum_topic_reopened",
    "forum_topic_edited", "supergroup_chat_created", "general_forum_topic_hidden", "general_forum_topic_unhidden",
})  # fmt: skip


def put_together(
    world: World, chat: Chat, sender: Json, content: Json, *, reply_to: Json | None = None, topic: int | None = None,
    markup: Json | None = None, as_chat: bool = False,
) -> Json:  # fmt: skip
    """A whole Message, numbered and dated but not kept yet."""
    date = world.clock.unix()
    message: Json = {"message_id": next(chat.message_ids), "from": sender, "chat": chat.card(), "date": date}
    if as_chat:
        message |= {"from": ANONYMOUS_ADMIN, "sender_chat": chat.card()}
    if topic is not None:
        message |= {"message_thread_id": topic, "is_topic_message": True}
    if reply_to is not None:
        message["reply_to_message"] = {key: reply_to[key] for key in reply_to if key != "reply_to_message"}
    message |= content
    if markup and "inline_keyboard" in markup:
        message["reply_markup"] = markup
    return message


def keep(world: World, chat: Chat, message: Json, tell: str = "message") -> Json:
    """Keep a new or changed message and show it to the page; `tell` is the type of the page's event."""
    for name in ("entities", "caption_entities"):
        if name in message:
            message[name] = _mentioning(world, message[name])
    chat.messages[message["message_id"]] = message
    if len(chat.messages) > KEPT:
        del chat.messages[next(iter(chat.messages))]
    person = chat.person.id if chat.person else None
    world.events.tell(tell, chat.seen_as(), person=person, message=message)
    return message


def _mentioning(world: World, entities: list[Json]) -> list[Json]:
    """A mention by id carries the whole user; of somebody unknown it is plain text."""
    found = [{**each, "user": world.user(each["user"]["id"])} if "user" in each else each for each in entities]
    return [each for each in found if each.get("user", True)]


def say(world: World, chat: Chat, sender: Json, content: Json, **more: Any) -> Json:
    """A message of a person, or of the town itself: kept, and told to the bots that may hear it."""
    message = keep(world, chat, put_together(world, chat, sender, content, **more))
    tell_bots(world, chat, "message", message)
    return message


def tell_bots(world: World, chat: Chat, kind: str, message: Json) -> None:
    for bot in world.bots_in(chat):
        if hears(chat, bot, message):
            world.queues[bot.id].add(kind, message, chat.id)


def hears(chat: Chat, bot: Bot, message: Json) -> bool:
    """Privacy mode: in groups a bot hears commands, mentions, replies to it, service messages; an admin everything."""
    if message["from"]["id"] == bot.id or not chat.has(bot.id):
        return False
    if chat.kind == "private" or chat.is_admin(bot.id) or not SERVICE.isdisjoint(message):
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    return _is_called(bot, message)


def _is_called(bot: Bot, message: Json) -> bool:
    text: str = message.get("text") or message.get("caption") or ""
    own = bot.username.lower()
    entities: list[Json] = message.get("entities") or message.get("caption_entities") or []
    for entity in entities:
        word = _part(text, entity).lower()
        if entity["type"] == "bot_command" and entity["offset"] == 0:
            _, at, name = word.partition("@")
            if not at or name == own:
                return True
        elif entity["type"] == "mention" and word[1:] == own:
            return True
    return False


def _part(text: str, entity: Json) -> str:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if len(text) == u16(text):
        return text[start:end]
    return text.encode("utf-16-le")[start * 2 : end * 2].decode("utf-16-le", errors="replace")
