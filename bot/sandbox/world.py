"""The whole town of the sandbox: who there is, what was said, and who hears of it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

import aiohttp

from bot.sandbox.call_log import CallLog
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Mistaken
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.files import FileRoom
from bot.sandbox.limits import Limits
from bot.sandbox.params import Params
from bot.sandbox.presses import Presses
from bot.sandbox.records import Bot, Chat, Map, Person
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhooks import Webhook

FIRST_PERSON = 5_000_000_001
FIRST_BOT = 7_000_000_001
FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001


@dataclass(slots=True)
class World:
    clock: Clock
    limits: Limits
    events: Events = field(default_factory=Events)
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)
    files: FileRoom = field(default_factory=FileRoom)
    presses: Presses = field(init=False)
    bots: dict[int, Bot] = field(default_factory=dict[int, Bot])
    by_token: dict[str, Bot] = field(default_factory=dict[str, Bot])
    queues: dict[int, UpdateQueue] = field(default_factory=dict[int, UpdateQueue])
    webhooks: dict[int, Webhook] = field(default_factory=dict[int, Webhook])
    map: Map | None = None
    people: dict[int, Person] = field(default_factory=dict[int, Person])
    groups: dict[int, Chat] = field(default_factory=dict[int, Chat])
    privates: dict[tuple[int, int], Chat] = field(default_factory=dict[tuple[int, int], Chat])
    session: aiohttp.ClientSession | None = None
    execute: Callable[[Bot, str, Params], Awaitable[None]] = field(init=False)

    def __post_init__(self) -> None:
        self.presses = Presses(self.clock.now)

    def add_bot(self, bot: Bot) -> None:
        """Raises Mistaken if the id, the token or the name is taken."""
        taken = bot.id in self.bots or bot.token in self.by_token or bot.id in self.people
        if taken or any(each.username.lower() == bot.username.lower() for each in self.bots.values()):
            raise Mistaken("this id, token or username is taken", 409)
        self.bots[bot.id] = self.by_token[bot.token] = bot
        self.queues[bot.id] = UpdateQueue(self.clock.now)

    def bot(self, bot_id: int) -> Bot:
        if found := self.bots.get(bot_id):
            return found
        raise Mistaken(f"no bot {bot_id}", 404)

    def person(self, person_id: int) -> Person:
        if found := self.people.get(person_id):
            return found
        raise Mistaken(f"no person {person_id}", 404)

    def group(self, group_id: int) -> Chat:
        if found := self.groups.get(group_id):
            return found
        raise Mistaken(f"no group {group_id}", 404)

    def chat_of(self, person: Person, chat_id: int) -> Chat | None:
        """The chat that a person's client names by the bot's id or the group's; None if they never wrote to that bot.

        Raises Mistaken if the person is not in that group.
        """
        if chat_id > 0:
            return self.privates.get((self.bot(chat_id).id, person.id))
        chat = self.group(chat_id)
        if not chat.has(person.id):
            raise Mistaken("this person is not in that group", 403)
        return chat

    def private(self, bot: Bot, person: Person) -> Chat:
        key = (bot.id, person.id)
        if key not in self.privates:
            members = {bot.id: "member", person.id: "member"}
            self.privates[key] = Chat(
                person.id, "private", bot_id=bot.id, person=person, members=members, message_ids=bot.message_ids
            )
        return self.privates[key]

    def bots_in(self, chat: Chat) -> Iterable[Bot]:
        if chat.bot_id:
            return (self.bots[chat.bot_id],)
        return [self.bots[member] for member in chat.members if member in self.bots and chat.has(member)]

    def shares_group(self, bot: Bot, person: Person) -> bool:
        return any(chat.has(bot.id) and person.id in chat.members for chat in self.groups.values())

    def user(self, user_id: int) -> dict[str, object] | None:
        """Telegram's User of a person or a bot."""
        known = self.people.get(user_id) or self.bots.get(user_id)
        return known.user() if known else None
