"""One call of a bot, and the chat, the message, the topic that it means, refused in Telegram's words if it may not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

from bot.sandbox.errors import Refused, bad, forbidden
from bot.sandbox.params import Params
from bot.sandbox.records import Bot, Chat, Json
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.world import World


@dataclass(slots=True)
class Call:
    world: World
    bot: Bot
    params: Params

    @property
    def queue(self) -> UpdateQueue:
        return self.world.queues[self.bot.id]


Method = Callable[[Call], Any] | Callable[[Call], Awaitable[Any]]


def chat_meant(call: Call, name: str = "chat_id") -> Chat:
    """The chat of the call, which the bot at least knows.

    Raises Refused 400 for one that it never met, 400 with migrate_to_chat_id for a group that moved, 403 where it was
    put out.
    """
    raw = call.params.text(name)
    if not raw:
        raise bad(f"{name} is empty")
    chat_id = call.params.integer(name)
    if chat_id is None:
        raise bad("chat not found")
    return _private(call, chat_id) if chat_id > 0 else _group(call, chat_id)


def _private(call: Call, person_id: int) -> Chat:
    if chat := call.world.privates.get((call.bot.id, person_id)):
        return chat
    if person_id in call.world.bots:
        raise forbidden("bot can't send messages to bots")
    person = call.world.people.get(person_id)
    if person and call.world.shares_group(call.bot, person):
        raise forbidden("bot can't initiate conversation with a user")
    raise bad("chat not found")


def _group(call: Call, group_id: int) -> Chat:
    chat = call.world.groups.get(group_id)
    if chat is None or call.bot.id not in chat.members:
        raise bad("chat not found")
    if chat.migrated_to is not None:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refused(400, text, migrate_to_chat_id=chat.migrated_to)
    status = chat.members[call.bot.id]
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat


def chat_to_write(call: Call) -> Chat:
    """The chat of the call, in which the bot may write. Raises Refused 403 if the person blocked it or is gone."""
    chat = chat_meant(call)
    if chat.person:
        if chat.person.deactivated:
            raise forbidden("user is deactivated")
        if call.bot.id in chat.person.blocked:
            raise forbidden("bot was blocked by the user")
    return chat


def topic_meant(call: Call, chat: Chat) -> int | None:
    """The topic to write into, None for the chat itself.

    Raises Refused 400 for a topic that is not there, and for a closed one unless the bot is an admin.
    """
    thread = call.params.integer("message_thread_id")
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad("message thread not found")
    if topic.closed and not chat.is_admin(call.bot.id):
        raise bad("TOPIC_CLOSED")
    return thread


def replied_to(call: Call, chat: Chat) -> Json | None:
    """The message that is answered, None if none is. Raises Refused 400 if it is gone and that was not allowed."""
    given = call.params.parsed("reply_parameters", "reply parameters")
    if isinstance(given, dict):
        reply = Params(cast(Json, given))
        other = reply.text("chat_id")
        if other and other != str(chat.id):
            chat = chat_meant(Call(call.world, call.bot, reply))
        return _replied(chat, reply.integer("message_id"), reply.flag("allow_sending_without_reply"))
    wanted = call.params.integer("reply_to_message_id")
    return _replied(chat, wanted, call.params.flag("allow_sending_without_reply")) if wanted else None


def _replied(chat: Chat, message_id: int | None, optional: bool) -> Json | None:
    found = chat.messages.get(message_id or 0)
    if found is None and not optional:
        raise bad("message to be replied not found")
    return found


def message_meant(call: Call, chat: Chat, todo: str, name: str = "message_id") -> Json:
    """The message of the call; `todo` ("edit", "delete" ...) is what Telegram says was to be done with it."""
    message_id = call.params.integer(name)
    if not message_id:
        raise bad("message identifier is not specified")
    if found := chat.messages.get(message_id):
        return found
    raise bad(f"message to {todo} not found")
