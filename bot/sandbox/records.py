"""Who and what there is in the sandbox's town: bots, people, chats, topics; plain records."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from time import time
from typing import Any, Literal

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup"]
IN_CHAT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})
ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


def message_numbers() -> Iterator[int]:
    """Numbers for messages, higher than those of any earlier sandbox: what talks to this one may remember that one."""
    return count(max(1, int(time()) - 1_700_000_000))


@dataclass(slots=True)
class Bot:
    id: int
    token: str
    username: str
    name: str
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict[tuple[str, str], list[Json]])
    texts: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    menu_buttons: dict[int, Json] = field(default_factory=dict[int, Json])
    rights: dict[bool, Json] = field(default_factory=dict[bool, Json])
    message_ids: Iterator[int] = field(default_factory=message_numbers)

    def user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(slots=True)
class Person:
    """`silent`: of the crowd. Nobody plays them, and the page hears nothing of them."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "zh-hans"
    label: str | None = None
    lat: float | None = None
    lon: float | None = None
    phone: str | None = None
    deactivated: bool = False
    silent: bool = False
    blocked: set[int] = field(default_factory=set[int])

    def user(self) -> Json:
        """The person as Telegram's User."""
        names = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        known = {key: value for key, value in names.items() if value}
        return {"id": self.id, "is_bot": False, "first_name": self.first_name, **known}

    def sheet(self) -> Json:
        """The person as the page and the tests see them."""
        extra = {"label": self.label, "lat": self.lat, "lon": self.lon, "phone": self.phone}
        return {**self.user(), **extra, "deactivated": self.deactivated, "blocked": sorted(self.blocked)}


@dataclass(frozen=True, slots=True)
class Map:
    """What the page draws the town on: a picture (SVG) of the land between these degrees, and names upon it.

    A name is latitude, longitude, words, and rank: 0 is seen from afar, 2 only from near.
    """

    west: float
    south: float
    east: float
    north: float
    picture: str
    names: list[tuple[float, float, str, int]]


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    icon_color: int = 7322096
    icon_custom_emoji_id: str | None = None
    closed: bool = False


@dataclass(slots=True)
class Chat:
    """One chat as bots name it: a private chat has the person's id, and belongs to one bot.

    `silent`: messages that came without a sound.
    """

    id: int
    kind: ChatKind
    title: str = ""
    bot_id: int = 0
    person: Person | None = None
    forum: bool = False
    members: dict[int, str] = field(default_factory=dict[int, str])
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    hidden_general: bool = False
    migrated_to: int | None = None
    description: str | None = None
    pinned: list[int] = field(default_factory=list[int])
    messages: dict[int, Json] = field(default_factory=dict[int, Json])
    reactions: dict[tuple[int, int], list[Json]] = field(default_factory=dict[tuple[int, int], list[Json]])
    message_ids: Iterator[int] = field(default_factory=message_numbers)
    read_up_to: dict[int, int] = field(default_factory=dict[int, int])
    keyboards: dict[int, Json] = field(default_factory=dict[int, Json])
    silent: set[int] = field(default_factory=set[int])

    def card(self) -> Json:
        """The chat as Telegram's Chat."""
        if self.person:
            names = ("id", "first_name", "last_name", "username")
            user = self.person.user()
            return {**{key: user[key] for key in names if key in user}, "type": "private"}
        forum = {"is_forum": True} if self.forum else {}
        return {"id": self.id, "title": self.title, "type": self.kind, **forum}

    def sheet(self) -> Json:
        """A group as the page and the tests see it."""
        topics = [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in self.topics.values()]
        members = {str(member): status for member, status in self.members.items()}
        return {**self.card(), "members": members, "topics": topics, "migrated_to": self.migrated_to}

    def seen_as(self) -> int:
        """The id by which a person's client names the chat: the bot's id for a private one."""
        return self.bot_id or self.id

    def has(self, member: int) -> bool:
        return self.members.get(member) in IN_CHAT

    def is_admin(self, member: int) -> bool:
        return self.members.get(member) in ADMINS
