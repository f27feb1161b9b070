"""The crowd: people who each play the script of a report and wait, as people do, for the bot's answer to every step."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from bot.lab.answers import chat, is_word, photo, voice
from bot.lab.script import Plan, Step
from bot.lab.wire import nested, number

_FIRST_PERSON = 100_000_000
_SLOTS = 1_000_000
Button = tuple[str, str | None]
Deliver = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class Tally:
    """What happened to the reports of one run; latencies in seconds."""

    latencies: list[float]
    done: int
    stuck: list[str]


class Person:
    """One private chat: what the bot offers there, and what it said since the person's last words."""

    def __init__(self, chat_id: int) -> None:
        self.chat_id = chat_id
        self.words = 0
        self.waited: float | None = None
        self._asked = 0.0
        self._inline: tuple[int, list[Button]] = (0, [])
        self._keyboard: list[Button] = []
        self._news: asyncio.Future[None] | None = None

    def speaks(self) -> None:
        self.words, self.waited, self._asked = 0, None, time.perf_counter()

    def hears(self, method: str, given: Mapping[str, Any], message_id: int) -> None:
        if self.waited is None:
            self.waited = time.perf_counter() - self._asked
        if is_word(method):
            self.words += 1
            self._look(method, given, message_id)
        if self._news and not self._news.done():
            self._news.set_result(None)

    async def until(self, satisfied: Callable[[], bool]) -> None:
        while not satisfied():
            self._news = asyncio.get_running_loop().create_future()
            await self._news

    def button(self, words: str) -> tuple[int, Button] | None:
        """Find an offered button by a part of its text: in the last inline keyboard, then in the reply keyboard."""
        message_id, inline = self._inline
        return next(((message_id, b) for b in (*inline, *self._keyboard) if words in b[0]), None)

    def offered(self) -> str:
        return "、".join(text for text, _ in (*self._inline[1], *self._keyboard)) or "no buttons"

    def _look(self, method: str, given: Mapping[str, Any], message_id: int) -> None:
        markup = cast("Mapping[str, Any]", nested(given, "reply_markup") or {})
        if rows := markup.get("inline_keyboard"):
            self._inline = (message_id, [(b["text"], b.get("callback_data")) for row in rows for b in row])
        elif method.startswith("edit") and message_id == self._inline[0]:
            self._inline = (0, [])
        if rows := markup.get("keyboard"):
            self._keyboard = [(b if isinstance(b, str) else b["text"], None) for row in rows for b in row]
        elif markup.get("remove_keyboard"):
            self._keyboard = []


class Crowd:
    """All people that ever spoke, and the serials of what they send."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._people: dict[int, Person] = {}
        self.update_ids = itertools.count(1)
        self.message_ids = itertools.count(1)
        self.updates = 0

    def hears(self, method: str, given: Mapping[str, Any], message_id: int) -> None:
        """Pass a call of the bot on to the person in whose chat it shows; calls about others are nobody's news."""
        if method == "answerCallbackQuery":
            chat_id = number(given, "callback_query_id") // _SLOTS
        else:
            chat_id = number(given, "chat_id")
        if (method == "answerCallbackQuery" or is_word(method)) and (person := self._people.get(chat_id)):
            edited = number(given, "message_id") if method.startswith("edit") else message_id
            person.hears(method, given, edited)

    def somebody(self, chat_id: int) -> Person:
        """The person with this chat."""
        return self._people.setdefault(chat_id, Person(chat_id))

    async def play(self, plan: Plan) -> Tally:
        """Play all reports of the plan; whoever is not done after `plan.seconds` counts as stuck."""
        tally = Tally([], 0, [])
        reports = iter(range(plan.reports))
        try:
            async with asyncio.timeout(plan.seconds):
                await (self._arrive(plan, reports, tally) if plan.rate else self._take_turns(plan, reports, tally))
        except TimeoutError:
            left = plan.reports - tally.done - len(tally.stuck)
            tally.stuck.append(f"{left} reports were not done after {plan.seconds:g} s")
        return tally

    async def _take_turns(self, plan: Plan, reports: Iterator[int], tally: Tally) -> None:
        async def turns(seat: int) -> None:
            for n in reports:
                await self._report(self._person(plan, n if plan.fresh else seat), plan, n, tally)

        async with asyncio.TaskGroup() as seats:
            for seat in range(min(plan.people, plan.reports)):
                seats.create_task(turns(seat))

    async def _arrive(self, plan: Plan, reports: Iterator[int], tally: Tally) -> None:
        """Begin a report every 1/rate seconds, by a person who has none in hand."""
        free: list[Person] = []

        async def visit(person: Person, n: int) -> None:
            await self._report(person, plan, n, tally)
            free.append(person)

        loop = asyncio.get_running_loop()
        start = loop.time()
        async with asyncio.TaskGroup() as visits:
            for n in reports:
                await asyncio.sleep(start + n / plan.rate - loop.time())
                visits.create_task(visit(free.pop(0) if free and not plan.fresh else self._person(plan, n), n))

    def _person(self, plan: Plan, place: int) -> Person:
        chat_id = _FIRST_PERSON + (len(self._people) if plan.fresh else place)
        return self.somebody(chat_id)

    async def _report(self, person: Person, plan: Plan, n: int, tally: Tally) -> None:
        if plan.strict and tally.stuck:
            return
        for place, step in enumerate(plan.script, 1):
            try:
                async with asyncio.timeout(plan.patience):
                    taken = await self.takes(person, step, n)
            except TimeoutError:
                tally.stuck.append(f"report {n}, step {place} ({step}), offered: {person.offered()}")
                return
            if taken and person.waited is not None:
                tally.latencies.append(person.waited)
            if taken and plan.think:
                await asyncio.sleep(plan.think)
        tally.done += 1

    async def takes(self, person: Person, step: Step, n: int) -> bool:
        """Take a step and wait for its answer. Return whether it was due at all."""
        if step.unless and person.button(step.unless):
            return False
        if step.if_button and not person.button(step.if_button):
            return False
        if press := step.press:
            await person.until(lambda: person.button(press) is not None)
        update = self._update(person, step, n)
        person.speaks()
        self.updates += 1
        self._deliver(update)
        await person.until(lambda: person.waited is not None and person.words >= step.sends)
        return True

    def _update(self, person: Person, step: Step, n: int) -> dict[str, Any]:
        update_id = next(self.update_ids)
        sender = {"id": person.chat_id, "is_bot": False, "first_name": "居民", "language_code": "zh-hans"}
        if step.press and (found := person.button(step.press)) and (data := found[1][1]) is not None:
            # The chat is in the id of the press, because the answer to a press names nothing else.
            press_id = str(person.chat_id * _SLOTS + update_id % _SLOTS)
            message = self._envelope(person, found[0]) | {"text": "…"}
            press = {"id": press_id, "from": sender, "chat_instance": "1", "data": data, "message": message}
            return {"update_id": update_id, "callback_query": press}
        message = self._envelope(person, next(self.message_ids)) | {"from": sender} | _content(person, step, n)
        return {"update_id": update_id, "message": message}

    def _envelope(self, person: Person, message_id: int) -> dict[str, Any]:
        return {"message_id": message_id, "date": int(time.time()), "chat": chat(person.chat_id)}


def _content(person: Person, step: Step, n: int) -> dict[str, Any]:
    if step.photo:
        return {"photo": photo(n)}
    if step.voice:
        return {"voice": voice(n)}
    if step.location:
        return {"location": {"latitude": step.location[0], "longitude": step.location[1]}}
    if step.contact:
        return {"contact": {"phone_number": "13800000000", "first_name": "居民", "user_id": person.chat_id}}
    if step.press and (found := person.button(step.press)):
        return {"text": found[1][0]}
    text = (step.text or "").replace("{n}", str(n))
    command = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
    return {"text": text} | (command if text.startswith("/") else {})
