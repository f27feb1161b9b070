"""A walker: many residents who report every matter of the catalogue, rightly and wrongly, all at once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import Any

import orjson

from bot.cases.catalogue import Catalogue
from bot.cases.matter import Matter
from bot.demo_town import BOT_ID
from storage import dialogs, people
from tests.town import Json, Person, Town

Plan = Sequence[tuple[int, int]]
"""What somebody does: of which sort (0 to 99), and which of that sort."""
FIRST_ID = 500_000
SAME = "message is not modified"
MOST_STEPS = 40
WORDS = (
    "三个人", "十几个", "昨晚八点", "下个世纪", "13812345678", "123", "苏L12345", "不知道", "没有", "是", "有", "跳过",
    "返回", "不报了吗", "新港小区3栋", "邻居老王", "就这样", "好了", "提交", "😀", "abc <b>&", "随便说说" * 30,
    "今天", "85岁", "/nonsense", "保密", "半夜", "不用",
)  # fmt: skip
THINGS: tuple[Json, ...] = (
    {"photo": True}, {"video": True}, {"voice": True}, {"document": True}, {"sticker": True}, {"sticker": True},
    {"location": {"lat": 32.19, "lon": 119.593}}, {"location": {"lat": 1.0, "lon": 1.0}},
    {"contact": {"phone": "13900001111", "first_name": "甲"}}, {"photo": True, "caption": "在这里"},
    {"venue": {"lat": 32.19, "lon": 119.593, "title": "新港超市", "address": "新港路8号"}},
    {"text": "/start"}, {"text": "我要反映"},
)  # fmt: skip
MATTER = "the matter"
OPEN_QUESTIONS = frozenset({MATTER, "有照片或视频吗？拍一张，办得更快。", "请说说具体情况，一句话就行，语音也可以。"})
"""Questions to which only an answer is something: other words in the draft are none."""
MOST_AGAIN = 1
"""What was asked twice is not asked a third time for nothing."""
ENDS = ("✅ 提交", "就这样提交")
ON = ("跳过这一步", "跳过", "说不清", "不用保密", "👌 好了", "返回", "不改了", "没有", "就是这里")


@dataclass
class Walker:
    """Somebody on the way: what was sent, what was asked last, and how often that came again for nothing."""

    person: Person
    matter: Matter
    plan: Plan
    sent: list[Json] = field(default_factory=list[Json])
    done: list[str] = field(default_factory=list[str])
    asked: str = ""
    again: int = 0
    newest: int = 0
    draft: Any = None
    told: bool = False

    def messages(self) -> list[Json]:
        """The chat as it stands, straight from the sandbox's memory."""
        world = self.person.town.sandbox.world
        chat = world.chat_of(world.person(self.person.id), BOT_ID)
        return list(chat.messages.values()) if chat else []

    def buttons(self, *, back: int = 0) -> list[tuple[Json, Json]]:
        """The inline buttons of the newest message that has some, or of the one `back` further up."""
        having = [one for one in reversed(self.messages()) if keys_of(one).get("inline_keyboard")]
        if not having:
            return []
        message = having[min(back, len(having) - 1)]
        rows: list[list[Json]] = message["reply_markup"]["inline_keyboard"]
        return [(message, button) for row in rows for button in row]

    @property
    def over(self) -> bool:
        """Whether a case came of it."""
        return self._was_told("已提交，编号")

    @property
    def joined(self) -> bool:
        """Whether the report became that of somebody who met the same."""
        return self._was_told("您和大家一起等")

    def _was_told(self, words: str) -> bool:
        return any(words in (one.get("text") or "") for one in self.messages())

    async def presses(self, message: Json, button: Json) -> None:
        """Tap a button and do not wait."""
        self.told = False
        self.done.append(f"press {button['text']}")
        body = {"chat": BOT_ID, "message_id": message["message_id"], "data": button["callback_data"], "wait": 0}
        await self.person.town.post(f"people/{self.person.id}/press", body)

    async def says(self, thing: Json) -> None:
        """Send anything and do not wait."""
        self.told = thing.get("text") not in ("/start", "我要反映")
        self.done.append(f"send {str(thing)[:60]}")
        sent = await self.person.town.post(f"people/{self.person.id}/send", {"chat": BOT_ID, **thing})
        self.sent += sent["messages"]

    async def does(self, sort: int, which: int) -> None:
        """One thing of the plan."""
        offered = self.buttons(back=which % 3 if sort < 6 else 0)
        if sort < 55 and offered:
            harmless = [one for one in offered if not one[1]["text"].startswith(("不报了", "确定删除", *ENDS))]
            await self.presses(*(harmless or offered)[which % len(harmless or offered)])
        elif sort < 80:
            await self.says({"text": WORDS[which % len(WORDS)]})
        elif sort < 95 or not any("text" in one for one in self.sent):
            await self.says(THINGS[which % len(THINGS)])
        else:
            written = [one for one in self.sent if "text" in one and not one["text"].startswith("/")]
            if written:
                await self._edits(written[which % len(written)], WORDS[which % len(WORDS)])

    async def _edits(self, message: Json, words: str) -> None:
        self.told = False
        self.done.append(f"edit to {words[:30]}")
        body = {"chat": BOT_ID, "message_id": message["message_id"], "text": words}
        await self.person.town.post(f"people/{self.person.id}/edit", body)

    async def goes_on(self) -> None:
        """The shortest way to the end: submit, or skip, or the first answer, or a word; back only from a list."""
        offered = self.buttons()
        if any("不报了" in one[1]["text"] for one in offered):
            offered = [one for one in offered if "返回" not in one[1]["text"]]
        for words in (*ENDS, *ON):
            found = next((one for one in offered if words in one[1]["text"]), None)
            if found is not None and self._open(found[0]):
                await self.presses(*found)
                return
        answers = [one for one in offered if not one[1]["text"].startswith(("不报了", "‹"))]
        if answers and self._open(answers[0][0]) and len(self.done) % 3:
            await self.presses(*answers[0])
        else:
            await self.says({"text": "跳过" if len(self.done) % 2 else "一个"})

    def _open(self, message: Json) -> bool:
        """Whether nothing was asked since this message."""
        return message["message_id"] >= max(one["message_id"] for one in self.messages() if asks(one))

    def looks(self, draft: Any) -> None:
        """After each step: nothing is asked a third time of somebody whose words changed nothing."""
        newest = next((one for one in reversed(self.messages()) if asks(one)), None)
        words = question_in(str(newest["text"]) if newest else "")
        anew = newest is not None and newest["message_id"] != self.newest
        repeated = self.told and anew and words == self.asked and (draft == self.draft or words in OPEN_QUESTIONS)
        if anew or not self.told:
            self.again = self.again + 1 if repeated else 0
        self.newest = newest["message_id"] if newest else 0
        assert self.again <= MOST_AGAIN, f"{words!r} again and again: {self}"
        self.asked, self.draft = words, draft

    def __str__(self) -> str:
        return f"{self.matter.code} {self.matter.name}: " + "; ".join(self.done)


def question_in(text: str) -> str:
    """What a message asks; the two ways of asking for the matter are one question."""
    words = text.split("\n\n")[-1]
    return MATTER if words.startswith(("是哪方面的事", "这是哪一类事")) else words


def asks(message: Json) -> bool:
    """Whether a message of the bot asks for something."""
    keys, text = keys_of(message), message.get("text") or ""
    return (
        message["from"]["is_bot"]
        and bool(text)
        and bool("？" in text or keys.get("inline_keyboard") or keys.get("keyboard"))
    )


def keys_of(message: Json) -> Json:
    """The keys that came with a message."""
    return message.get("reply_markup") or {}


async def walk(town: Town, plans: Sequence[Plan]) -> list[Walker]:
    """So many people, each with another matter and a plan; every one ends with a case, or a draft that is kept."""
    matters = menu_of(town.app.office.catalogue)
    crowd: list[Walker] = []
    first, town.filed = town.filed, town.filed + len(plans)
    for at, plan in enumerate(plans):
        number = FIRST_ID + first + at
        await town.post("people", {"id": number, "first_name": f"行人{first + at}", "lat": 32.19, "lon": 119.593})
        crowd.append(Walker(Person(town, number), matters[(first + at) % len(matters)], plan))
    await _each(town, crowd, _begins)
    for step in range(max(map(len, plans))):
        await _each(town, [one for one in crowd if step < len(one.plan)], partial(_next_of_plan, step))
    for _ in range(MOST_STEPS):
        left = [one for one in crowd if one.draft is not None and not one.over]
        if not left:
            break
        await _each(town, left, Walker.goes_on)
    return crowd


def menu_of(catalogue: Catalogue) -> list[Matter]:
    """Every matter that a resident can choose."""
    return [matter for matter in catalogue.matters.values() if not matter.members_only]


async def _begins(one: Walker) -> None:
    """Open a draft, and choose the matter as its button would."""
    await one.says({"text": "有件事要说"} if one.person.id % 2 else {"photo": True})
    await one.person.town.settles()
    message, button = one.buttons()[0]
    sign = button["callback_data"].split(":")[1]
    chosen = {**button, "callback_data": f"d:{sign}:m:{one.matter.code}", "text": one.matter.name}
    await one.presses(message, chosen)


async def _next_of_plan(step: int, one: Walker) -> None:
    await one.does(*one.plan[step])


async def _each(town: Town, crowd: Sequence[Walker], act: Callable[[Walker], Awaitable[None]]) -> None:
    """Everybody does one thing at once; then everything settles, and each is looked at."""
    await asyncio.gather(*(act(one) for one in crowd))
    await town.settles(60)
    drafts = await drafts_of(town, crowd)
    for one in crowd:
        one.looks(drafts.get(one.person.id))


async def drafts_of(town: Town, crowd: Sequence[Walker]) -> dict[int, Any]:
    """The drafts that are kept, by person."""
    seals = town.app.office.seals
    marks = {people.fingerprint(seals.vault, one.person.id): one.person.id for one in crowd}
    async with town.app.database.read() as tx:
        found = await dialogs.of_people(tx, seals.content, list(marks))
    return {marks[mark]: orjson.dumps(one.data["draft"]) for (mark, _), one in found.items() if "draft" in one.data}


def refused(town: Town, after: int, crowd: Sequence[Walker]) -> list[str]:
    """Calls that the sandbox's Bot API refused, and what whoever they were for had done.

    An edit that changes nothing is none: a card is drawn anew whenever its case moves, whether or not it shows more.
    """
    rows = town.sandbox.world.calls.after(after)
    by_chat = {str(one.person.id): one for one in crowd}
    return [
        f"{row['method']} {row['status']} {unescape(str(row['error']))}: {by_chat.get(row['chat_id'])}"
        for row in rows
        if row["status"] >= 400 and SAME not in str(row["error"])
    ]
