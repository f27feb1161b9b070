"""The door for building a town: bots, people, groups, their members, topics and the move to a supergroup."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

from aiohttp import web

from bot.sandbox.door_people import answer, body_of, number
from bot.sandbox.errors import Mistaken
from bot.sandbox.forum import create_topic, switch_topic
from bot.sandbox.membership import change_member, found_group, founder_of, migrate
from bot.sandbox.records import Bot, Chat, Json, Map, Person
from bot.sandbox.world import FIRST_BOT, FIRST_GROUP, FIRST_PERSON, FIRST_SUPERGROUP, World

TEXT_FIELDS = ("last_name", "username", "label", "phone")


class TownDoor:
    def __init__(self, world: World) -> None:
        self.world = world

    def routes(self) -> list[web.RouteDef]:
        group = r"/sandbox/groups/{group:-\d+}"
        return [
            web.post("/sandbox/bots", self.add_bot),
            web.get("/sandbox/bots", self.bots),
            web.post("/sandbox/people", self.add_person),
            web.get("/sandbox/people", self.people),
            web.post("/sandbox/crowd", self.add_crowd),
            web.post("/sandbox/map", self.draw_map),
            web.get("/sandbox/map", self.map),
            web.get("/sandbox/map.svg", self.map_picture),
            web.post("/sandbox/groups", self.add_group),
            web.get("/sandbox/groups", self.groups),
            web.post(f"{group}/members", self.add_member),
            web.delete(group + r"/members/{member:\d+}", self.remove_member),
            web.post(f"{group}/admins", self.make_admin),
            web.post(f"{group}/migrate", self.migrate),
            web.post(f"{group}/kick", self.kick),
            web.post(f"{group}/topics", self.add_topic),
            web.post(group + r"/topics/{topic:\d+}/close", self.close_topic),
            web.post(group + r"/topics/{topic:\d+}/reopen", self.reopen_topic),
        ]

    async def add_bot(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        token, username = str(body.get("token") or ""), str(body.get("username") or "").removeprefix("@")
        if not token or "/" in token or not username:
            raise Mistaken("a bot needs a token and a username")
        head = token.partition(":")[0]
        given = body.get("id") or (int(head) if head.isdecimal() else max(self.world.bots, default=FIRST_BOT - 1) + 1)
        bot = Bot(int(given), token, username, str(body.get("name") or username))
        self.world.add_bot(bot)
        return answer({**bot.user(), "token": token})

    async def bots(self, _: web.Request) -> web.Response:
        return answer([bot.user() for bot in self.world.bots.values()])

    async def add_person(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        person_id = int(body.get("id") or max([FIRST_PERSON - 1, *self.world.people]) + 1)
        if person_id in self.world.people or person_id in self.world.bots:
            raise Mistaken(f"the id {person_id} is taken", 409)
        if not body.get("first_name"):
            raise Mistaken("a person needs a first_name")
        texts = {name: body.get(name) for name in TEXT_FIELDS}
        language = body.get("language_code", "zh-hans")
        place = {"lat": body.get("lat"), "lon": body.get("lon")}
        person = Person(person_id, str(body["first_name"]), language_code=language, **texts, **cast(Json, place))
        self.world.people[person_id] = person
        return answer(person.sheet())

    async def people(self, _: web.Request) -> web.Response:
        """Those who are played; the crowd is silent."""
        return answer([person.sheet() for person in self.world.people.values() if not person.silent])

    async def add_crowd(self, request: web.Request) -> web.Response:
        """Thousands at once, each `[id, first_name]`, who have started `bot` and say nothing."""
        body = await body_of(request)
        bot = self.world.bot(number(body, "bot"))
        crowd = [Person(each, name, silent=True) for each, name in _named(body)]
        ids = {person.id for person in crowd}
        if len(ids) < len(crowd) or not ids.isdisjoint(self.world.people.keys() | self.world.bots.keys()):
            raise Mistaken("an id is taken", 409)
        self.world.events.unheard |= ids
        for person in crowd:
            self.world.people[person.id] = person
            self.world.private(bot, person)
        return answer({"people": len(crowd)})

    async def draw_map(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        try:
            west, south, east, north = (float(body[side]) for side in ("west", "south", "east", "north"))
            names = [(float(lat), float(lon), str(name), int(rank)) for lat, lon, name, rank in body["names"]]
        except (KeyError, TypeError, ValueError):
            raise Mistaken("a map has west, south, east, north, a picture and names") from None
        self.world.map = Map(west, south, east, north, str(body.get("picture") or ""), names)
        return answer({})

    async def map(self, _: web.Request) -> web.Response:
        """The map without its picture, but with where that is; nothing for a town that has none."""
        drawn = self.world.map
        return answer({**asdict(drawn), "picture": "/sandbox/map.svg"} if drawn else {})

    async def map_picture(self, _: web.Request) -> web.Response:
        if self.world.map is None:
            raise Mistaken("there is no map", 404)
        headers = {"Content-Type": "image/svg+xml", "Content-Security-Policy": "sandbox"}
        return web.Response(body=self.world.map.picture.encode(), headers=headers)

    async def add_group(self, request: web.Request) -> web.Response:
        body = await body_of(request)
        big = bool(body.get("supergroup") or body.get("forum"))
        group_id = int(body.get("id") or self._free_id(big))
        if group_id >= 0 or group_id in self.world.groups:
            raise Mistaken(f"the id {group_id} is taken or not of a group")
        members = self._members(body)
        title, forum = str(body.get("title") or ""), bool(body.get("forum"))
        chat = Chat(group_id, "supergroup" if big else "group", title, forum=forum, members=members)
        return answer(found_group(self.world, chat).sheet())

    def _free_id(self, big: bool) -> int:
        first = FIRST_SUPERGROUP if big else FIRST_GROUP
        alike = [each for each in self.world.groups if (each <= FIRST_SUPERGROUP) == big]
        return min([first + 1, *alike]) - 1

    def _members(self, body: Json) -> dict[int, str]:
        people = [self.world.person(each).id for each in _ids(body, "members")]
        bots = [self.world.bot(each).id for each in _ids(body, "bots")]
        admins = _ids(body, "admins")
        members = dict.fromkeys([*people, *bots], "member") | dict.fromkeys(admins, "administrator")
        unknown = [each for each in admins if self.world.user(each) is None]
        if unknown:
            raise Mistaken(f"nobody has the id {unknown[0]}", 404)
        founder = next((each for each in admins if each in self.world.people), None)
        if founder is not None:
            members[founder] = "creator"
        return members

    async def groups(self, _: web.Request) -> web.Response:
        return answer([chat.sheet() for chat in self.world.groups.values()])

    def _group(self, request: web.Request) -> Chat:
        return self.world.group(int(request.match_info["group"]))

    def _change(self, chat: Chat, member: int, status: str) -> web.Response:
        if self.world.user(member) is None:
            raise Mistaken(f"nobody has the id {member}", 404)
        change_member(self.world, chat, member, status, by=founder_of(self.world, chat))
        return answer(chat.sheet())

    async def add_member(self, request: web.Request) -> web.Response:
        chat, body = self._group(request), await body_of(request)
        return self._change(chat, number(body, "person" if "person" in body else "bot"), "member")

    async def make_admin(self, request: web.Request) -> web.Response:
        chat, body = self._group(request), await body_of(request)
        return self._change(chat, number(body, "person" if "person" in body else "bot"), "administrator")

    async def remove_member(self, request: web.Request) -> web.Response:
        chat, member = self._group(request), int(request.match_info["member"])
        return self._change(chat, member, "kicked" if member in self.world.bots else "left")

    async def kick(self, request: web.Request) -> web.Response:
        return self._change(self._group(request), number(await body_of(request), "bot"), "kicked")

    async def migrate(self, request: web.Request) -> web.Response:
        return answer({"migrate_to_chat_id": migrate(self.world, self._group(request)).id})

    async def add_topic(self, request: web.Request) -> web.Response:
        chat, body = self._group(request), await body_of(request)
        if not chat.forum:
            raise Mistaken("this group is not a forum")
        topic = create_topic(self.world, chat, str(body.get("name") or "topic"), founder_of(self.world, chat))
        return answer({"id": topic.id, "name": topic.name, "closed": topic.closed})

    async def close_topic(self, request: web.Request) -> web.Response:
        return self._switch_topic(request, True)

    async def reopen_topic(self, request: web.Request) -> web.Response:
        return self._switch_topic(request, False)

    def _switch_topic(self, request: web.Request, closed: bool) -> web.Response:
        chat = self._group(request)
        topic = chat.topics.get(int(request.match_info["topic"]))
        if topic is None:
            raise Mistaken("no such topic", 404)
        switch_topic(self.world, chat, topic, closed, founder_of(self.world, chat))
        return answer({"id": topic.id, "name": topic.name, "closed": topic.closed})


def _named(body: Json) -> list[tuple[int, str]]:
    try:
        return [(int(each), str(name)) for each, name in body["people"]]
    except (KeyError, TypeError, ValueError):
        raise Mistaken("people must be a list of [id, first_name]") from None


def _ids(body: Json, name: str) -> list[int]:
    given: Any = body.get(name) or []
    if not isinstance(given, Iterable):
        raise Mistaken(f"{name} must be a list of ids")
    return [int(each) for each in cast(Iterable[Any], given)]
