"""The door for people: what the page and the tests do as a person - write, press, edit, block, read."""

import asyncio
from contextlib import suppress
from typing import Any, cast

import orjson
from aiohttp import web

from bot.sandbox.errors import Mistaken, Refused
from bot.sandbox.keyboards import pressed_button
from bot.sandbox.membership import tell_blocked
from bot.sandbox.messages import keep, say, tell_bots
from bot.sandbox.methods.profile import commands_for
from bot.sandbox.records import Chat, Json, Person
from bot.sandbox.speech import captioned, contents, forwarded, written
from bot.sandbox.world import World

ANSWER_AWAITED = 5.0
MESSAGES_AT_ONCE = 100


async def body_of(request: web.Request) -> Json:
    """The JSON object of a request, empty if there is no body."""
    data = await request.read()
    try:
        value: Any = orjson.loads(data) if data else {}
    except orjson.JSONDecodeError:
        raise Mistaken("the body is not JSON") from None
    if not isinstance(value, dict):
        raise Mistaken("the body is not a JSON object")
    return cast(Json, value)


def answer(value: Any) -> web.Response:
    return web.Response(body=orjson.dumps(value), content_type="application/json")


def number(body: Json, name: str) -> int:
    """A whole number that must be there."""
    try:
        return int(body[name])
    except (KeyError, TypeError, ValueError):
        raise Mistaken(f"{name} must be a number") from None


class PeopleDoor:
    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        me = r"/sandbox/people/{person:\d+}"
        chat = me + r"/chats/{chat:-?\d+}"
        return [
            web.post(f"{me}/send", self.send),
            web.post(f"{me}/edit", self.edit),
            web.post(f"{me}/press", self.press),
            web.post(f"{me}/block", self.block),
            web.post(f"{me}/unblock", self.unblock),
            web.post(f"{me}/deactivate", self.deactivate),
            web.get(f"{me}/chats", self.chats),
            web.get(f"{chat}/messages", self.messages),
            web.post(f"{chat}/read", self.read),
        ]

    def _person(self, request: web.Request, acting: bool = True) -> Person:
        person = self.world.person(int(request.match_info["person"]))
        if acting and person.deactivated:
            raise Mistaken("this person is gone", 403)
        return person

    def _writable(self, person: Person, body: Json, opens: bool = False) -> Chat:
        """The chat of a request; only a message opens one with a bot that the person never wrote to."""
        chat = self.world.chat_of(person, number(body, "chat"))
        if chat is None and opens:
            chat = self.world.private(self.world.bot(number(body, "chat")), person)
        if chat is None:
            raise Mistaken("this person never wrote to the bot", 404)
        if chat.bot_id in person.blocked:
            raise Mistaken("this person blocked the bot", 403)
        if chat.migrated_to is not None:
            raise Mistaken(f"this group moved to {chat.migrated_to}", 409)
        return chat

    async def send(self, request: web.Request) -> web.Response:
        person, body = self._person(request), await body_of(request)
        try:
            things = contents(self.world, body)
        except Refused as refused:
            raise Mistaken(refused.description) from None
        chat = self._writable(person, body, opens=True)
        anonymous = bool(body.get("anonymous"))
        if anonymous and not chat.is_admin(person.id):
            raise Mistaken("only an admin of a group may write as the group", 403)
        extra = forwarded(self.world, body.get("forward_from"))
        reply, topic = self._reply(chat, body), self._topic(chat, body)
        sent = [
            say(self.world, chat, person.user(), {**extra, **thing}, reply_to=reply, topic=topic, as_chat=anonymous)
            for thing in things
        ]
        self._mark_read(chat, person)
        return answer({"messages": sent})

    def _reply(self, chat: Chat, body: Json) -> Json | None:
        wanted = body.get("reply_to")
        if wanted is None:
            return None
        if found := chat.messages.get(number(body, "reply_to")):
            return found
        raise Mistaken(f"no message {wanted} in this chat", 404)

    def _topic(self, chat: Chat, body: Json) -> int | None:
        if not body.get("topic"):
            return None
        topic = chat.topics.get(number(body, "topic"))
        if topic is None or topic.closed:
            raise Mistaken("this topic is closed or not there", 404)
        return topic.id

    async def edit(self, request: web.Request) -> web.Response:
        person, body = self._person(request), await body_of(request)
        chat = self._writable(person, body)
        old = self._message(chat, body)
        if old["from"]["id"] != person.id:
            raise Mistaken("only one's own messages can be edited", 403)
        word, other = ("text", "entities") if "text" in body else ("caption", "caption_entities")
        new = written(str(body["text"])) if word == "text" else captioned(body.get("caption"))
        if (word == "text") != ("text" in old):
            raise Mistaken(f"this message has no {word}")
        kept = {key: value for key, value in old.items() if key not in (word, other)}
        message = keep(self.world, chat, {**kept, "edit_date": self.world.clock.unix(), **new}, "edit")
        tell_bots(self.world, chat, "edited_message", message)
        return answer({"message": message})

    def _message(self, chat: Chat, body: Json) -> Json:
        if found := chat.messages.get(number(body, "message_id")):
            return found
        raise Mistaken(f"no message {body['message_id']} in this chat", 404)

    async def press(self, request: web.Request) -> web.Response:
        person, body = self._person(request), await body_of(request)
        chat = self._writable(person, body)
        message = self._message(chat, body)
        bot_id = message["from"]["id"]
        data = self._data(message, body)
        if bot_id not in self.world.bots:
            raise Mistaken("this message is not of a bot")
        press = self.world.presses.open(bot_id, person.id, chat.seen_as())
        query: Json = {"id": press.query_id, "from": person.user(), "message": message, "chat_instance": str(chat.id)}
        self.world.queues[bot_id].add("callback_query", {**query, "data": data}, chat.id)
        wait = float(body.get("wait", ANSWER_AWAITED))
        if wait > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await press.answered.wait()
        return answer({"answer": press.answer, "query_id": press.query_id})

    def _data(self, message: Json, body: Json) -> str:
        if body.get("text") is None:
            if body.get("data") is None:
                raise Mistaken("name the button by text or data")
            return str(body["data"])
        button = pressed_button(message, str(body["text"]))
        if button is None:
            raise Mistaken(f"no button {body['text']} on this message", 404)
        if "callback_data" not in button:
            raise Mistaken("this button does not call the bot")
        return button["callback_data"]

    async def block(self, request: web.Request) -> web.Response:
        return await self._block(request, True)

    async def unblock(self, request: web.Request) -> web.Response:
        return await self._block(request, False)

    async def _block(self, request: web.Request, blocked: bool) -> web.Response:
        person, body = self._person(request), await body_of(request)
        bot = self.world.bot(number(body, "bot"))
        chat = self.world.chat_of(person, bot.id)
        if chat is None:
            raise Mistaken("this person never wrote to the bot", 404)
        if (bot.id in person.blocked) != blocked:
            person.blocked.symmetric_difference_update({bot.id})
            tell_blocked(self.world, chat, blocked)
            self.world.events.tell("chat", bot.id, person=person.id)
        return answer(person.sheet())

    async def deactivate(self, request: web.Request) -> web.Response:
        person = self._person(request, acting=False)
        person.deactivated = True
        return answer(person.sheet())

    async def chats(self, request: web.Request) -> web.Response:
        person = self._person(request, acting=False)
        opened = [self.world.privates.get((bot.id, person.id)) for bot in self.world.bots.values()]
        unopened = [
            {"chat": bot.id, "title": bot.name, "type": "private", "unread": 0, "last": None, "reply_keyboard": None,
             "commands": self._commands(Chat(person.id, "private", bot_id=bot.id, members={bot.id: "member"}), person)}
            for bot, chat in zip(self.world.bots.values(), opened, strict=True) if chat is None
        ]  # fmt: skip
        groups = [chat for chat in self.world.groups.values() if chat.has(person.id)]
        known = [chat for chat in [*opened, *groups] if chat]
        return answer([self._line(chat, person) for chat in known] + unopened)

    def _line(self, chat: Chat, person: Person) -> Json:
        last = chat.messages[next(reversed(chat.messages))] if chat.messages else None
        read = chat.read_up_to.get(person.id, 0)
        unread = sum(key > read and each["from"]["id"] != person.id for key, each in chat.messages.items())
        title = self.world.bots[chat.bot_id].name if chat.bot_id else chat.title
        return {
            "chat": chat.seen_as(), "title": title, "type": chat.kind, "unread": unread, "last": last,
            "reply_keyboard": chat.keyboards.get(person.id), "commands": self._commands(chat, person),
            "migrated_to": chat.migrated_to, "pinned": chat.pinned[-1] if chat.pinned else None,
        }  # fmt: skip

    def _commands(self, chat: Chat, person: Person) -> list[Json]:
        language = person.language_code or ""
        return [
            {**each, "bot": bot.username}
            for bot in self.world.bots_in(chat) for each in commands_for(bot, chat, person.id, language)
        ]  # fmt: skip

    def _seen(self, request: web.Request) -> tuple[Person, Chat | None]:
        """The person and the chat; None for a private chat that was never opened."""
        person = self._person(request, acting=False)
        return person, self.world.chat_of(person, int(request.match_info["chat"]))

    async def messages(self, request: web.Request) -> web.Response:
        """Messages numbered above `after`; without it the newest `limit` ones, oldest first."""
        _, chat = self._seen(request)
        try:
            after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", MESSAGES_AT_ONCE))
        except ValueError:
            raise Mistaken("after and limit must be numbers") from None
        found = [each for key, each in (chat.messages.items() if chat else ()) if key > after]
        kept = found[:limit] if "after" in request.query else found[-limit:]
        silent: set[int] = chat.silent if chat else set()
        seen = [{**each, "edited": "edit_date" in each, "silent": each["message_id"] in silent} for each in kept]
        return answer({"messages": seen})

    async def read(self, request: web.Request) -> web.Response:
        person, chat = self._seen(request)
        if chat:
            self._mark_read(chat, person)
        return answer({})

    def _mark_read(self, chat: Chat, person: Person) -> None:
        chat.read_up_to[person.id] = max(chat.messages, default=0)
